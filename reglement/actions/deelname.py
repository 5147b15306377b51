"""The status of a practice over time: the one door for a change of it (MR 8, 9.1-9.2)."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import takewhile

from django.db import transaction
from django.db.models import Q

from kern import logboek
from kern.actor import Actor
from kern.tijd import db_now, to_local
from kring import actions as kring_actions
from kring.models import Deelnemer
from reglement.lidmaatschap.rijen import MEEDOEN
from reglement.models import Besluit, Deelname
from rooster.actions.aandeel import end_inzet, resume_inzet


@transaction.atomic
def set_status(
    deelnemer: Deelnemer,
    *,
    status: str,
    vanaf: date,
    grond: str,
    by: Actor,
    besluit: Besluit | None = None,
) -> Deelname:
    """Let a practice have a status from a day on, until the next line that was planned already.

    The line that runs then ends the day before; one that begins on the very day is replaced. The
    roster follows: the lines of its dentists end or go on, and it is active or not as soon as the
    day has come (`follow` does the rest of the days).
    """
    deelnemer = Deelnemer.objects.select_for_update().get(pk=deelnemer.pk)
    rows = Deelname.objects.filter(deelnemer=deelnemer)
    absent = _absent_since(rows.filter(vanaf__lte=vanaf).order_by("-vanaf"))
    rows.filter(vanaf=vanaf).delete()
    rows.filter(Q(tot__isnull=True) | Q(tot__gte=vanaf), vanaf__lt=vanaf).update(
        tot=vanaf - timedelta(days=1)
    )
    later = rows.filter(vanaf__gt=vanaf).order_by("vanaf").first()
    row = Deelname.objects.create(
        kring_id=deelnemer.kring_id,
        deelnemer=deelnemer,
        status=status,
        vanaf=vanaf,
        tot=later.vanaf - timedelta(days=1) if later else None,
        grond=grond,
        besluit=besluit,
    )
    if status not in MEEDOEN:
        end_inzet(deelnemer, vanaf=vanaf, by=by)
    elif absent:
        resume_inzet(deelnemer, gestopt=absent, vanaf=vanaf, by=by)
    if later and later.status not in MEEDOEN:
        end_inzet(deelnemer, vanaf=later.vanaf, by=by)
    follow(deelnemer, to_local(db_now()).date(), by=by)
    _log("deelname.gewijzigd", row, by)
    return row


@transaction.atomic
def take_back(row: Deelname, *, by: Actor) -> None:
    """Take back a status that was planned and has not begun; what ran before goes on."""
    deelnemer = Deelnemer.objects.select_for_update().get(pk=row.deelnemer_id)
    rows = Deelname.objects.filter(deelnemer=deelnemer)
    before = rows.filter(tot=row.vanaf - timedelta(days=1)).first()
    vanaf, tot = row.vanaf, row.tot
    row.delete()
    if before:
        before.tot = tot
        before.save(update_fields=["tot", "gewijzigd_op"])
    if before is None or before.status in MEEDOEN:
        resume_inzet(deelnemer, gestopt=vanaf, vanaf=vanaf, by=by)
    logboek.record(
        "deelname.teruggenomen",
        "D",
        by=by,
        kring_id=deelnemer.kring_id,
        object_soort="deelnemer",
        object_id=deelnemer.pk,
    )


def follow(deelnemer: Deelnemer, dag: date, *, by: Actor) -> bool:
    """Make a practice active or not as its lines say on a day; return whether it changed.

    Who comes in, or back, later is active already: the roster of that time is being made, and the
    lines of its dentists keep it out of the time before.
    """
    lines = list(Deelname.objects.filter(deelnemer=deelnemer).order_by("vanaf"))
    if not lines:
        return False
    by_itself = lines[0].vanaf > dag and lines[0].status != Deelname.Status.LID
    actief = by_itself or any(
        row.status in MEEDOEN and (row.tot is None or row.tot >= dag) for row in lines
    )
    if actief == deelnemer.actief:
        return False
    kring_actions.change_deelnemer(deelnemer, by=by, actief=actief)
    return True


def _absent_since(lines: Iterable[Deelname]) -> date | None:
    """Return the first day of the absence that these lines, the newest first, end with."""
    absent = takewhile(lambda row: row.status not in MEEDOEN, lines)
    return min((row.vanaf for row in absent), default=None)


def _log(gebeurtenis: str, row: Deelname, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        "U",
        by=by,
        kring_id=row.kring_id,
        object_soort="deelname",
        object_id=row.pk,
    )
