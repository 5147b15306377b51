"""Access rows of the verslag app, and the questions they ask of an object."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kern.toegang import Doel, Menu, Rol, public, regel
from kring.models import Tandarts
from verslag.models import Bijlage, Overdracht, Passantendossier, Verslag, Vervolgactie
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


def _may_read_any(request, **which) -> bool:
    tandarts = tandarts_of(request)
    return tandarts is not None and Passantendossier.objects.may_read(tandarts, **which)


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


REGELS = [
    _care("mijn", object="eigen patiënten", menu=Menu(_("Mijn patiënten"), 30, "p")),
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
        object="eigen patiënten, of open oproep in dienst",
        menu=Menu(_("Dossiers"), 40, "d"),
    ),
    _care(
        "dossier", voorwaarde=_may_read_dossier, object="eigen patiënt, of open oproep in dienst"
    ),
    _care("eigen_tandarts", "GET POST", voorwaarde=_may_read_dossier, object="eigen patiënt"),
    _care(
        "bsn_tonen",
        "POST",
        voorwaarde=_may_read_dossier,
        object="eigen patiënt, of open oproep in dienst",
    ),
    public("verslag:ophalen", methoden="GET POST", doel=Doel.ZORG, object="overdracht met token"),
    public("verslag:ophalen_pdf", methoden="POST", doel=Doel.ZORG, object="overdracht met token"),
    public(
        "verslag:ophalen_bijlage",
        methoden="POST",
        doel=Doel.ZORG,
        object="overdracht met token, bijlage van die versie",
    ),
]
