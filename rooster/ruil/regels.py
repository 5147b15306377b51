"""The law of asking colleagues: in rounds, in order of balance, and never a flood. Without Django.

Moments are aware; a deadline is a moment of the database clock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

UITVAL_VANAF = timedelta(hours=24)
"""So long before a duty somebody may report ill; earlier there is time to ask colleagues."""
GEWONE_TERMIJN = timedelta(days=7)
"""How long colleagues get to answer when there is time enough."""


@dataclass(frozen=True)
class Ronde:
    """How many colleagues are asked at a time, and how long they have it to themselves."""

    aantal: int
    duur: timedelta


RONDEN = {
    "overname": Ronde(3, timedelta(days=1)),
    # A swap is asked of the few whom somebody chose.
    "ruil": Ronde(12, timedelta(days=1)),
    "uitval": Ronde(5, timedelta(minutes=10)),
}


def next_round(
    soort: str, *, wachtenden: int, nu: datetime, uiterlijk: datetime
) -> datetime | None:
    """Return when the next ones are asked; None when nobody waits.

    The rounds that are left share the time that is left, so that the last one has time to answer.
    """
    if wachtenden <= 0:
        return None
    ronde = RONDEN[soort]
    rounds = ceil(wachtenden / ronde.aantal) + 1
    return nu + min(ronde.duur, max(uiterlijk - nu, timedelta(0)) / rounds)
