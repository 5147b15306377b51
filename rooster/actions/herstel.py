"""Repair after illness: who is away goes into a draft, and a repaired roster back into the duties.

In a draft the absence is one more thing that the planner knows. For a published roster a draft is
made of its duties as they are; what the planner changes in it is put on the roster in one go.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now, to_local
from kring.models import Tandarts
from rooster.actions.bezetting import Zetel, reseat
from rooster.actions.concept import make_concept, open_concept
from rooster.actions.dienst import PLANNING
from rooster.actions.wijziging import record_wijziging, snapshot
from rooster.kader.kalender import last_day
from rooster.models import (
    Concept,
    Conceptdienst,
    Conceptplaats,
    Dienst,
    Dienstplaats,
    Roosterperiode,
    Roosterwijziging,
)
from rooster.ruil.waarnemen import objections_to

LANGST = 366


@transaction.atomic
def note_absence(
    concept: Concept, *, tandarts: Tandarts, van: date, tot: date, by: Actor
) -> Concept:
    """Note in a draft that somebody cannot serve on these days; pins of those days come loose."""
    if tot < van:
        raise ValidationError({"tot": [_("De laatste dag ligt voor de eerste dag.")]})
    if (tot - van).days > LANGST:
        raise ValidationError({"tot": [_("Dit is langer dan een jaar. Controleer de datum.")]})
    concept = open_concept(concept)
    rij = {"tandarts": str(tandarts.pk), "van": van.isoformat(), "tot": tot.isoformat()}
    concept.afwijking["uitval"] = [*concept.afwijking.get("uitval", []), rij]
    concept.save(update_fields=["afwijking", "gewijzigd_op"])
    Conceptplaats.objects.filter(
        dienst__concept=concept,
        dienst__eerste_dag__lte=tot,
        dienst__laatste_dag__gte=van,
        tandarts=tandarts,
    ).update(vast=False)
    _log("concept.uitval", "U", concept, by)
    return concept


@transaction.atomic
def make_repair(*, periode: Roosterperiode, naam: str, by: Actor) -> Concept:
    """Make a draft of the published duties of a period, as they are now."""
    diensten = list(Dienst.objects.filter(roosterperiode=periode).order_by("begin"))
    rijen = {dienst.pk: _draft_duty(nummer, dienst) for nummer, dienst in enumerate(diensten)}
    concept = make_concept(periode=periode, naam=naam, diensten=rijen.values(), by=by)
    # Beside the roster that was chosen, not in its place.
    concept.gekozen = False
    concept.afwijking = {"gepubliceerd": True, "vanaf": to_local(db_now()).date().isoformat()}
    concept.save(update_fields=["gekozen", "afwijking", "gewijzigd_op"])
    bezet = {
        (rijen[plaats.dienst_id].pk, plaats.rol): plaats
        for plaats in Dienstplaats.objects.filter(dienst__in=diensten).select_related("tandarts")
    }
    plaatsen = list(Conceptplaats.objects.filter(dienst__concept=concept))
    for plaats in plaatsen:
        if nu := bezet.get((plaats.dienst_id, plaats.rol)):
            plaats.tandarts_id = nu.tandarts_id
            plaats.deelnemer_id = nu.deelnemer_id or nu.tandarts.deelnemer_id
    Conceptplaats.objects.bulk_update(plaatsen, ["tandarts", "deelnemer"], batch_size=500)
    return concept


def _draft_duty(nummer: int, dienst: Dienst) -> Conceptdienst:
    eerste = to_local(dienst.begin).date()
    return Conceptdienst(
        code=f"D{nummer:04}",
        begin=dienst.begin,
        einde=dienst.einde,
        eerste_dag=eerste,
        laatste_dag=last_day(eerste, dienst.einde),
        categorie=dienst.categorie,
        soort_id=dienst.soort_id,
    )


@transaction.atomic
def adopt_repair(concept: Concept, *, reden: str, by: Actor) -> int:
    """Put what a repair changed on the roster; return how many duties changed.

    All of it or nothing: refused when the roster changed since the repair was made, and as long
    as a place that is taken away has nobody.
    """
    one_at_a_time(PLANNING, concept.kring_id)
    concept = open_concept(concept)
    anders = changed_places(concept)
    if not anders:
        raise ValidationError(_("Er is niets gewijzigd ten opzichte van het rooster."))
    diensten = {
        dienst.pk: dienst
        for dienst in Dienst.objects.filter(pk__in={d.pk for d, _p in anders})
        .order_by("pk")
        .select_for_update()
    }
    if Roosterwijziging.objects.filter(
        dienst_nummer__in=diensten, gedaan_op__gt=concept.aangemaakt_op
    ).exists():
        raise ValidationError(
            _("Het rooster is intussen gewijzigd. Maak het herstel opnieuw, dan klopt het weer.")
        )
    if any(plaats.tandarts_id is None for _dienst, plaats in anders):
        raise ValidationError(
            _("Er is nog een plaats zonder tandarts. Kies daar iemand, of vraag een collega.")
        )
    if bezwaren := [
        bezwaar
        for _dienst, plaats in anders
        if plaats.tandarts
        for bezwaar in _objections(plaats.tandarts)
    ]:
        raise ValidationError(bezwaren)
    voor = {pk: snapshot(dienst) for pk, dienst in diensten.items()}
    reseat(
        [
            Zetel(diensten[dienst.pk], plaats.rol, plaats.tandarts, plaats.deelnemer_id)
            for dienst, plaats in anders
            if plaats.tandarts and plaats.deelnemer_id
        ]
    )
    for pk, dienst in diensten.items():
        record_wijziging(
            dienst,
            Roosterwijziging.Soort.HERSTELD,
            voor=voor[pk],
            na=snapshot(dienst),
            reden=reden,
            by=by,
        )
    _log("concept.overgenomen", "U", concept, by)
    return len(diensten)


def changed_places(concept: Concept) -> list[tuple[Dienst, Conceptplaats]]:
    """Return the places of a repair that differ from the roster, with the published duty."""
    diensten = {
        dienst.begin: dienst
        for dienst in Dienst.objects.filter(roosterperiode=concept.periode_id).with_places()
    }
    uit = []
    plaatsen = Conceptplaats.objects.filter(dienst__concept=concept).select_related(
        "dienst", "tandarts__deelnemer", "deelnemer"
    )
    for plaats in plaatsen.order_by("dienst__begin", "rol"):
        dienst = diensten.get(plaats.dienst.begin)
        if dienst is None:
            continue
        nu = {
            p.rol: (p.tandarts_id, p.deelnemer_id or p.tandarts.deelnemer_id)
            for p in dienst.plaatsen.all()
        }
        if nu.get(plaats.rol, (None, None)) != (plaats.tandarts_id, plaats.deelnemer_id):
            uit.append((dienst, plaats))
    return uit


def _log(gebeurtenis: str, actie: str, concept: Concept, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=concept.kring_id,
        object_soort="concept",
        object_id=concept.pk,
    )


def _objections(tandarts: Tandarts) -> list:
    """Return why a dentist cannot be put on duty now, as for a change by hand."""
    if not (tandarts.actief and tandarts.deelnemer.actief):
        return [_("%(naam)s doet geen diensten meer. Kies een ander.") % {"naam": tandarts.naam}]
    return list(objections_to(tandarts))
