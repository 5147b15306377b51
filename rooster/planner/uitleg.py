"""Why this dentist and not another: every candidate for one place, weighed or excluded.

A candidate is weighed by thinking the candidate into the place and leaving all else as it is. So
the difference is that of the goal between two whole plans (`toetsing.judge`), no score of its own.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rooster.planner.instantie import Dienst, Instantie, Tandarts, Toewijzing
from rooster.planner.stand import Belet, Plaats, Stand
from rooster.planner.toetsing import Band, band_tandarts, outside


class Positie(StrEnum):
    """What became of a candidate."""

    GEKOZEN = "gekozen"
    AFGEWOGEN = "afgewogen"
    """Could hold the place; `Verschil.doel` says what the plan would be worth then."""
    UITGESLOTEN = "uitgesloten"


class Balans(NamedTuple):
    """Places of one dentist or practice, in the plan and with this candidate in the place.

    `wie` is a dentist id, or a practice id with its `categorie`; dentists count all categories.
    `band` is None where the goal does not look at this number: a dentist without colleagues.
    """

    wie: str
    categorie: str
    streef: float
    band: Band | None
    nu: int
    dan: int

    @property
    def verschil(self) -> int:
        """How many places more outside the band than now."""
        return outside(self.dan, self.band) - outside(self.nu, self.band) if self.band else 0


class Verschil(NamedTuple):
    """The goal with this candidate in the place, minus the goal of the plan; positive is worse.

    The first four are numbers, `wensen` in points; `doel` weighs them as the instance does.
    """

    onbezet: int = 0
    buiten_praktijk: int = 0
    buiten_tandarts: int = 0
    wensen: int = 0
    doel: int = 0


@dataclass(frozen=True)
class Kandidaat:
    """One dentist for the place. `belet` has every reason of exclusion; then `verschil` is what
    it would have been without those reasons.
    """

    tandarts: str
    positie: Positie
    belet: tuple[Belet, ...]
    verschil: Verschil
    balans: tuple[Balans, ...]
    """Of candidate and holder and their practices, where the place changes it. For the holder
    `nu` is the plan, and `dan` the plan without this place."""

    @property
    def tekort(self) -> float:
        """Own share minus places in the plan; positive is below the share."""
        eigen = self.balans[0]
        return eigen.streef - eigen.nu


@dataclass(frozen=True)
class Uitleg:
    """All candidates for one place, from nearest to furthest; the holder, if any, first."""

    dienst: str
    rol: str
    houder: str | None
    kandidaten: tuple[Kandidaat, ...]


def explain(
    instantie: Instantie,
    toewijzing: Toewijzing,
    dienst: str,
    rol: str,
    *,
    stand: Stand | None = None,
) -> Uitleg:
    """Return for one place who was chosen, and what excluded or outweighed each other dentist.

    `stand` saves indexing the same plan again. Raises KeyError when the instance has no such duty
    or role.
    """
    stand = stand or Stand(instantie, toewijzing)
    plaats = dienst, rol
    houder = stand.houder[plaats]
    kandidaten = [_candidate(stand, plaats, t) for t in instantie.tandartsen]
    kandidaten.sort(key=_distance)
    return Uitleg(dienst, rol, houder, tuple(kandidaten))


_VOLGORDE = list(Positie)


def _distance(een: Kandidaat) -> tuple[int, int, int, float, str]:
    """Chosen, weighed by goal, then excluded by fewest reasons; ties: furthest below the share."""
    return (
        _VOLGORDE.index(een.positie),
        len({(b.regel, b.dienst) for b in een.belet}),
        een.verschil.doel,
        -een.tekort,
        een.tandarts,
    )


def _candidate(stand: Stand, plaats: Plaats, tandarts: Tandarts) -> Kandidaat:
    houder = stand.houder[plaats]
    dienst = stand.inst.dienst[plaats[0]]
    if tandarts.id == houder:
        balans = _balances(stand, dienst, None, tandarts)
        return Kandidaat(tandarts.id, Positie.GEKOZEN, (), Verschil(), balans)
    weg = stand.inst.tandarts[houder] if houder else None
    belet = stand.obstacles(tandarts, plaats)
    positie = Positie.UITGESLOTEN if belet else Positie.AFGEWOGEN
    balans = _balances(stand, dienst, tandarts, weg)
    return Kandidaat(
        tandarts.id, positie, belet, _difference(stand, dienst, tandarts, weg, balans), balans
    )


def _balances(
    stand: Stand, dienst: Dienst, erbij: Tandarts | None, weg: Tandarts | None
) -> tuple[Balans, ...]:
    """Return the balances of whoever gets the place and whoever loses it; the getter first."""
    zelfde = erbij is not None and weg is not None and erbij.praktijk == weg.praktijk
    gevonden = []
    for tandarts, stap in ((erbij, 1), (weg, -1)):
        if tandarts is None:
            continue
        nu = stand.aantal[tandarts.id]
        band = band_tandarts(tandarts.streef) if stand.inst.telt_eerlijk(tandarts) else None
        gevonden.append(Balans(tandarts.id, "", tandarts.streef, band, nu, nu + stap))
        praktijk, cat = stand.inst.praktijk[tandarts.praktijk], dienst.categorie
        nu = stand.aantal_praktijk[praktijk.id, cat]
        gevonden.append(
            Balans(
                praktijk.id,
                cat,
                praktijk.streef_samen(cat),
                stand.verdeling[cat].banden[praktijk.id],
                nu,
                nu if zelfde else nu + stap,
            )
        )
    return tuple(gevonden[:3] if zelfde else gevonden)


def _difference(
    stand: Stand,
    dienst: Dienst,
    erbij: Tandarts,
    weg: Tandarts | None,
    balans: tuple[Balans, ...],
) -> Verschil:
    onbezet = 0 if weg else -1
    praktijk = sum(b.verschil for b in balans if b.categorie)
    tandarts = sum(b.verschil for b in balans if not b.categorie)
    wensen = erbij.wens(dienst) - (weg.wens(dienst) if weg else 0)
    g = stand.inst.gewichten
    doel = (
        g.onbezet * onbezet
        + g.buiten_band_praktijk * praktijk
        + g.buiten_band_tandarts * tandarts
        + wensen
    )
    return Verschil(onbezet, praktijk, tandarts, wensen, doel)
