"""The law of one duty and of a row of duties, without Django.

Moments are aware; lengths are real hours, not hours on the wall clock: a night over a clock
change is an hour shorter or longer (RO-3).
"""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LANGSTE_DIENST = timedelta(days=7)
"""Longer is a typing error in the date; no kring has one dentist on duty for over a week."""


class Periode(NamedTuple):
    """A half-open stretch of time: the begin belongs to it, the end does not."""

    begin: datetime
    einde: datetime

    @property
    def duur(self) -> timedelta:
        # In UTC: the difference of two Amsterdam moments would be wall-clock arithmetic.
        return self.einde.astimezone(UTC) - self.begin.astimezone(UTC)


@dataclass(frozen=True)
class Bezwaar:
    """Why a duty cannot be like this: a rule, its paragraph and the field it concerns."""

    regel: str
    veld: str
    paragraaf: str = ""


@dataclass(frozen=True)
class Bezetting:
    """One dentist with the practice for which the place is held."""

    tandarts: Hashable
    praktijk: Hashable


@dataclass(frozen=True)
class Praktijktijden:
    """The regular hours in which every practice sees its own patients (§5.4).

    The same for all practices of a kring: a first reading. A gap is only a gap outside these
    hours.
    """

    van: time = time(8)
    tot: time = time(17)
    # Monday is 0.
    dagen: frozenset[int] = field(default_factory=lambda: frozenset(range(5)))


def check_dienst(
    periode: Periode, dienstdoende: Bezetting, achterwacht: Bezetting
) -> tuple[Bezwaar, ...]:
    """Return what stands in the way of this duty on its own; empty when nothing does."""
    bezwaren = []
    if periode.duur <= timedelta(0):
        bezwaren.append(Bezwaar("einde_na_begin", "einde"))
    elif periode.duur > LANGSTE_DIENST:
        bezwaren.append(Bezwaar("te_lang", "einde"))
    if dienstdoende.tandarts == achterwacht.tandarts:
        bezwaren.append(Bezwaar("zelfde_tandarts", "achterwacht", "§ 3.1.1"))
    elif dienstdoende.praktijk == achterwacht.praktijk:
        bezwaren.append(Bezwaar("zelfde_praktijk", "achterwacht", "§ 3.1.1"))
    return tuple(bezwaren)


def clock_change(periode: Periode) -> timedelta:
    """Return how much longer the period really lasts than the wall clock says.

    Minus an hour in the spring night, plus an hour in the autumn night, else zero.
    """
    begin, einde = (moment.astimezone(AMSTERDAM) for moment in periode)
    wall = einde.replace(tzinfo=None) - begin.replace(tzinfo=None)
    return periode.duur - wall


def regular_hours(
    bereik: Periode, tijden: Praktijktijden, feestdagen: Collection[date] = ()
) -> list[Periode]:
    """Return the hours in `bereik` in which the practices themselves are open."""
    first = bereik.begin.astimezone(AMSTERDAM).date()
    last = bereik.einde.astimezone(AMSTERDAM).date()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [
        Periode(_at(day, tijden.van), _at(day, tijden.tot))
        for day in days
        if day.weekday() in tijden.dagen and day not in feestdagen
    ]


def _at(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, tzinfo=AMSTERDAM).astimezone(UTC)


def gaps(
    diensten: Iterable[Periode],
    bereik: Periode,
    tijden: Praktijktijden | None = None,
    *,
    feestdagen: Collection[date] = (),
) -> list[Periode]:
    """Return the stretches of `bereik` without a duty, outside the regular hours.

    On `feestdagen` the practices are closed (`rooster.kader.feestdagen.free_days`).
    """
    covered = [*diensten, *regular_hours(bereik, tijden or Praktijktijden(), feestdagen)]
    found = []
    reached = bereik.begin
    for periode in sorted(covered):
        if periode.begin >= bereik.einde:
            break
        if periode.begin > reached:
            found.append(Periode(reached, periode.begin))
        reached = max(reached, periode.einde)
    if reached < bereik.einde:
        found.append(Periode(reached, bereik.einde))
    return found
