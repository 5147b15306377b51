"""Drafts of a period: make, copy for a what-if, choose, remove, and places filled by hand."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kring.models import Deelnemer, Tandarts
from rooster.models import (
    Concept,
    Conceptdienst,
    Conceptplaats,
    Dienstplaats,
    Plantaak,
    Roosterperiode,
    Roosterversie,
)

ROLLEN = Dienstplaats.Rol.values
WERK = "rooster.concept"

Bezetting = Mapping[tuple[str, str], tuple[UUID | str, UUID | str] | None]
"""Duty code and role → primary keys of dentist and practice; None is an open place."""


@transaction.atomic
def make_concept(
    *, periode: Roosterperiode, naam: str, diensten: Iterable[Conceptdienst], by: Actor
) -> Concept:
    """Make a draft with these duties (unsaved rows), every place open; the first one is chosen."""
    one_at_a_time(WERK, periode.kring_id)
    _refuse_proposed(periode)
    diensten = list(diensten)
    if not diensten:
        raise ValidationError(
            _("In deze periode valt geen enkele dienst. Leg eerst de dienstsoorten vast.")
        )
    concept = Concept.objects.create(
        kring_id=periode.kring_id,
        periode=periode,
        naam=naam,
        gekozen=not Concept.objects.filter(periode=periode, gekozen=True).exists(),
        gemaakt_door_id=by.gebruiker_id,
    )
    for dienst in diensten:
        dienst.concept, dienst.kring_id = concept, periode.kring_id
    Conceptdienst.objects.bulk_create(diensten)
    Conceptplaats.objects.bulk_create(
        Conceptplaats(kring_id=periode.kring_id, dienst=dienst, rol=rol)
        for dienst in diensten
        for rol in ROLLEN
    )
    _log("concept.gemaakt", "C", concept, by)
    return concept


@transaction.atomic
def copy_concept(concept: Concept, *, naam: str, afwijking: dict, by: Actor) -> Concept:
    """Lay a what-if beside a draft: the same duties, places, pins and absences, other rules."""
    one_at_a_time(WERK, concept.kring_id)
    if uitval := concept.afwijking.get("uitval"):
        # Who is ill is ill under other rules as well.
        afwijking = {**afwijking, "uitval": uitval}
    kopie = Concept.objects.create(
        kring_id=concept.kring_id,
        periode_id=concept.periode_id,
        naam=naam,
        gemaakt_uit=concept,
        gemaakt_door_id=by.gebruiker_id,
        afwijking=afwijking,
    )
    nieuw = {}
    for dienst in Conceptdienst.objects.filter(concept=concept):
        oud = dienst.pk
        dienst.pk, dienst.concept = Conceptdienst._meta.pk.get_default(), kopie
        dienst._state.adding = True
        nieuw[oud] = dienst
    Conceptdienst.objects.bulk_create(nieuw.values())
    plaatsen = list(Conceptplaats.objects.filter(dienst__concept=concept))
    for plaats in plaatsen:
        plaats.pk, plaats.dienst = Conceptplaats._meta.pk.get_default(), nieuw[plaats.dienst_id]
        plaats._state.adding = True
    Conceptplaats.objects.bulk_create(plaatsen)
    _log("concept.gekopieerd", "C", kopie, by)
    return kopie


@transaction.atomic
def choose_concept(concept: Concept, *, by: Actor) -> None:
    """Make this the draft that goes to the deelnemers."""
    one_at_a_time(WERK, concept.kring_id)
    _refuse_proposed(concept.periode)
    Concept.objects.filter(periode=concept.periode_id, gekozen=True).update(gekozen=False)
    concept.gekozen = True
    concept.save(update_fields=["gekozen", "gewijzigd_op"])
    _log("concept.gekozen", "U", concept, by)


@transaction.atomic
def remove_concept(concept: Concept, *, by: Actor) -> None:
    """Throw a draft away: not the chosen one as long as there are others, and none at work."""
    one_at_a_time(WERK, concept.kring_id)
    open_concept(concept)
    if concept.gekozen and concept.periode.concepten.exclude(pk=concept.pk).exists():
        raise ValidationError(_("Dit is het gekozen concept. Kies eerst een ander."))
    pk = concept.pk
    concept.delete()
    concept.pk = pk
    _log("concept.verwijderd", "D", concept, by)


@transaction.atomic
def fill_place(
    plaats: Conceptplaats,
    *,
    tandarts: Tandarts | None,
    deelnemer: Deelnemer | None,
    vast: bool,
    by: Actor,
) -> None:
    """Put a dentist in a place by hand, for one of the practices; None leaves it open.

    A broken rule is no refusal: the coordinator knows more than the rules, and the page says what
    is broken. Only what cannot be in the published roster is refused.
    """
    concept = open_concept(plaats.dienst.concept)
    if tandarts is None and vast:
        raise ValidationError({"vast": [_("Een lege plaats kun je niet vastzetten.")]})
    ander = plaats.dienst.plaatsen.exclude(pk=plaats.pk).first()
    if tandarts is not None and ander is not None and ander.tandarts_id == tandarts.pk:
        raise ValidationError(
            {"wie": [_("Deze tandarts heeft bij deze dienst al de andere plaats.")]}
        )
    plaats.tandarts, plaats.deelnemer, plaats.vast = tandarts, deelnemer, vast
    plaats.save(update_fields=["tandarts", "deelnemer", "vast", "gewijzigd_op"])
    _log("concept.gewijzigd", "U", concept, by)


@transaction.atomic
def pin_place(plaats: Conceptplaats, *, vast: bool, by: Actor) -> None:
    """Pin a filled place, so that a new run leaves it alone; or loosen it."""
    concept = open_concept(plaats.dienst.concept)
    if vast and plaats.tandarts_id is None:
        raise ValidationError(_("Een lege plaats kun je niet vastzetten."))
    plaats.vast = vast
    plaats.save(update_fields=["vast", "gewijzigd_op"])
    _log("concept.vastgezet" if vast else "concept.losgemaakt", "U", concept, by)


@transaction.atomic
def fill_concept(concept: Concept, *, bezetting: Bezetting, by: Actor) -> int:
    """Put a plan that was read from a file into the draft; pins stay. Return what changed."""
    concept = open_concept(concept)
    aantal = write_places(concept, bezetting)
    concept.bewijs = None
    concept.save(update_fields=["bewijs", "gewijzigd_op"])
    _log("concept.ingelezen", "U", concept, by)
    return aantal


def write_places(concept: Concept, bezetting: Bezetting) -> int:
    """Write a plan into the places that are not pinned; return how many changed.

    A place that the plan does not name stays as it is.
    """
    anders = []
    rijen = Conceptplaats.objects.filter(dienst__concept=concept, vast=False)
    for plaats in rijen.select_related("dienst"):
        sleutel = plaats.dienst.code, plaats.rol
        if sleutel not in bezetting:
            continue
        tandarts, deelnemer = bezetting[sleutel] or (None, None)
        if (str(plaats.tandarts_id), str(plaats.deelnemer_id)) != (str(tandarts), str(deelnemer)):
            plaats.tandarts_id, plaats.deelnemer_id = tandarts, deelnemer
            anders.append(plaats)
    Conceptplaats.objects.bulk_update(anders, ["tandarts", "deelnemer"], batch_size=500)
    return len(anders)


def open_concept(concept: Concept) -> Concept:
    """Return the draft, locked; refuse one that deelnemers were shown or that is being planned.

    After adoption too: it is what dentists read about why they have a place.
    """
    # Who proposes it at this moment holds the same lock.
    one_at_a_time(WERK, concept.kring_id)
    concept = Concept.objects.select_for_update().get(pk=concept.pk)
    if concept.gekozen:
        _refuse_proposed(concept.periode)
    if Roosterversie.objects.filter(
        concept=concept, status=Roosterversie.Status.VASTGESTELD
    ).exists():
        raise ValidationError(
            _("Dit concept is vastgesteld. Maak er een kopie van (Wat als) en werk daarin verder.")
        )
    if concept.plantaken.filter(status__in=Plantaak.BEZIG).exists():
        raise ValidationError(
            _("De planner rekent nog aan dit concept. Wacht tot hij klaar is, of stop hem eerst.")
        )
    return concept


def _refuse_proposed(periode: Roosterperiode) -> None:
    versies = Roosterversie.objects.filter(periode=periode)
    if versies.filter(status=Roosterversie.Status.VOORGELEGD).exists():
        raise ValidationError(
            _("Dit rooster ligt ter goedkeuring bij de deelnemers. Trek het voorstel eerst in.")
        )


def _log(gebeurtenis: str, actie: str, concept: Concept, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=concept.kring_id,
        object_soort="concept",
        object_id=concept.pk,
    )
