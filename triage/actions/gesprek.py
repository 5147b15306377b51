"""Start a call, save its answers, throw away an empty one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now
from rooster.models import Dienst
from triage import herhaling, intake
from triage.actions.basis import check_versie, judge_again, lock, next_version, record_step
from triage.lezing import version_in_force
from triage.models import Oproep
from triage.overgangen import StapGeweigerd, require_running


@transaction.atomic
def start_oproep(*, kring_id: int, by: Actor, telefoon: str = "", formulier: str = "") -> Oproep:
    """Start a call; its number is the next one of the kring, its protocol the one now in force.

    The same `formulier` twice is one call, as long as nothing was noted in it: a page that was
    left open must never lead the next caller into the call of another.
    """
    if formulier:
        _one_number_at_a_time(kring_id)
        known = Oproep.objects.filter(kring_id=kring_id, formulier=formulier).first()
        if known is not None:
            if known.status == Oproep.Status.OPEN and _is_untouched(known):
                return known
            formulier = ""
    oproep = new_row(
        kring_id=kring_id,
        aangenomen_op=db_now(),
        aangenomen_door_id=by.person_id,
        telefoon_beller=telefoon,
        formulier=formulier,
    )
    record_step("oproep.aangenomen", "C", oproep, by)
    return oproep


def new_row(*, kring_id: int, aangenomen_op: datetime, **velden: Any) -> Oproep:
    """Return a new call with the next number, in the duty and under the protocol of its moment."""
    _one_number_at_a_time(kring_id)
    last = Oproep.objects.filter(kring_id=kring_id).aggregate(last=Max("nummer"))["last"]
    return Oproep.objects.create(
        kring_id=kring_id,
        nummer=(last or 0) + 1,
        aangenomen_op=aangenomen_op,
        protocolversie=version_in_force(kring_id, aangenomen_op),
        dienst=Dienst.objects.on_duty_at(aangenomen_op).filter(kring_id=kring_id).first(),
        **velden,
    )


def _one_number_at_a_time(kring_id: int) -> None:
    """Hold back the other starts: max+1 without a lock gives two callers the same number."""
    one_at_a_time("triage.nummer", kring_id)


@transaction.atomic
def save_antwoorden(
    oproep: Oproep,
    *,
    antwoorden: Mapping[str, Any],
    omschrijving: str,
    versie: int | None,
    by: Actor,
    venster: str = "",
) -> Oproep:
    """Replace the answers, drop those of hidden questions, and judge the call again."""
    lock(oproep)
    require_running(oproep)
    check_versie(oproep, versie, venster)
    answers = herhaling.with_callback(oproep, antwoorden, nu=db_now())
    kept = intake.keep_visible(oproep, answers)
    if kept == oproep.antwoorden and omschrijving == oproep.omschrijving:
        return oproep
    oproep.antwoorden, oproep.omschrijving = kept, omschrijving
    judge_again(oproep)
    next_version(oproep, venster)
    oproep.save()
    record_step("oproep.antwoorden_bewaard", "U", oproep, by)
    return oproep


@transaction.atomic
def discard_oproep(oproep: Oproep, *, by: Actor) -> None:
    """Throw away a call that was started by accident: only while nothing was noted in it.

    Emptying it is not enough. Once an outcome stood, somebody was raised, told or warned, the way
    out is to close it with a reason: or an obligatory dentist could be wiped away.
    """
    lock(oproep)
    if not _is_untouched(oproep):
        raise StapGeweigerd(_("In deze oproep staat al iets. Rond hem af; weggooien kan niet."))
    record_step("oproep.weggegooid", "D", oproep, by)
    oproep.delete()


def _is_untouched(oproep: Oproep) -> bool:
    return oproep.is_blanco and not (
        oproep.contactpogingen.exists()
        or oproep.tandartsberichten.exists()
        or oproep.herhalingen.exists()
    )
