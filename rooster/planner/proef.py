"""Trying some duties on their own: how many of their places can be filled at all.

What is left out can only help, so places that stay empty here stay empty in every roster. With
the plan around it (`rond`) it is the other way about: what can be filled here, can be in a plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rooster.planner.instantie import ROLLEN, Dienst, Instantie, Tandarts
from rooster.planner.programma import Programma, Uitkomst
from rooster.planner.rijen import clashing
from rooster.planner.stand import Stand

Cel = tuple[str, str]
"""A dentist id and a duty id."""


@dataclass(frozen=True)
class Telling:
    """How many places came out, with a bound: no roster has more than `hoogstens`."""

    aantal: int
    hoogstens: int


class Proef:
    """The duties with everybody who could serve them, and the pins.

    `prijs` gives what it costs to lift the absence of a cell; cells without a price stay blocked.
    """

    def __init__(
        self,
        inst: Instantie,
        diensten: Iterable[Dienst],
        *,
        tandartsen: Iterable[Tandarts] | None = None,
        rond: Stand | None = None,
        prijs: Mapping[Cel, int] | None = None,
    ) -> None:
        self.inst = inst
        self.diensten = tuple(diensten)
        self.prijs = prijs or {}
        self._programma = Programma()
        self._kolom: dict[Cel, int] = {}
        ids = {d.id for d in self.diensten}
        weg = _pinned_elsewhere(inst, ids)
        binnen = [(i, rol) for i in ids for rol in ROLLEN]
        for dienst in self.diensten:
            for t in inst.tandartsen if tandartsen is None else tandartsen:
                cel = t.id, dienst.id
                if not t.vrij(dienst) and cel not in self.prijs:
                    continue
                if any(inst.regels.botst(dienst, d) for d in weg.get(t.mens, ())):
                    continue
                if rond is None or not rond.conflicts(t.mens, dienst, binnen):
                    self._kolom[cel] = self._programma.variable()
        self._leeg = {d.id: self._programma.variable(hoogste=len(ROLLEN)) for d in self.diensten}
        self._cover()
        self._rules()

    def fewest_empty(self, seconden: float) -> Uitkomst:
        """Minimise the places without a dentist."""
        self._programma.price((k, 1) for k in self._leeg.values())
        return self._programma.solve(seconden)

    def most(self, praktijk: str, categorie: str, seconden: float) -> Telling:
        """Return how many places of a category this practice can serve at most."""
        kolommen = [k for _, k in self._of(praktijk, categorie)]
        self._programma.price((k, -1) for k in kolommen)
        uitkomst = self._programma.solve(seconden)
        if not uitkomst.gevonden:
            return Telling(0, len(kolommen))
        return Telling(round(-uitkomst.waarde), round(-uitkomst.grens))

    def demand(self, praktijk: str, categorie: str, minstens: int) -> None:
        """Demand that this practice serves so many places of a category."""
        self._programma.row(((k, 1) for _, k in self._of(praktijk, categorie)), laag=minstens)

    def demand_filled(self, hoogstens_leeg: int = 0) -> None:
        """Demand that no more places than this stay empty."""
        self._programma.row(((k, 1) for k in self._leeg.values()), hoog=hoogstens_leeg)

    def forbid(self, cellen: Iterable[Cel]) -> None:
        """Demand another choice of lifted cells than this one, and none with it inside."""
        rij = [(self._kolom[c], 1.0) for c in cellen]
        self._programma.row(rij, hoog=len(rij) - 1)

    def cheapest_lift(self, seconden: float) -> tuple[Cel, ...] | None:
        """Return the cheapest cells to lift so that the demands are met; None when none do."""
        self._programma.price((self._kolom[c], p) for c, p in self._lifted())
        uitkomst = self._programma.solve(seconden)
        if not uitkomst.gevonden:
            return None
        return tuple(sorted(c for c, _ in self._lifted() if uitkomst.has(self._kolom[c])))

    def _lifted(self) -> Iterator[tuple[Cel, int]]:
        """Yield the cells that are blocked and have a price."""
        for (wie, dienst), prijs in self.prijs.items():
            if (wie, dienst) in self._kolom and not self.inst.tandarts[wie].vrij(
                self.inst.dienst[dienst]
            ):
                yield (wie, dienst), prijs

    def _of(self, praktijk: str, categorie: str) -> Iterator[tuple[Cel, int]]:
        for (wie, dienst), kolom in self._kolom.items():
            if (
                self.inst.tandarts[wie].praktijk == praktijk
                and self.inst.dienst[dienst].categorie == categorie
            ):
                yield (wie, dienst), kolom

    def _cover(self) -> None:
        rijen = {d: [(kolom, 1.0)] for d, kolom in self._leeg.items()}
        for (_, dienst), kolom in self._kolom.items():
            rijen[dienst].append((kolom, 1.0))
        for rij in rijen.values():
            self._programma.row(rij, len(ROLLEN), len(ROLLEN))
        for dienst, rollen in self.inst.vast.items():
            for wie in rollen.values():
                if (wie, dienst) in self._kolom:
                    self._programma.row([(self._kolom[wie, dienst], 1)], laag=1)

    def _rules(self) -> None:
        per_mens = defaultdict(list)
        per_praktijk = defaultdict(list)
        for (wie, dienst), kolom in self._kolom.items():
            t = self.inst.tandarts[wie]
            per_mens[t.mens].append((self.inst.dienst[dienst], kolom))
            per_praktijk[t.praktijk, dienst].append(kolom)
        groepen = list(clashing(self.inst.regels, per_mens))
        if self.inst.regels.plaatsen_uit_verschillende_praktijken:
            groepen += [g for g in per_praktijk.values() if len(g) > 1]
        for groep in groepen:
            self._programma.row(((k, 1) for k in groep), hoog=1)


def _pinned_elsewhere(inst: Instantie, ids: set[str]) -> dict[str, list[Dienst]]:
    """Return per person the duties that a pin gives outside these."""
    gevonden = defaultdict(list)
    for dienst, rollen in inst.vast.items():
        if dienst not in ids:
            for wie in rollen.values():
                gevonden[inst.tandarts[wie].mens].append(inst.dienst[dienst])
    return gevonden
