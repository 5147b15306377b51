"""The area as a picture: postcodes as dots, duty places as squares. Pure numbers for an SVG."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from rooster.gebied.regels import Bereik, Plek, places

BREEDTE, HOOGTE, RAND = 640, 440, 26


@dataclass(frozen=True)
class Stip:
    """A postcode in the drawing; `stand` is `dichtbij`, `te_ver` or `onbekend`."""

    x: float
    y: float
    postcode: str
    minuten: float | None
    stand: str


@dataclass(frozen=True)
class Huis:
    x: float
    y: float
    namen: str


@dataclass(frozen=True)
class Kaart:
    stippen: list[Stip]
    huizen: list[Huis]
    breedte: int = BREEDTE
    hoogte: int = HOOGTE


def draw(postcodes: Iterable[str], bereiken: list[Bereik]) -> Kaart | None:
    """Return the drawing; of a postcode counts the worst duty place. None without anything."""
    codes = [code for code in postcodes if code in places()]
    spots = [places()[code] for code in codes] + [b.plek for b in bereiken if b.plek]
    if not spots:
        return None
    to_paper = _projection(spots)
    stippen = [_dot(code, bereiken, to_paper) for code in codes]
    houses: dict[Plek, list[str]] = {}
    for bereik in bereiken:
        if bereik.plek:
            houses.setdefault(bereik.plek, []).append(bereik.naam)
    huizen = [Huis(*to_paper(plek), ", ".join(namen)) for plek, namen in houses.items()]
    return Kaart(stippen, huizen)


def _dot(code: str, bereiken: list[Bereik], to_paper) -> Stip:
    judged = [bereik for bereik in bereiken if code in bereik.minuten]
    times = [bereik.minuten[code] for bereik in judged]
    worst = None if not times or None in times else max(time for time in times if time is not None)
    if not judged:
        stand = "onbekend"
    else:
        far = worst is None or worst > judged[0].grens
        stand = "te_ver" if far else "dichtbij"
    return Stip(*to_paper(places()[code]), code, worst, stand)


def _projection(spots: list[Plek]):
    """Return (plek) → (x, y) that fits all spots; a degree of longitude is shorter up here."""
    south = min(plek.breedte for plek in spots)
    north = max(plek.breedte for plek in spots)
    west = min(plek.lengte for plek in spots)
    east = max(plek.lengte for plek in spots)
    narrow = cos(radians((north + south) / 2))
    scale = min(
        (BREEDTE - 2 * RAND) / max((east - west) * narrow, 0.02),
        (HOOGTE - 2 * RAND) / max(north - south, 0.02),
    )
    left = (BREEDTE - (east - west) * narrow * scale) / 2
    top = (HOOGTE - (north - south) * scale) / 2

    def to_paper(plek: Plek) -> tuple[float, float]:
        return (
            round(left + (plek.lengte - west) * narrow * scale, 1),
            round(top + (north - plek.breedte) * scale, 1),
        )

    return to_paper
