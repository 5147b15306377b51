"""What the tests of a version say over and over."""

from datetime import date, datetime

from kern.models import Logregel
from kern.tijd import AMSTERDAM
from rooster.models import (
    Roosterversie,
)

Status = Roosterversie.Status


def at(day: int, hour: int) -> datetime:
    return datetime(2027, 1, day, hour, tzinfo=AMSTERDAM)


def close(versie) -> None:
    """Let the closing date be over: silence is consent."""
    Roosterversie.objects.filter(pk=versie.pk).update(reageren_tot=date(2026, 1, 1))


def last_line() -> tuple:
    line = Logregel.objects.latest("pk")
    return line.gebeurtenis, line.actie, line.object_soort
