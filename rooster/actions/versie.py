"""From draft to published roster: propose, answer, withdraw, adopt (RO-7, MR art. 4.2)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now, to_local
from kring.models import Deelnemer
from rooster.actions.dienst import PLANNING
from rooster.actions.publicatie import put_on_roster
from rooster.models import Akkoord, Concept, Conceptplaats, Plantaak, Roosterperiode, Roosterversie
from rooster.versie import post as versiepost
from rooster.versie.rijen import Plek, Roosterrij
from rooster.versie.vaststelling import Stand, judge

WERK = "rooster.concept"
"""The work on drafts: what is proposed may not change under the hands of who proposes it."""
BEDENKTIJD = timedelta(days=7)
"""What deelnemers get at least, also for a roster that is made anew after its closing date."""

Status = Roosterversie.Status


@transaction.atomic
def propose(concept: Concept, *, by: Actor) -> Roosterversie:
    """Lay a draft before the deelnemers: keep it as it is now, and write to all of them."""
    one_at_a_time(WERK, concept.kring_id)
    periode = Roosterperiode.objects.select_for_update().get(pk=concept.periode_id)
    _refuse_proposal(concept, periode)
    rijen = rows_of(concept)
    if not rijen:
        raise ValidationError(_("Dit concept heeft nog geen diensten."))
    nu = db_now()
    vandaag = to_local(nu).date()
    versie = Roosterversie.objects.create(
        kring_id=concept.kring_id,
        periode=periode,
        nummer=periode.versies.count() + 1,
        concept=concept,
        inhoud=[rij.as_record() for rij in rijen],
        reageren_tot=max(periode.akkoord_tot, vandaag + BEDENKTIJD),
        voorgelegd_op=nu,
        voorgelegd_door_id=by.gebruiker_id,
    )
    _move(periode, Roosterperiode.Status.AKKOORD)
    versiepost.write_proposed(versie)
    _log("rooster.voorgelegd", "C", versie, by)
    return versie


@transaction.atomic
def answer(
    versie: Roosterversie, *, deelnemer: Deelnemer, akkoord: bool, opmerking: str, by: Actor
) -> Akkoord:
    """Note what a practice says of the proposal; a second answer replaces the first."""
    versie = _locked(versie, Status.VOORGELEGD)
    if not akkoord and not opmerking.strip():
        raise ValidationError({"opmerking": [_("Schrijf op wat er niet klopt.")]})
    row, _made = Akkoord.objects.update_or_create(
        versie=versie,
        deelnemer=deelnemer,
        defaults={
            "kring_id": versie.kring_id,
            "akkoord": akkoord,
            "opmerking": opmerking.strip(),
            "gegeven_door_id": by.gebruiker_id,
            "gegeven_op": db_now(),
        },
    )
    _log("rooster.beantwoord", "U", versie, by)
    return row


@transaction.atomic
def withdraw(versie: Roosterversie, *, reden: str, by: Actor) -> Roosterversie:
    """Take a proposal back, so that the draft can change; the deelnemers hear why."""
    versie = _locked(versie, Status.VOORGELEGD)
    versie.status, versie.reden = Status.INGETROKKEN, reden
    versie.save(update_fields=["status", "reden", "gewijzigd_op"])
    adopted = versie.periode.versies.filter(status=Status.VASTGESTELD).exists()
    _move(
        versie.periode,
        Roosterperiode.Status.GEPUBLICEERD if adopted else Roosterperiode.Status.PLANNEN,
    )
    versiepost.write_withdrawn(versie)
    _log("rooster.ingetrokken", "U", versie, by)
    return versie


@transaction.atomic
def adopt(versie: Roosterversie, *, reden: str = "", by: Actor) -> Roosterversie:
    """Adopt a proposal: its duties become the roster, and every deelnemer gets word.

    In this order: judge the answers; put the duties on the roster, each with its event; the
    version before this one is replaced; write to everybody.
    """
    one_at_a_time(PLANNING, versie.kring_id)
    versie = _locked(versie, Status.VOORGELEGD)
    stand = standing(versie)
    if not stand.mag:
        raise ValidationError(
            _("Nog niet iedereen heeft gereageerd. Vaststellen kan als iedereen antwoord gaf.")
        )
    if stand.vraagt_reden and not reden.strip():
        raise ValidationError(
            {"reden": [_("Leg uit waarom je het rooster toch vaststelt. Iedereen leest dit.")]}
        )
    put_on_roster(versie, by=by)
    versie.periode.versies.filter(status=Status.VASTGESTELD).update(status=Status.VERVANGEN)
    versie.status, versie.reden = Status.VASTGESTELD, reden.strip()
    versie.vastgesteld_op, versie.vastgesteld_door_id = db_now(), by.gebruiker_id
    versie.save()
    _move(versie.periode, Roosterperiode.Status.GEPUBLICEERD)
    versiepost.write_adopted(versie)
    _log("rooster.vastgesteld", "U", versie, by)
    return versie


def standing(versie: Roosterversie) -> Stand:
    """Return what the practices that take part said of the proposal; two queries."""
    deelnemers = Deelnemer.objects.filter(kring_id=versie.kring_id, actief=True)
    return judge(
        deelnemers.order_by("naam").values_list("pk", flat=True),
        dict(versie.akkoorden.values_list("deelnemer_id", "akkoord")),
        sum(len(rij.open_rollen) for rij in versie.rijen),
        vandaag=to_local(db_now()).date(),
        reageren_tot=versie.reageren_tot,
    )


def rows_of(concept: Concept) -> list[Roosterrij]:
    """Return the duties of a draft as plain values; two queries."""
    places: dict = {}
    rows = Conceptplaats.objects.filter(dienst__concept=concept, tandarts__isnull=False)
    for plaats in rows.select_related("tandarts", "deelnemer"):
        if plaats.tandarts and plaats.deelnemer:  # always both, by a constraint
            places.setdefault(plaats.dienst_id, {})[plaats.rol] = Plek(
                str(plaats.tandarts_id),
                plaats.tandarts.naam,
                str(plaats.deelnemer_id),
                plaats.deelnemer.naam,
            )
    return [
        Roosterrij(
            begin=dienst.begin,
            einde=dienst.einde,
            categorie=dienst.categorie,
            plekken=places.get(dienst.pk, {}),
            soort=dienst.soort.naam if dienst.soort else "",
            soort_id=str(dienst.soort_id) if dienst.soort_id else None,
        )
        for dienst in concept.diensten.select_related("soort").order_by("begin")
    ]


def _refuse_proposal(concept: Concept, periode: Roosterperiode) -> None:
    if periode.versies.filter(status=Status.VOORGELEGD).exists():
        raise ValidationError(_("Er ligt al een voorstel bij de deelnemers."))
    if periode.status in {Roosterperiode.Status.VOORBEREIDING, Roosterperiode.Status.WENSEN}:
        raise ValidationError(_("De wensen voor deze periode zijn nog niet gesloten."))
    if not Concept.objects.filter(pk=concept.pk, gekozen=True).exists():
        # Only the chosen draft stays as it is while it lies with the deelnemers.
        raise ValidationError(_("Dit concept is niet gekozen. Kies het eerst."))
    if concept.plantaken.filter(status__in=Plantaak.BEZIG).exists():
        raise ValidationError(_("De planner rekent nog aan dit concept. Wacht tot hij klaar is."))


def _locked(versie: Roosterversie, status: str) -> Roosterversie:
    versie = (
        Roosterversie.objects.select_for_update(of=("self",))
        .select_related("periode", "kring")
        .get(pk=versie.pk)
    )
    if versie.status != status:
        raise ValidationError(
            _("Dit voorstel ligt niet meer bij de deelnemers: het is %(stand)s.")
            % {"stand": versie.get_status_display()}
        )
    return versie


def _move(periode: Roosterperiode, status: str) -> None:
    periode.status = status
    periode.save(update_fields=["status", "gewijzigd_op"])


def _log(gebeurtenis: str, actie: str, versie: Roosterversie, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=versie.kring_id,
        object_soort="roosterversie",
        object_id=versie.pk,
    )
