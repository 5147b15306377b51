"""The steps taken with a caller who misbehaves; the software itself never refuses (T-11)."""

from django.db import transaction

from kern.actor import Actor
from kern.tijd import db_now
from triage.actions.basis import DUBBEL, judge_again, lock, record_step
from triage.models import Agressiestap, Oproep
from triage.overgangen import require_running


@transaction.atomic
def log_agressiestap(oproep: Oproep, *, stap: str, by: Actor) -> Agressiestap:
    """Note one step of the ladder with its moment; from now on the behaviour is reported (R-81)."""
    lock(oproep)
    require_running(oproep)
    nu = db_now()
    same = oproep.agressiestappen.filter(stap=stap, moment__gt=nu - DUBBEL).first()
    if same:
        return same
    row = Agressiestap.objects.create(
        kring_id=oproep.kring_id, oproep=oproep, stap=stap, moment=nu, door_id=by.person_id
    )
    is_threat = stap == Agressiestap.Stap.POLITIE or oproep.gedrag == Oproep.Gedrag.DREIGEND
    oproep.gedrag = Oproep.Gedrag.DREIGEND if is_threat else Oproep.Gedrag.ONAANGEPAST
    judge_again(oproep)
    oproep.save()
    record_step("oproep.agressiestap", "U", oproep, by)
    return row
