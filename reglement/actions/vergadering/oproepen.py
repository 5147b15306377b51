"""Call the deelnemers, hear who comes, call it off (4.2, 9.2b-c, 10.3, 11.5)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now
from kring.models import Deelnemer
from reglement import oproepdeel
from reglement.actions.vergadering.stap import Status, lock, log, note_step
from reglement.models import Uitnodiging, Vergadering, Vergaderstap
from reglement.vergadering import post
from reglement.vergadering.proef import try_meeting

Soort = Vergaderstap.Soort
Antwoord = Uitnodiging.Antwoord


@transaction.atomic
def convoke(vergadering: Vergadering, *, by: Actor) -> Vergadering:
    """Send every deelnemer the convocation; from here on the agenda stands.

    Also the practice that a royement is about: nothing here can leave it out (RY-15). Refused,
    with the article and the earliest lawful day, when it is too late; without agenda or chair.
    """
    row = lock(vergadering, in_stand=(Status.CONCEPT,))
    punten = list(row.agendapunten.order_by("volgorde"))
    proef, kader = try_meeting(row)
    reasons = [*_missing(row, punten, kader.leden), *proef.bezwaren, *oproepdeel.objections(row)]
    if reasons:
        raise ValidationError(reasons)
    nu = db_now()
    Uitnodiging.objects.bulk_create(
        Uitnodiging(
            kring_id=row.kring_id,
            vergadering=row,
            deelnemer=lid.deelnemer,
            gebruiker=lid.vertegenwoordiger,
            verzonden_op=nu,
        )
        for lid in kader.leden
    )
    row.status, row.opgeroepen_op, row.versie = Status.OPGEROEPEN, nu, kader.versie
    row.save()
    note_step(row, Soort.OPGEROEPEN, by=by, op=nu)
    post.write_convocation(
        row, punten, [(lid.deelnemer, lid.vertegenwoordiger) for lid in kader.leden]
    )
    oproepdeel.convoked(row, by=by)
    log("vergadering.opgeroepen", "U", row, by)
    return row


def _missing(row: Vergadering, punten: list, leden: tuple) -> list[str]:
    reasons = []
    if not punten:
        reasons.append(_("De agenda is nog leeg. Zet er eerst een punt op."))
    if row.voorzitter_id is None:
        reasons.append(_("Er is nog geen voorzitter. Kies eerst wie de vergadering leidt."))
    if not leden:
        reasons.append(_("De kring heeft nog geen deelnemers om op te roepen."))
    if row.begint_op <= db_now():
        reasons.append(_("Dit moment is al voorbij. Kies een dag die nog komt."))
    return reasons


@transaction.atomic
def answer(
    vergadering: Vergadering, *, deelnemer: Deelnemer, antwoord: str, by: Actor
) -> Uitnodiging:
    """Note whether a practice comes; a later answer replaces the one before."""
    row = lock(vergadering, in_stand=(Status.OPGEROEPEN, Status.OPEN))
    if antwoord == Antwoord.OP_AFSTAND and not row.op_afstand:
        raise ValidationError(
            {"antwoord": [_("Meedoen op afstand staat niet in de oproep en telt dan niet mee.")]}
        )
    invitation = Uitnodiging.objects.filter(vergadering=row, deelnemer=deelnemer).first()
    if invitation is None:
        raise ValidationError(_("Deze praktijk is niet opgeroepen voor deze vergadering."))
    invitation.antwoord, invitation.geantwoord_op = antwoord, db_now()
    invitation.save()
    log("vergadering.beantwoord", "U", invitation, by)
    return invitation


@transaction.atomic
def call_off(
    vergadering: Vergadering, *, reden: str, gezien: int | None = None, by: Actor
) -> Vergadering:
    """Call the meeting off; who was called hears why. The agenda stays, to plan it again."""
    row = lock(vergadering, in_stand=(Status.CONCEPT, Status.OPGEROEPEN), gezien=gezien)
    called = [
        (item.deelnemer, item.gebruiker)
        for item in row.uitnodigingen.select_related("deelnemer", "gebruiker")
    ]
    row.status, row.afgelast_reden = Status.AFGELAST, reden
    row.save()
    note_step(row, Soort.AFGELAST, by=by, toelichting=reden)
    post.write_called_off(row, called)
    if row.opgeroepen_op:
        oproepdeel.called_off(row)
    log("vergadering.afgelast", "U", row, by)
    return row
