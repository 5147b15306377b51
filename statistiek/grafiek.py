"""Bars as numbers: where each one stands in a drawing of fixed size. Pure.

The page draws them as SVG with presentation attributes only, as the strict content policy wants.
The value stands at every bar and in the table beside it; colour says nothing by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

BREEDTE: Final = 640
HOOGTE: Final = 220
_BOVEN, _ONDER = 24, 28
_RIJ, _LABEL, _WAARDE = 30, 280, 60


@dataclass(frozen=True, slots=True)
class Waarde:
    """One bar: None is withheld; `tekst` is what stands at it."""

    label: str
    waarde: float | None
    tekst: str


@dataclass(frozen=True, slots=True)
class Staaf:
    """A bar in the drawing, with the places of its two texts; `x` of the value ends the row."""

    label: str
    tekst: str
    x: float
    y: float
    breedte: float
    hoogte: float
    tekst_x: float
    tekst_y: float
    label_x: float
    label_y: float
    verborgen: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """A whole drawing. `lijn` is the height of a target line, None without."""

    sleutel: str
    titel: str
    beschrijving: str
    kolom: str
    staven: list[Staaf]
    liggend: bool
    breedte: int
    hoogte: int
    lijn: float | None = None
    lijn_tekst: str = ""

    @property
    def bodem(self) -> float:
        return self.hoogte - _ONDER


def upright(
    waarden: Sequence[Waarde],
    *,
    sleutel: str,
    titel: str,
    beschrijving: str,
    kolom: str,
    top: float | None = None,
    doel: float | None = None,
    doel_tekst: str = "",
) -> Diagram:
    """Return upright bars; `top` is the value of a full bar, by default the greatest."""
    full = top or max([w.waarde or 0 for w in waarden], default=0) or 1
    room = HOOGTE - _BOVEN - _ONDER
    step = BREEDTE / max(len(waarden), 1)
    bars = []
    for number, w in enumerate(waarden):
        # A withheld bar has a height that says nothing: the same for each of them.
        height = room * (0.06 if w.waarde is None else w.waarde / full)
        y = HOOGTE - _ONDER - height
        x, middle = number * step + step * 0.12, (number + 0.5) * step
        bars.append(
            Staaf(
                w.label,
                w.tekst,
                *_round(x, y, step * 0.76, height, middle, y - 6, middle, HOOGTE - 8),
                w.waarde is None,
            )
        )
    line = None if doel is None else round(HOOGTE - _ONDER - room * doel / full, 1)
    return Diagram(
        sleutel, titel, beschrijving, kolom, bars, False, BREEDTE, HOOGTE, line, doel_tekst
    )


def lying(
    waarden: Sequence[Waarde], *, sleutel: str, titel: str, beschrijving: str, kolom: str
) -> Diagram:
    """Return lying bars, for names that do not fit under an upright one."""
    full = max([w.waarde or 0 for w in waarden], default=0) or 1
    room = BREEDTE - _LABEL - _WAARDE
    bars = []
    for number, w in enumerate(waarden):
        length = room * (0.03 if w.waarde is None else w.waarde / full)
        y = number * _RIJ + 4
        text_y = y + _RIJ / 2 + 1
        bars.append(
            Staaf(
                w.label,
                w.tekst,
                *_round(_LABEL, y, length, _RIJ - 8, _LABEL + length + 8, text_y, 0, text_y),
                w.waarde is None,
            )
        )
    return Diagram(
        sleutel, titel, beschrijving, kolom, bars, True, BREEDTE, max(len(waarden), 1) * _RIJ
    )


def _round(*numbers: float) -> tuple[float, ...]:
    return tuple(round(number, 1) for number in numbers)
