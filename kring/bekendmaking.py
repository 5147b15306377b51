"""What the kring told to the outside world, offered by the room that tells it (MR 4.2).

Kring itself sends nothing; a room that does registers here, and a room beside it can read what
went out without knowing who sent it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Bekendmaking:
    """One announcement of the duty number: the week it was about, the day it left, to how many."""

    week: date
    op: date
    ontvangers: int
    bezorgd: int
    url: str = ""


Bron = Callable[[int, str, date, date], list[Bekendmaking]]
_BRONNEN: list[Bron] = []


def register(bron: Bron) -> None:
    """Offer `bron(kring_id, slug, first week, last week)`; called from `AppConfig.ready`."""
    _BRONNEN.append(bron)


def announced(kring_id: int, slug: str, van: date, tot: date) -> dict[date, Bekendmaking]:
    """Return the announcements of the weeks (Mondays) in [van, tot], the first of each week."""
    found: dict[date, Bekendmaking] = {}
    for bron in _BRONNEN:
        for row in bron(kring_id, slug, van, tot):
            known = found.get(row.week)
            if known is None or row.op < known.op:
                found[row.week] = row
    return found
