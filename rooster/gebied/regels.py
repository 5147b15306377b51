"""Can everybody in the area reach the duty place in time (§5.1, RO-11)? Pure.

A patient must be able to get there within 30 to 60 minutes. Coordinates are the middle of a
four-digit postcode (rooster/gegevens/pc4.csv, rounded to about 100 m).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple, Protocol

BESTAND = Path(__file__).parent.parent / "gegevens" / "pc4.csv"
AARDSTRAAL_KM = 6371.0
OMWEG = 1.35
"""Road over straight line; between 1.2 and 1.5 in the Netherlands, more where water lies."""
KM_PER_UUR = 48.0
VASTE_MINUTEN = 6.0
"""To the car, parking, to the door."""


class Plek(NamedTuple):
    """Degrees, WGS 84."""

    breedte: float
    lengte: float


class Reistijd(Protocol):
    """Who tells travel times. `schatting`: the page says that it is an estimate."""

    schatting: bool

    def minutes(self, van: Iterable[Plek], naar: Plek) -> list[float | None]:
        """Return the minutes by car from each place, None where no road leads."""


class Schatting:
    """The default: straight line, a detour, a mean speed. Says nothing of water or rush hours."""

    schatting = True

    def minutes(self, van: Iterable[Plek], naar: Plek) -> list[float | None]:
        return [VASTE_MINUTEN + distance(plek, naar) * OMWEG / KM_PER_UUR * 60 for plek in van]


@dataclass(frozen=True)
class Bereik:
    """How the postcodes of the area lie to one duty place; minutes by postcode."""

    naam: str
    postcode: str
    plek: Plek | None
    minuten: Mapping[str, float | None]
    grens: int

    @property
    def te_ver(self) -> list[str]:
        """Postcodes beyond the limit, the furthest first; one without a road is the furthest."""
        far = {code: m for code, m in self.minuten.items() if m is None or m > self.grens}
        return sorted(far, key=lambda code: (-(far[code] or float("inf")), code))

    @property
    def verste(self) -> tuple[str, float] | None:
        known = {code: m for code, m in self.minuten.items() if m is not None}
        if not known:
            return None
        code = max(known, key=lambda code: (known[code], code))
        return code, known[code]


@cache
def places() -> dict[str, Plek]:
    """Return the middle of every four-digit postcode."""
    with BESTAND.open(encoding="ascii") as file:
        rows = [line.split(",") for line in file.read().splitlines()[1:]]
    return {postcode: Plek(float(breedte), float(lengte)) for postcode, breedte, lengte in rows}


def known_postcodes() -> frozenset[str]:
    return frozenset(places())


def distance(a: Plek, b: Plek) -> float:
    """Return kilometres as the crow flies."""
    lat_a, lat_b = radians(a.breedte), radians(b.breedte)
    half = (
        sin((lat_b - lat_a) / 2) ** 2
        + cos(lat_a) * cos(lat_b) * sin(radians(b.lengte - a.lengte) / 2) ** 2
    )
    return 2 * AARDSTRAAL_KM * asin(sqrt(half))


def check_area(
    postcodes: Iterable[str], plaatsen: Iterable[tuple[str, str]], grens: int, reistijd: Reistijd
) -> list[Bereik]:
    """Return, per duty place (name, postcode like 3511AB), how far each postcode lies.

    A place whose postcode is unknown has no minutes: it cannot be judged.
    """
    codes = [code for code in postcodes if code in places()]
    found = []
    for naam, postcode in plaatsen:
        plek = places().get(postcode[:4])
        times = reistijd.minutes([places()[code] for code in codes], plek) if plek else []
        found.append(Bereik(naam, postcode, plek, dict(zip(codes, times, strict=False)), grens))
    return found
