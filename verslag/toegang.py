"""Access rows of the verslag app, and the questions they ask of an object."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kern.toegang import Doel, Menu, Rol, public, regel
from kring.models import Tandarts
from triage.models import Patient
from verslag import taken
from verslag.dubbelen import is_probable
from verslag.models import (
    Antwoord,
    Bijlage,
    Overdracht,
    Passantendossier,
    Samenvoeging,
    Verslag,
    Vervolgactie,
)
from verslag.querysets import calls_of


def tandarts_of(request) -> Tandarts | None:
    """Return the dentist that this user is in the kring of the request."""
    return Tandarts.objects.filter(gebruiker_id=request.user.pk).select_related("deelnemer").first()


def _is_behandelaar(request, kwargs: dict[str, UUID]) -> bool:
    tandarts = tandarts_of(request)
    return tandarts is not None and calls_of(tandarts).filter(pk=kwargs["oproep"]).exists()


def _is_on_my_list(request, kwargs: dict[str, UUID]) -> bool:
    return Vervolgactie.objects.filter(
        pk=kwargs["vervolg"], tandarts__gebruiker_id=request.user.pk
    ).exists()


def _is_auteur(request, kwargs: dict[str, UUID]) -> bool:
    return Verslag.objects.filter(
        pk=kwargs["verslag"], auteur__gebruiker_id=request.user.pk
    ).exists()


def _is_afzender(request, kwargs: dict[str, UUID]) -> bool:
    return Overdracht.objects.filter(
        pk=kwargs["overdracht"], versie__verslag__auteur__gebruiker_id=request.user.pk
    ).exists()


def _is_gevraagd(request, kwargs: dict[str, UUID]) -> bool:
    return Antwoord.objects.filter(
        pk=kwargs["antwoord"], overdracht__versie__verslag__auteur__gebruiker_id=request.user.pk
    ).exists()


def _may_read(request, kwargs: dict[str, UUID]) -> bool:
    """The author, or who may read the dossier."""
    if _is_auteur(request, kwargs):
        return True
    return _may_read_any(request, verslagen=kwargs["verslag"])


def _may_see(request, kwargs: dict[str, UUID]) -> bool:
    """The author every attachment of the report; who may read the dossier what was signed."""
    rows = Bijlage.objects.filter(pk=kwargs["bijlage"], verslag=kwargs["verslag"])
    if not _is_auteur(request, kwargs):
        rows = rows.filter(in_versies__isnull=False)
    return rows.exists() and _may_read(request, kwargs)


def _may_read_dossier(request, kwargs: dict[str, UUID]) -> bool:
    return _may_read_any(request, pk=kwargs["dossier"])


def _may_read_living(request, kwargs: dict[str, UUID]) -> bool:
    """An address from before a joining leads on, for whom may read where it leads."""
    tandarts = tandarts_of(request)
    living = Passantendossier.objects.living(kwargs["dossier"])
    return tandarts is not None and living.may_read(tandarts)


def _may_read_any(request, **which) -> bool:
    tandarts = tandarts_of(request)
    return tandarts is not None and Passantendossier.objects.may_read(tandarts, **which)


def _may_merge(request, kwargs: dict[str, UUID]) -> bool:
    """The coordinator any two; a dentist two own patients that look alike.

    Joining opens the file of the other. To look like somebody is no reason for that: a dentist
    writes name and date of birth of the own patient, and could write those of whomever one likes.
    """
    if Rol.COORDINATOR in request.actor.rollen:
        return True
    pair = [kwargs["patient"], kwargs["ander"]]
    if treated_of(request, pair) != set(pair):
        return False
    rows = {row.pk: row for row in Patient.objects.filter(pk__in=pair)}
    return len(rows) == 2 and is_probable(*rows.values())


def _may_undo(request, kwargs: dict[str, UUID]) -> bool:
    row = Samenvoeging.objects.filter(pk=kwargs["samenvoeging"]).first()
    if row is None or Rol.COORDINATOR in request.actor.rollen:
        return row is not None
    return bool(treated_of(request, [row.blijft_id, row.vervallen_id]))


def treated_of(request, patients: list[UUID]) -> set[UUID]:
    """Return those of these patients whom this user treats."""
    tandarts = tandarts_of(request)
    if tandarts is None:
        return set()
    rows = calls_of(tandarts).filter(patient__in=patients)
    return set(rows.values_list("patient_id", flat=True))


def _care(route: str, methoden: str = "GET", *, voorwaarde=None, object: str, menu=None):
    return regel(
        f"verslag:{route}",
        Rol.TANDARTS,
        methoden=methoden,
        doel=Doel.ZORG,
        voorwaarde=voorwaarde,
        object=object,
        menu=menu,
    )


_DUBBEL = [
    regel(
        "verslag:dubbel",
        Rol.COORDINATOR,
        methoden="GET POST",
        doel=Doel.ZORG,
        object="patiënten die op elkaar lijken",
        menu=Menu(_("Dubbel"), 52),
    ),
    regel(
        "verslag:dubbel_kies",
        Rol.COORDINATOR,
        methoden="POST",
        doel=Doel.ZORG,
        object="patiënten van de kring",
    ),
    regel(
        "verslag:samenvoegen",
        Rol.COORDINATOR,
        Rol.TANDARTS,
        methoden="GET POST",
        doel=Doel.ZORG,
        voorwaarde=_may_merge,
        object="twee patiënten; voor de tandarts twee eigen patiënten die op elkaar lijken",
    ),
    regel(
        "verslag:samenvoeging",
        Rol.COORDINATOR,
        Rol.TANDARTS,
        methoden="GET POST",
        doel=Doel.ZORG,
        voorwaarde=_may_undo,
        object="samenvoeging; voor de tandarts van een eigen patiënt",
    ),
]


def _may_do(request, kwargs: dict[str, UUID]) -> bool:
    return taken.visible(request.actor).filter(pk=kwargs["taak"]).exists()


# Without anything of a patient: the coordinator, and the author of the report it is about.
_TAKEN = [
    regel(
        "verslag:taken",
        *(Rol.COORDINATOR, Rol.TANDARTS),
        object="taken over eigen verslagen; coördinator: van de kring",
        menu=Menu(_("Taken"), 20, telt=taken.open_count),
    ),
    regel(
        "verslag:taak",
        *(Rol.COORDINATOR, Rol.TANDARTS),
        methoden="GET POST",
        voorwaarde=_may_do,
        object="taak over eigen verslag; coördinator: van de kring",
    ),
    regel(
        "verslag:taak_opnieuw",
        *(Rol.COORDINATOR, Rol.TANDARTS),
        methoden="POST",
        voorwaarde=_may_do,
        object="taak over eigen verslag; coördinator: van de kring",
    ),
]


def _keep(route: str, methoden: str = "GET", *, object: str):
    return regel(f"verslag:{route}", Rol.COORDINATOR, methoden=methoden, object=object)


_BEHEER = [
    _keep("tekstblokken", object="tekstblokken"),
    _keep("tekstblok_nieuw", "GET POST", object="tekstblok"),
    _keep("tekstblok", "GET POST", object="tekstblok"),
    _keep("tekstblok_weg", "GET POST", object="tekstblok"),
    _keep("tariefcodes", object="tariefcodes"),
    _keep("tariefcodes_csv", "GET POST", object="tariefcodes"),
]

_LINK = "overdracht of afschrift met token"
_OPHALEN = [
    public("verslag:ophalen", methoden="GET POST", doel=Doel.ZORG, object=_LINK),
    *(
        public(f"verslag:ophalen_{deel}", methoden="POST", doel=Doel.ZORG, object=_LINK)
        for deel in ("pdf", "bijlage", "alles", "antwoord", "klaar")
    ),
    _care("antwoord_gelezen", "POST", voorwaarde=_is_gevraagd, object="auteur van het verslag"),
]

# A certificate decides who can read: a right as well, so with fresh proof.
_KANAAL = [
    _care("overhandigen", "GET POST", voorwaarde=_is_auteur, object="auteur van het verslag"),
    regel(
        "verslag:kanaal",
        Rol.COORDINATOR,
        methoden="GET POST",
        object="eigen tandarts",
        vers=True,
    ),
    regel(
        "verslag:certificaat_intrekken",
        Rol.COORDINATOR,
        methoden="POST",
        object="certificaat",
        vers=True,
    ),
]

_OVERZICHT = [
    regel(
        "verslag:overzicht",
        Rol.COORDINATOR,
        object="stand van de verslagen, zonder patiënten",
        menu=Menu(_("Verslagen"), 26),
    ),
    regel(
        "verslag:overzicht_bestand",
        Rol.COORDINATOR,
        object="stand van de verslagen, zonder patiënten",
        vers=True,
    ),
    regel("verslag:briefhoofd", Rol.COORDINATOR, methoden="GET POST", object="briefhoofd"),
]

REGELS = [
    *_OVERZICHT,
    *_TAKEN,
    *_BEHEER,
    *_KANAAL,
    _care("mijn", object="eigen patiënten", menu=Menu(_("Mijn patiënten"), 15, "p")),
    _care("gezien", "POST", voorwaarde=_is_behandelaar, object="behandelaar van de oproep"),
    _care("vervolg", "GET POST", voorwaarde=_is_on_my_list, object="vervolg op de eigen lijst"),
    _care("maak", "POST", voorwaarde=_is_behandelaar, object="behandelaar van de oproep"),
    _care("bewerk", "GET POST", voorwaarde=_is_auteur, object="auteur van het verslag"),
    _care("teken", "GET POST", voorwaarde=_is_auteur, object="auteur van het verslag"),
    _care("verslag", voorwaarde=_may_read, object="auteur, of lezer van het dossier"),
    _care("pdf", "POST", voorwaarde=_may_read, object="auteur, of lezer van het dossier"),
    _care("bijlage", voorwaarde=_may_see, object="auteur, of lezer van het dossier na tekenen"),
    _care("verstuur", "POST", voorwaarde=_is_auteur, object="auteur van het verslag"),
    _care("opnieuw", "POST", voorwaarde=_is_afzender, object="auteur van het verslag"),
    _care("intrekken", "POST", voorwaarde=_is_afzender, object="auteur van het verslag"),
    _care(
        "dossiers",
        "GET POST",
        object="eigen patiënten, of open oproep in dienst",
        menu=Menu(_("Dossiers"), 28, "d"),
    ),
    _care("dossier", voorwaarde=_may_read_living, object="eigen patiënt, of open oproep in dienst"),
    _care("eigen_tandarts", "GET POST", voorwaarde=_may_read_dossier, object="eigen patiënt"),
    _care(
        "bsn_tonen",
        "POST",
        voorwaarde=_may_read_dossier,
        object="eigen patiënt, of open oproep in dienst",
    ),
    *_DUBBEL,
    *_OPHALEN,
]
