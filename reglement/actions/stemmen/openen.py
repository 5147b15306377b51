"""Put a point to the vote, or take the vote back before it is closed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now
from kern.weigering import refusing
from kring.models import Deelnemer
from reglement.actions.vergadering.agenda import subject_of
from reglement.actions.vergadering.stap import Status, lock, log, note_step
from reglement.besluiten import may_repeat
from reglement.models import Agendapunt, Stembus, Stemming, Vergaderstap
from reglement.stembeletsel import objections
from reglement.stemmen import bezwaren
from reglement.stemmen.doorslag import deciders_now
from reglement.stemmen.opgave import NietInStemming, opgave_for

Soort = Vergaderstap.Soort


@transaction.atomic
def open_stemming(
    agendapunt: Agendapunt,
    *,
    vraag: str,
    voorstel: str,
    geheim: bool = False,
    betrokkene: Deelnemer | None = None,
    vraagt_herstemming_van: Stemming | None = None,
    gezien: int | None = None,
    by: Actor,
) -> Stemming:
    """Open the vote on a point: who counts and which rules hold is written down first (BV-11).

    `voorstel` is the text that becomes the decision; of a point that stands for something it begins
    with what that is, because processing does just that, whatever the question said. Refused, with
    the article and what can be done, without a quorum, before the hearing of 9.2d, when the meeting
    does not run, and when this point was decided already: that is voted on again only after a
    decision to do so.
    """
    vergadering = lock(agendapunt.vergadering, in_stand=(Status.OPEN,), gezien=gezien)
    punt = Agendapunt.objects.select_related("kring").get(pk=agendapunt.pk)
    punt.vergadering = vergadering
    try:
        opgave = opgave_for(punt)
    except NietInStemming as error:
        raise ValidationError(str(error)) from error
    nu = db_now()
    if running := bezwaren.other_vote(vergadering):
        raise ValidationError(
            _("Er loopt nog een stemming: “%s”. Sluit die eerst.") % running.vraag
        )
    regels = opgave.regels
    reasons = [*bezwaren.quorum_objections(vergadering, opgave), *objections(punt)]
    if reasons:
        raise ValidationError(reasons)
    stemming = Stemming(
        kring=punt.kring,
        agendapunt=punt,
        vraag=vraag,
        voorstel=_named(punt, voorstel),
        regel=opgave.regel.value,
        geheim=geheim,
        betrokkene=betrokkene,
        herstemming_van=_earlier(punt),
        vraagt_herstemming_van=vraagt_herstemming_van,
        opgave=opgave.as_dict()
        | {"doorslag": deciders_now(vergadering, regels.bestuursoptie, regels.lezing)},
        geopend_op=nu,
        geopend_door_id=by.person_id,
    )
    with refusing(Stemming, velden={"stemming_een_open": ""}):
        stemming.save(force_insert=True)
    if geheim:
        Stembus.objects.create(
            kring_id=punt.kring_id, stemming=stemming, inhoud=Stembus.written({})
        )
    note_step(vergadering, Soort.STEMMING_OPEN, by=by, agendapunt=punt, op=nu)
    log("stemming.geopend", "C", stemming, by)
    return stemming


@transaction.atomic
def withdraw_stemming(stemming: Stemming, *, gezien: int | None = None, by: Actor) -> Stemming:
    """Take a vote back while it is open: nothing is counted and nothing is decided.

    What was voted by name stays on record; a secret box is emptied unread. A re-vote that the
    meeting decided to is still to come then, so this one lets go of the vote that it did again.
    """
    vergadering = lock(stemming.agendapunt.vergadering, gezien=gezien)
    row = lock_open(stemming)
    Stembus.objects.filter(stemming=row).delete()
    row.status, row.gesloten_op = Stemming.Status.INGETROKKEN, db_now()
    row.herstemming_van = None
    row.save(update_fields=["status", "gesloten_op", "herstemming_van", "gewijzigd_op"])
    note_step(vergadering, Soort.STEMMING_IN, by=by, agendapunt=row.agendapunt)
    log("stemming.ingetrokken", "U", row, by)
    return row


def lock_open(stemming: Stemming) -> Stemming:
    """Return the vote, held until the transaction ends: from here on nobody votes any more."""
    row = (
        Stemming.objects.select_for_update(of=("self",))
        .select_related("kring", "agendapunt__vergadering__voorzitter")
        .get(pk=stemming.pk)
    )
    if row.status != Stemming.Status.OPEN:
        raise ValidationError(
            _("Deze stemming is al %(stand)s. Er is niets veranderd.")
            % {"stand": row.get_status_display()}
        )
    return row


def _named(punt: Agendapunt, voorstel: str) -> str:
    """Return the proposal with the title of its subject, as the deelnemers were called about it."""
    if not subject_of(punt) or punt.titel in voorstel:
        return voorstel
    named = f"{punt.titel}. {voorstel}"
    longest = Stemming._meta.get_field("voorstel").max_length
    if longest is not None and len(named) > longest:
        raise ValidationError(
            {"voorstel": _("Maak dit korter: het onderwerp komt ervoor te staan.")}
        )
    return named


def _earlier(punt: Agendapunt) -> Stemming | None:
    """Return the vote that this one does again; a decided point needs a decision for that."""
    done = (
        Stemming.objects.filter(agendapunt=punt, status=Stemming.Status.GESLOTEN)
        .order_by("-gesloten_op")
        .first()
    )
    if done is None:
        return None
    if not hasattr(done, "besluit"):
        raise ValidationError(
            _("De stemmen staken. Eerst moet de doorslag gegeven worden (art. 10.5).")
        )
    if not may_repeat(done):
        raise ValidationError(
            _(
                "Over dit punt is al besloten. Opnieuw stemmen kan alleen als de vergadering dat "
                "besluit: stel het eerst voor bij de uitslag."
            )
        )
    return done
