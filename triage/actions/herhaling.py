"""Join a call to an earlier one about the same complaint, and part them again (U9).

Of the earlier call only the clocks change. A wrong join is undone without a trace in the earlier
call, its answers or its patient; the two lines in the access log stay.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from triage import herhaling, termijnen
from triage.actions.basis import check_versie, judge_again, lock, next_version, record_step
from triage.models import Oproep
from triage.overgangen import StapGeweigerd, require_running
from triage.querysets import HERHAALTERMIJN


@transaction.atomic
def join_oproep(
    oproep: Oproep, *, eerdere: Oproep, by: Actor, versie: int | None = None, venster: str = ""
) -> Oproep:
    """Say that `oproep` is about the complaint of `eerdere`, and judge it as a second contact.

    The complaints come along when none was chosen yet; every other answer is asked again, because
    fever and bleeding may have changed.
    """
    lock(oproep)
    require_running(oproep)
    check_versie(oproep, versie, venster)
    if oproep.herhaling_van_id == eerdere.pk:
        return oproep
    _require_earlier(oproep, eerdere)
    oproep.herhaling_van = eerdere
    answers = {k: v for k, v in oproep.antwoorden.items() if k not in herhaling.FEITEN}
    if not answers.get("klachten"):
        answers["klachten"] = eerdere.antwoorden.get("klachten") or []
    answers |= herhaling.facts_of_join(oproep)
    _judge_with(oproep, answers, venster)
    # Before the line: who holds the head of the log may wait for nobody's call.
    hand_over_clocks(eerdere)
    record_step("oproep.herhaling_gekoppeld", "U", oproep, by)
    return oproep


@transaction.atomic
def part_oproep(
    oproep: Oproep, *, by: Actor, versie: int | None = None, venster: str = ""
) -> Oproep:
    """Take back that `oproep` is a second contact; it is judged as a first one again."""
    lock(oproep)
    require_running(oproep)
    check_versie(oproep, versie, venster)
    eerdere = oproep.herhaling_van
    if eerdere is None:
        return oproep
    oproep.herhaling_van = None
    dropped = {*herhaling.FEITEN, "verbetering_sinds_advies"}
    answers = {k: v for k, v in oproep.antwoorden.items() if k not in dropped}
    _judge_with(oproep, answers, venster)
    hand_over_clocks(eerdere)
    record_step("oproep.herhaling_losgemaakt", "U", oproep, by)
    return oproep


def hand_over_clocks(eerdere: Oproep) -> None:
    """Stop the clock of a patient who has rung back already, or let it run again.

    Locked after the later call, as everywhere: two joins in a row never wait for each other.
    """
    lock(eerdere)
    termijnen.sync(eerdere)


def _require_earlier(oproep: Oproep, eerdere: Oproep) -> None:
    if eerdere.pk == oproep.pk or eerdere.aangenomen_op > oproep.aangenomen_op:
        raise StapGeweigerd(_("Kies een oproep van vóór dit telefoontje."))
    if oproep.aangenomen_op - eerdere.aangenomen_op > HERHAALTERMIJN:
        raise StapGeweigerd(
            _("Dat telefoontje is meer dan vier dagen geleden. Behandel dit als nieuwe klacht.")
        )
    before: Oproep | None = eerdere
    while before is not None:
        if before.pk == oproep.pk:
            raise StapGeweigerd(_("Die oproep hoort al bij deze. Kies een eerdere oproep."))
        before = before.herhaling_van


def _judge_with(oproep: Oproep, answers: dict, venster: str) -> None:
    oproep.antwoorden = {name: value for name, value in answers.items() if value not in (None, [])}
    judge_again(oproep)
    next_version(oproep, venster)
    oproep.save()
