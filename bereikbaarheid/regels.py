"""The law of being reachable, without Django (§3.1, MR art. 4.2 and 6).

The start-of-duty check, the links between patient and dentist, and the week of the notice. Moments
are aware, lengths are real time.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

# --- the start-of-duty check (§3.1.1, MR art. 6.3)

DIENSTDOENDE, ACHTERWACHT = "dienstdoende", "achterwacht"
ANTWOORDAPPARAAT, NUMMER, LIJN, TELEFOON = "antwoordapparaat", "nummer", "lijn", "telefoon"

PUNTEN: Mapping[str, tuple[str, ...]] = {
    DIENSTDOENDE: (ANTWOORDAPPARAAT, NUMMER, LIJN, TELEFOON),
    # §3.1.1 asks the check of who serves; a stand-in only has to pick up the phone.
    ACHTERWACHT: (TELEFOON,),
}
"""What each place of a duty checks, in the order of the page."""

VENSTER = timedelta(hours=4)
"""A point may be ticked from this long before the duty; earlier says nothing about tonight."""

VOOR, NA, ESCALATIE = "voor", "na", "escalatie"


@dataclass(frozen=True)
class Termijnen:
    """Minutes around the begin of a duty at which somebody hears of an unfinished check."""

    herinner_voor: int = 30
    herinner_na: int = 5
    escaleer_na: int = 15


class Vinkje(NamedTuple):
    """One point that a dentist ticked for a duty."""

    tandarts: Hashable
    punt: str
    op: datetime


@dataclass(frozen=True)
class Controle:
    """How far the check of one place is: what is missing, and since when nothing is."""

    ontbreekt: tuple[str, ...]
    sinds: datetime | None = None

    @property
    def klaar(self) -> bool:
        return not self.ontbreekt


def opens_at(begin: datetime) -> datetime:
    """Return from when the points of a duty can be ticked."""
    return begin - VENSTER


def judge_check(
    rol: str, tandarts: Hashable, begin: datetime, vinkjes: Iterable[Vinkje]
) -> Controle:
    """Return how far the check of this place is.

    A tick counts for the dentist who set it: whoever takes the duty over checks again. One from
    before the window (the duty was moved) does not count.
    """
    done = {
        vinkje.punt: vinkje.op
        for vinkje in vinkjes
        if vinkje.tandarts == tandarts and vinkje.op >= opens_at(begin)
    }
    missing = tuple(punt for punt in PUNTEN[rol] if punt not in done)
    if missing:
        return Controle(missing)
    return Controle((), max(done[punt] for punt in PUNTEN[rol]))


def due_notices(
    rol: str,
    begin: datetime,
    nu: datetime,
    termijnen: Termijnen,
    gedaan: Iterable[str],
    *,
    vanaf: datetime | None = None,
) -> tuple[str, ...]:
    """Return which notices about an unfinished check are due and not made yet.

    After a standstill the reminder from before the duty is skipped: the one of after says more.
    `vanaf` is when this dentist got the place: who takes over halfway is not late at once. Only
    the check of the dienstdoende reaches the coordinator (§3.1.1).
    """
    counted = max(begin, vanaf or begin)
    start = begin - timedelta(minutes=termijnen.herinner_voor)
    late = counted + timedelta(minutes=termijnen.herinner_na)
    escalate = counted + timedelta(minutes=termijnen.escaleer_na)
    due = []
    if start <= nu < begin:
        due.append(VOOR)
    if nu >= late:
        due.append(NA)
    if nu >= escalate and rol == DIENSTDOENDE:
        due.append(ESCALATIE)
    known = set(gedaan)
    return tuple(soort for soort in due if soort not in known)


# --- intermediate links (§3.1.2, T-13)

AUTOMATISCH, HANDMATIG = "automatisch", "handmatig"


@dataclass(frozen=True)
class Schakelnorm:
    """How many links may stand between patient and dentist.

    The main text of §3.1.2 says one for automatic and two for manual forwarding, the summary of
    chapter 3 two for both; the stricter reading is the default (T-13), as in the protocol.
    """

    automatisch: int = 1
    handmatig: int = 2


@dataclass(frozen=True)
class Schakeloordeel:
    aantal: int
    norm: int
    paragraaf: str = "§ 3.1.2"
    spanning: str = "T-13"

    @property
    def te_veel(self) -> bool:
        """Whether this deserves a warning; nothing is refused."""
        return self.aantal > self.norm


def judge_links(soort: str, aantal: int, norm: Schakelnorm | None = None) -> Schakeloordeel:
    """Return the judgement of a chain of this kind with so many links."""
    norm = norm or Schakelnorm()
    return Schakeloordeel(aantal, norm.automatisch if soort == AUTOMATISCH else norm.handmatig)


# --- the week of the notice (MR art. 4.2)


def week_to_announce(dag: date, verzenddag: int) -> date:
    """Return the Monday of the week that should have been announced by this day.

    The last sending day on or before `dag` announced the week that began after it. So a house that
    was down on the sending day still announces that week on the first day it is up, even when the
    week has begun. `verzenddag` counts from Monday 0.
    """
    sent = dag - timedelta(days=(dag.weekday() - verzenddag) % 7)
    return sent + timedelta(days=7 - sent.weekday())


def next_sending_day(dag: date, verzenddag: int) -> date:
    """Return the first sending day after `dag`."""
    return dag + timedelta(days=(verzenddag - dag.weekday() - 1) % 7 + 1)
