"""The cheapest ways out of demands that do not fit: lifted blocks, and gentler rules.

The price list is a reading of ours, not of the guideline: what a dentist asked for is undone
sooner than what the whole kring agreed, and an exemption last. That the two places come from
different practices is never given up (§ 3.1.1), nor is anybody's illness.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rooster.planner.instantie import Dienst, Instantie, Tandarts
from rooster.planner.proef import Cel, Proef
from rooster.planner.stand import UITVAL

PRIJS_PER_DAG = {"geblokkeerd": 1, "": 2, "gesloten": 4, "rust": 6, "vrijgesteld": 20}
"""What it costs to lift a day of absence, by the code in `Tandarts.reden`."""
PRIJS_RUSTDAG = 5
PRIJS_WEEKENDEN = 8
PRIJS_VASTE_PLAATS = 3


class Soort(StrEnum):
    """What a step of a way out does."""

    VRIJGEVEN = "vrijgeven"
    RUSTDAGEN = "rustdagen"
    WEEKENDEN = "weekenden"
    LOSMAKEN = "losmaken"


@dataclass(frozen=True)
class Stap:
    """One step. vrijgeven: `tandarts` gives `dienst` free again; rustdagen: to `wordt` days;
    weekenden: adjacent weekends may be; losmaken: the pins of `dienst` go.
    """

    soort: Soort
    kosten: int
    tandarts: str = ""
    dienst: str = ""
    wordt: int = 0


@dataclass(frozen=True)
class Uitweg:
    """Steps that together solve it, and what they cost together."""

    stappen: tuple[Stap, ...]

    @property
    def kosten(self) -> int:
        return sum(s.kosten for s in self.stappen)


def prices(
    inst: Instantie, diensten: Iterable[Dienst], tandartsen: Iterable[Tandarts]
) -> dict[Cel, int]:
    """Return what it costs to lift each absence on these duties; without price it cannot be."""
    uit = {}
    for t in tandartsen:
        for dienst in diensten:
            redenen = [t.reden.get(dag, "") for dag in dienst.dagen if dag in t.afwezig]
            if redenen and UITVAL not in redenen:
                uit[t.id, dienst.id] = sum(
                    PRIJS_PER_DAG.get(reden, PRIJS_PER_DAG[""]) for reden in redenen
                )
    return uit


def gentler(inst: Instantie, diensten: Sequence[Dienst]) -> Iterator[tuple[Instantie, list[Stap]]]:
    """Yield the instance as it is, and with each gentler rule that could matter."""
    yield inst, []
    for rust in range(inst.regels.rustdagen - 1, -1, -1):
        kosten = PRIJS_RUSTDAG * (inst.regels.rustdagen - rust)
        zachter = replace(inst, regels=replace(inst.regels, rustdagen=rust))
        yield zachter, [Stap(Soort.RUSTDAGEN, kosten, wordt=rust)]
    weekenden = sum(d.categorie == "weekend" for d in diensten)
    if inst.regels.geen_aaneengesloten_weekenden and weekenden > 1:
        zachter = replace(inst, regels=replace(inst.regels, geen_aaneengesloten_weekenden=False))
        yield zachter, [Stap(Soort.WEEKENDEN, PRIJS_WEEKENDEN)]
    vast = [
        pin
        for pin in inst.vast
        if any(pin == d.id or inst.regels.botst(d, inst.dienst[pin]) for d in diensten)
    ]
    if vast:
        zachter = replace(inst, vast={d: r for d, r in inst.vast.items() if d not in vast})
        yield zachter, [Stap(Soort.LOSMAKEN, PRIJS_VASTE_PLAATS, dienst=d) for d in vast]


def lifts(proef: Proef, einde: float, hoogstens: int) -> Iterator[list[Stap]]:
    """Yield the cheapest choices of blocks to lift that meet the demands, cheapest first."""
    for _ in range(hoogstens):
        cellen = proef.cheapest_lift(max(0.1, einde - time.monotonic()))
        if cellen is None:
            return
        yield [
            Stap(Soort.VRIJGEVEN, proef.prijs[cel], tandarts=cel[0], dienst=cel[1])
            for cel in cellen
        ]
        if not cellen or time.monotonic() > einde:
            return
        proef.forbid(cellen)


def loosened(inst: Instantie, uitweg: Uitweg) -> Instantie:
    """Return the instance with the steps of this way out taken."""
    vrij: dict[str, set[str]] = {}
    regels, vast = inst.regels, dict(inst.vast)
    for stap in uitweg.stappen:
        if stap.soort == Soort.VRIJGEVEN:
            vrij.setdefault(stap.tandarts, set()).add(stap.dienst)
        elif stap.soort == Soort.RUSTDAGEN:
            regels = replace(regels, rustdagen=stap.wordt)
        elif stap.soort == Soort.WEEKENDEN:
            regels = replace(regels, geen_aaneengesloten_weekenden=False)
        else:
            vast.pop(stap.dienst, None)
    tandartsen = tuple(
        replace(
            t,
            afwezig=t.afwezig - {dag for d in vrij[t.id] for dag in inst.dienst[d].dagen},
        )
        if t.id in vrij
        else t
        for t in inst.tandartsen
    )
    return replace(inst, tandartsen=tandartsen, regels=regels, vast=vast)
