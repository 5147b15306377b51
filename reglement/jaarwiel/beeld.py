"""The ring: one track for each kind of duty, a mark for each turn, a hand for today.

Plain numbers for an SVG with presentation attributes. A mark says its state by its shape as well
as by its colour; the list beside the ring says the same in words.
"""

from calendar import isleap
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin

from reglement.jaarwiel.regels import Beurt, Stand

MAAT = 440
_MIDDEN = MAAT / 2
_BUITEN = 178
_BINNEN = 62
_MAANDEN = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
LETTERS = "abcdefgh"


@dataclass(frozen=True)
class Punt:
    x: float
    y: float


@dataclass(frozen=True)
class Teken:
    """One turn on the ring."""

    plek: Punt
    stand: str
    uitleg: str
    # A rhythm of every week: small, or they hide each other.
    klein: bool


@dataclass(frozen=True)
class Baan:
    """The track of one kind of duty."""

    letter: str
    titel: str
    straal: float
    letter_plek: Punt
    tekens: list[Teken]


@dataclass(frozen=True)
class Ring:
    maat: int
    midden: float
    buiten: float
    banen: list[Baan]
    maanden: list[tuple[str, Punt, Punt, Punt]]
    wijzer: Punt | None
    samenvatting: dict[str, int]


def draw(banen: Iterable[tuple[str, Collection[Beurt]]], jaar: int, dag: date) -> Ring:
    """Return the ring of a year; the first kind of duty is the outermost track."""
    rows = list(banen)
    step = (_BUITEN - _BINNEN) / max(1, len(rows) - 1)
    tracks = [
        _track(number, titel, _BUITEN - number * step, beurten, dag)
        for number, (titel, beurten) in enumerate(rows)
    ]
    stands = [teken.stand for baan in tracks for teken in baan.tekens]
    return Ring(
        MAAT,
        _MIDDEN,
        _BUITEN + 14,
        tracks,
        [_month(jaar, month) for month in range(12)],
        _at(_turn_of(dag), _BUITEN + 14) if dag.year == jaar else None,
        {stand: stands.count(stand) for stand in Stand},
    )


def _track(number: int, titel: str, straal: float, beurten: Collection[Beurt], dag: date) -> Baan:
    small = len(beurten) > 26
    return Baan(
        LETTERS[number],
        titel,
        straal,
        _at(0, straal, dx=-9),
        [
            Teken(
                _at(_turn_of(beurt.uiterlijk), straal),
                beurt.stand(dag).value,
                beurt.titel,
                small,
            )
            for beurt in beurten
        ],
    )


def _month(jaar: int, month: int) -> tuple[str, Punt, Punt, Punt]:
    """Return the name of a month with its place, and the ends of the line where it begins."""
    begin = _turn_of(date(jaar, month + 1, 1))
    middle = _turn_of(date(jaar, month + 1, 15))
    return (
        _MAANDEN[month],
        _at(middle, _BUITEN + 28),
        _at(begin, _BINNEN - 12),
        _at(begin, _BUITEN + 14),
    )


def _turn_of(dag: date) -> float:
    """Return which part of the year is over at noon of this day, 0 to 1."""
    days = 366 if isleap(dag.year) else 365
    return (dag.timetuple().tm_yday - 0.5) / days


def _at(part: float, straal: float, dx: float = 0) -> Punt:
    """Return the point at this part of the ring; the year begins at the top, clockwise."""
    angle = 2 * pi * part
    return Punt(
        round(_MIDDEN + straal * sin(angle) + dx, 1), round(_MIDDEN - straal * cos(angle), 1)
    )
