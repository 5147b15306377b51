"""Enter a call that was taken on paper, with the moment at which it really was."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now
from triage.actions.basis import record_step
from triage.actions.gesprek import new_row
from triage.models import Oproep

TERUG = timedelta(days=14)
"""Older paper is no longer a call to work on: it goes to the coordinator."""


@transaction.atomic
def enter_from_paper(
    *, kring_id: int, aangenomen_op: datetime, aangenomen_door_id: int, by: Actor
) -> Oproep:
    """Start a call that was taken earlier; its entry time is `aangemaakt_op`, the database's own.

    A `ValidationError` at `moment` when it lies ahead, or more than `TERUG` back.
    """
    nu = db_now()
    if aangenomen_op > nu:
        raise ValidationError({"tijd": _("Deze tijd ligt nog in de toekomst. Kijk hem na.")})
    if aangenomen_op < nu - TERUG:
        raise ValidationError(
            {"datum": _("Langer dan 14 dagen geleden. Geef het papier aan de coördinator.")}
        )
    oproep = new_row(
        kring_id=kring_id,
        aangenomen_op=aangenomen_op,
        aangenomen_door_id=aangenomen_door_id,
        is_nagevoerd=True,
    )
    record_step("oproep.nagevoerd", "C", oproep, by)
    return oproep
