"""The year of a kring: one strip a practice, one column a week. Pure.

A strip is drawn in its own units, ten a week, and stretches to whatever room it gets; so the same
picture fits a laptop, a phone and a sheet of paper.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from rooster.beeld.maand import midnight, next_month
from rooster.regels import AMSTERDAM, Periode
from rooster.versie.rijen import ACHTERWACHT, DIENSTDOENDE, ROLLEN, Roosterrij

WEEK = 10
"""Units a week; a mark leaves one free, so that neighbours stay apart."""
BAAN = {DIENSTDOENDE: (1, 9), ACHTERWACHT: (12, 7)}
"""Top and height of the lane of each role; a strip is twenty units high."""
HOOG = 20


@dataclass(frozen=True)
class Streep:
    """One place on the strip of a practice."""

    x: float
    breedte: float
    rol: str
    rij: Roosterrij

    @property
    def y(self) -> int:
        return BAAN[self.rol][0]

    @property
    def hoogte(self) -> int:
        return BAAN[self.rol][1]


@dataclass(frozen=True)
class Maandstreep:
    """A month on the axis: `x` is where it begins, `midden` where its name stands."""

    maand: date
    x: float
    breedte: float

    @property
    def midden(self) -> float:
        return self.x + self.breedte / 2


@dataclass
class Praktijkjaar:
    deelnemer: str
    naam: str
    eigen: bool = False
    strepen: list[Streep] = field(default_factory=list)
    rollen: Counter = field(default_factory=Counter)
    categorieen: Counter = field(default_factory=Counter)
    """Places by category, both roles together."""

    @property
    def dienst(self) -> int:
        return self.rollen[DIENSTDOENDE]

    @property
    def achterwacht(self) -> int:
        return self.rollen[ACHTERWACHT]

    @property
    def weekend(self) -> int:
        return self.categorieen["weekend"]

    @property
    def feestdag(self) -> int:
        return self.categorieen["feestdag"]


@dataclass(frozen=True)
class Jaarbeeld:
    jaar: int
    maandag: date
    weken: int
    maanden: list[Maandstreep]
    praktijken: list[Praktijkjaar]
    vandaag: float | None
    """Where today is, in units; None when it lies outside."""

    @property
    def breedte(self) -> int:
        return self.weken * WEEK


def year_stretch(jaar: int) -> Periode:
    """Return the Amsterdam days of the year: what begins in it belongs to it."""
    return Periode(midnight(date(jaar, 1, 1)), midnight(date(jaar + 1, 1, 1)))


def build_year(rijen: Iterable[Roosterrij], jaar: int, *args, **kwargs) -> Jaarbeeld:
    """Return the picture of a calendar year; see `build_strips`."""
    return build_strips(rijen, date(jaar, 1, 1), date(jaar, 12, 31), *args, **kwargs)


def build_strips(
    rijen: Iterable[Roosterrij],
    first: date,
    last: date,
    praktijken: Mapping[str, str],
    *,
    nu: datetime,
    eigen: frozenset[str] = frozenset(),
) -> Jaarbeeld:
    """Return the strips of these days, first and last included.

    `praktijken` gives names by id; each gets a strip, and the own ones come first.
    """
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1
    found = {pk: Praktijkjaar(pk, naam, pk in eigen) for pk, naam in praktijken.items()}
    cells: dict[tuple[str, str, int], list[Roosterrij]] = {}
    for rij in rijen:
        for rol, plek in rij.plekken.items():
            row = found.setdefault(plek.deelnemer, Praktijkjaar(plek.deelnemer, plek.praktijk))
            row.rollen[rol] += 1
            row.categorieen[rij.categorie] += 1
            week = (rij.dag - monday).days // 7
            cells.setdefault((plek.deelnemer, rol, week), []).append(rij)
    for (deelnemer, rol, week), duties in cells.items():
        room = (WEEK - 1) / len(duties)
        found[deelnemer].strepen += [
            Streep(round(week * WEEK + n * room, 2), round(room - (n < len(duties) - 1), 2), rol, d)
            for n, d in enumerate(duties)
        ]
    for row in found.values():
        row.strepen.sort(key=lambda streep: (ROLLEN.index(streep.rol), streep.x))
    today = nu.astimezone(AMSTERDAM).date()
    return Jaarbeeld(
        jaar=first.year,
        maandag=monday,
        weken=weeks,
        maanden=_months(first, last, monday),
        praktijken=sorted(found.values(), key=lambda row: (not row.eigen, row.naam.lower())),
        vandaag=_place(today, monday) if first <= today <= last else None,
    )


def _place(day: date, monday: date) -> float:
    return round((day - monday).days * WEEK / 7, 2)


def _months(first: date, last: date, monday: date) -> list[Maandstreep]:
    starts = [first]
    while (following := next_month(starts[-1])) <= last:
        starts.append(following)
    places = [_place(day, monday) for day in [*starts, last + timedelta(days=1)]]
    return [
        Maandstreep(day, places[n], round(places[n + 1] - places[n], 2))
        for n, day in enumerate(starts)
    ]
