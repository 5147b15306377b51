"""Offices: put forward, put on the agenda, appoint, note an earlier one, stop (MR 4.1, CO-1)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.weergave import format_datum
from kern.weigering import refusing
from kring.models import Gebruiker
from reglement.actions.vergadering import add_point
from reglement.besluiten import standing_decision
from reglement.besluitvorming import Orgaan
from reglement.functies import Termijn, candidates, kind_of_decision, term_of, who_appoints
from reglement.models import Agendapunt, Besluit, Functie, Vergadering, Voordracht

WERK = "reglement.functie"
VELDEN = {
    "functie_een_tegelijk": "vanaf",
    "functie_dagen": "vanaf",
    "functie_eerder_gestopt": "op",
    "voordracht_eenmaal": "gebruiker",
}
Status = Voordracht.Status


@transaction.atomic
def put_forward(
    *,
    kring_id: int,
    soort: str,
    gebruiker: Gebruiker,
    vanaf: date,
    toelichting: str = "",
    by: Actor,
) -> Voordracht:
    """Put somebody forward for an office from a day on; a meeting decides.

    `ValidationError` when the rules know no such office, when the bestuur appoints itself
    (variant I), when the person takes no part, or after two terms on end.
    """
    body = who_appoints(kring_id, soort, vanaf)
    if body.orgaan is Orgaan.BESTAAT_NIET:
        raise ValidationError({"soort": f"{body.uitleg} (art. {body.artikel})"})
    if body.orgaan is Orgaan.BESTUUR:
        raise ValidationError(
            {
                "soort": _("%(uitleg)s Leg die benoeming vast bij Benoeming vastleggen.")
                % {"uitleg": body.uitleg}
            }
        )
    _judge(kring_id, soort, gebruiker, vanaf)
    deelnemer = candidates(kring_id)[gebruiker.pk][1]
    row = Voordracht(
        kring_id=kring_id,
        soort=soort,
        gebruiker=gebruiker,
        deelnemer=deelnemer,
        vanaf=vanaf,
        toelichting=toelichting.strip(),
    )
    with refusing(Voordracht, velden=VELDEN):
        row.save(force_insert=True)
    _log("functie.voorgedragen", "C", row, by)
    return row


@transaction.atomic
def put_on_agenda(voordracht: Voordracht, *, vergadering: Vergadering, by: Actor) -> Agendapunt:
    """Put the nomination on the agenda of a meeting that is still being prepared."""
    voordracht = _lock(voordracht)
    if _open_point(voordracht):
        raise ValidationError(_("Deze voordracht staat al op een agenda."))
    point = add_point(
        vergadering,
        titel=_("%(functie)s: %(naam)s")
        % {"functie": voordracht.get_soort_display(), "naam": voordracht.gebruiker.naam},
        toelichting=voordracht.toelichting,
        besluitsoort=kind_of_decision(voordracht.soort).value,
        voordracht=voordracht,
        by=by,
    )
    _log("functie.geagendeerd", "U", voordracht, by)
    return point


@transaction.atomic
def process(voordracht: Voordracht, *, by: Actor) -> Voordracht:
    """Do what the meeting decided: appoint, or note that the proposal was rejected."""
    one_at_a_time(WERK, voordracht.kring_id)
    voordracht = _lock(voordracht)
    besluit = decision_of(voordracht)
    if besluit is None:
        raise ValidationError(_("De vergadering heeft hier nog niet over besloten."))
    if besluit.uitkomst == Besluit.Uitkomst.AANGENOMEN:
        term = _judge(voordracht.kring_id, voordracht.soort, voordracht.gebruiker, voordracht.vanaf)
        voordracht.functie = _save(
            Functie(
                kring_id=voordracht.kring_id,
                soort=voordracht.soort,
                gebruiker=voordracht.gebruiker,
                deelnemer=voordracht.deelnemer,
                vanaf=voordracht.vanaf,
                laatste_dag=term.benoeming.laatste_dag,
                termijn=term.nummer,
                wijze=Functie.Wijze.BESLUIT,
                besluit=besluit,
            )
        )
        voordracht.status = Status.BENOEMD
        event = "functie.benoemd"
    elif besluit.uitkomst == Besluit.Uitkomst.VERWORPEN:
        voordracht.status = Status.AFGEWEZEN
        event = "functie.afgewezen"
    else:
        raise ValidationError(
            _("Er was geen geldige stemming. Zet de voordracht op een nieuwe agenda.")
        )
    voordracht.save()
    _log(event, "U", voordracht, by)
    return voordracht


@transaction.atomic
def withdraw(voordracht: Voordracht, *, by: Actor) -> Voordracht:
    """Take a nomination back that nothing was decided about."""
    voordracht = _lock(voordracht)
    besluit = decision_of(voordracht)
    if besluit and besluit.uitkomst != Besluit.Uitkomst.GEEN_GELDIGE_STEMMING:
        raise ValidationError(_("De vergadering heeft al besloten. Verwerk dat besluit."))
    voordracht.status = Status.INGETROKKEN
    voordracht.save()
    _log("functie.voordracht_weg", "U", voordracht, by)
    return voordracht


@transaction.atomic
def register(
    *,
    kring_id: int,
    soort: str,
    gebruiker: Gebruiker,
    vanaf: date,
    wijze: str,
    toelichting: str,
    laatste_dag: date | None = None,
    by: Actor,
) -> Functie:
    """Note an appointment that no meeting in here decided: by the bestuur, or of earlier.

    By the bestuur only where the rules let it (variant I); of earlier with where it can be read,
    and until the day that was agreed on then, when that differs from the rules of now.
    """
    one_at_a_time(WERK, kring_id)
    body = who_appoints(kring_id, soort, vanaf)
    if body.orgaan is Orgaan.BESTAAT_NIET:
        raise ValidationError({"soort": f"{body.uitleg} (art. {body.artikel})"})
    if wijze == Functie.Wijze.BESLUIT:
        raise ValidationError({"wijze": _("Draag deze persoon voor; de vergadering benoemt.")})
    if wijze == Functie.Wijze.BESTUUR and body.orgaan is not Orgaan.BESTUUR:
        raise ValidationError(
            {
                "wijze": _(
                    "Volgens het reglement benoemt het bestuur hier niet zelf (art. 4.1, variant "
                    "I geldt niet). Draag deze persoon voor; de vergadering benoemt."
                )
            }
        )
    if not toelichting.strip():
        raise ValidationError({"toelichting": _("Schrijf op waar de benoeming te lezen is.")})
    if laatste_dag and laatste_dag < vanaf:
        raise ValidationError({"laatste_dag": _("De laatste dag ligt vóór de eerste.")})
    term = _judge(kring_id, soort, gebruiker, vanaf)
    agreed = laatste_dag if wijze == Functie.Wijze.EERDER else None
    row = _save(
        Functie(
            kring_id=kring_id,
            soort=soort,
            gebruiker=gebruiker,
            deelnemer=candidates(kring_id)[gebruiker.pk][1],
            vanaf=vanaf,
            laatste_dag=agreed or term.benoeming.laatste_dag,
            termijn=term.nummer,
            wijze=wijze,
            toelichting=toelichting.strip(),
        )
    )
    _log("functie.vastgelegd", "C", row, by)
    return row


@transaction.atomic
def stop(functie: Functie, *, op: date, toelichting: str, by: Actor) -> Functie:
    """Let somebody stop before the term is over; `op` is the last day."""
    one_at_a_time(WERK, functie.kring_id)
    functie = Functie.objects.select_for_update().get(pk=functie.pk)
    if functie.beeindigd_op:
        raise ValidationError(
            _("Deze functie is al eerder gestopt, op %s.") % format_datum(functie.beeindigd_op)
        )
    functie.beeindigd_op = op
    functie.toelichting = toelichting.strip() or functie.toelichting
    with refusing(Functie, velden=VELDEN):
        functie.save()
    _log("functie.gestopt", "U", functie, by)
    return functie


def decision_of(voordracht: Voordracht) -> Besluit | None:
    """Return what the newest meeting that treated it decided."""
    point = _points(voordracht).first()
    return standing_decision(point) if point else None


def _points(voordracht: Voordracht):  # type: ignore[no-untyped-def]
    rows = Agendapunt.objects.filter(voordracht=voordracht).select_related("vergadering")
    return rows.exclude(vergadering__status=Vergadering.Status.AFGELAST).order_by(
        "-vergadering__begint_op", "-volgorde"
    )


def _open_point(voordracht: Voordracht) -> bool:
    """Whether a meeting still has to treat it: no decision, or none that was valid."""
    point = _points(voordracht).first()
    if point is None:
        return False
    if standing_decision(point) is None:
        return point.vergadering.status != Vergadering.Status.GESLOTEN
    return False


def _judge(kring_id: int, soort: str, gebruiker: Gebruiker, vanaf: date) -> Termijn:
    if gebruiker.pk not in candidates(kring_id):
        raise ValidationError(
            {"gebruiker": _("Alleen wie bij een deelnemer hoort, kan worden benoemd (art. 4.1).")}
        )
    term = term_of(kring_id, soort, gebruiker.pk, vanaf)
    if term.bezwaar:
        raise ValidationError({"gebruiker": term.bezwaar})
    return term


def _save(functie: Functie) -> Functie:
    with refusing(Functie, velden=VELDEN):
        functie.save(force_insert=True)
    return functie


def _lock(voordracht: Voordracht) -> Voordracht:
    row = (
        Voordracht.objects.select_for_update(of=("self",))
        .select_related("gebruiker", "deelnemer")
        .get(pk=voordracht.pk)
    )
    if row.status != Status.OPEN:
        raise ValidationError(_("Deze voordracht is al %s.") % row.get_status_display())
    return row


def _log(gebeurtenis: str, actie: str, row: Functie | Voordracht, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort=row._meta.model_name or "",
        object_id=row.pk,
    )
