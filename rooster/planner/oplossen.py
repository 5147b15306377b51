"""Solve an instance: always a plan, always a valid bound, within the time (RO §3).

Greedy gives the instant answer. The relaxation gives the bound; a dive from there mostly ends at
that bound, which proves the roster. What is left of the time goes to neighbourhoods.
"""

import math
from dataclasses import dataclass

import numpy as np

from rooster.planner.buurt import improve, relaxed_bound
from rooster.planner.delen import Mensen, Weken
from rooster.planner.duik import dive
from rooster.planner.greedy import fill
from rooster.planner.instantie import FORMAAT_PLAN, Instantie, InstantieFout
from rooster.planner.klok import Klok, Melder
from rooster.planner.lezen import complaints
from rooster.planner.model import Model, Vulling
from rooster.planner.relaxatie import Grens, Relaxatie
from rooster.planner.rollen import Plan, with_roles
from rooster.planner.toetsing import Oordeel, distribution, judge

TRAAG = 1.0
"""Processor seconds for one round of the relaxation, after which another way is quicker."""

PROEFTIJD = 5.0
"""Seconds for the first try to close the gap as a whole; every next try gets twice as many."""
GEDULD = 12
"""Parts in a row without a better roster, after which the whole is tried."""
VEEL_CELLEN = 60_000
DICHTBIJ = 500
"""A gap above this is not closed by proof, only by better parts."""
TIJD_PER_DEEL = 2.0
DEEL_VOOR_PLAN = 0.6
"""Of the time, kept for what comes after the first round of improving."""
DEEL_VOOR_GRENS = 0.5
"""Of the time that is left, for a bound by interior point where the other way is too slow."""


@dataclass(frozen=True)
class Uitkomst:
    """A plan with its proof: no roster has a lower goal than `ondergrens`."""

    toewijzing: Plan
    oordeel: Oordeel
    ondergrens: int
    seconden: float
    afgebroken: bool

    @property
    def doel(self) -> int:
        return self.oordeel.doel

    @property
    def gap(self) -> float:
        """How far the goal can be from the best possible, as a part of the goal."""
        return (self.doel - self.ondergrens) / max(1, abs(self.doel))

    @property
    def optimaal(self) -> bool:
        return self.doel == self.ondergrens


def solve(inst: Instantie, *, seconden: float = 60.0, voortgang: Melder | None = None) -> Uitkomst:
    """Return the best plan found in the time, with its lower bound.

    `voortgang` gets reports with the best plan so far and cancels by returning False. The same
    instance gives the same plan when it is proved before the time is over. Raises InstantieFout
    when the pins break a hard rule or the targets do not fit the places.
    """
    klok = Klok(seconden, voortgang)
    if klachten := complaints(inst):
        raise InstantieFout(klachten)
    zoeker = _Zoeker(Model(inst), klok)
    zoeker.search()
    toewijzing = with_roles(zoeker.model, zoeker.beste.cel)
    oordeel = judge(inst, toewijzing)
    if oordeel.gebroken or oordeel.doel < zoeker.ondergrens:
        raise AssertionError(f"own plan is wrong: {oordeel.gebroken[:3]} {oordeel.doel}")
    uitkomst = Uitkomst(toewijzing, oordeel, zoeker.ondergrens, klok.seconden, klok.afgebroken)
    klok.doel, klok.ondergrens, klok.plan = uitkomst.doel, uitkomst.ondergrens, toewijzing
    klok.enter("klaar")
    return uitkomst


class _Zoeker:
    """The search: keeps the best roster and the best bound."""

    def __init__(self, model: Model, klok: Klok) -> None:
        self.model, self.klok = model, klok
        self.beste = Vulling(model)
        fill(self.beste)
        self.doel = self.beste.goal()
        self.ondergrens = _floor(model)
        self.grens: Grens | None = None
        self.delen = (Weken(model), Mensen(model))
        self.ronde = 0
        self._tell()

    def search(self) -> None:
        self.klok.enter("grens")
        relaxatie = Relaxatie(self.model, self.klok, self.beste.cel)
        heel = relaxatie.solve(TRAAG)
        self._bound(relaxatie.grens)
        if heel:
            self.klok.enter("rooster")
            self._offer(dive(relaxatie, self.ondergrens))
            self._bound(relaxatie.grens)
        elif self.model.vrij.sum() <= VEEL_CELLEN:
            # A good plan comes before a better bound.
            self.klok.enter("verbeteren")
            self._improve(self.klok.rest * DEEL_VOOR_PLAN)
            self.klok.enter("grens")
            self._bound(self._slow_bound())
        self.klok.enter("verbeteren")
        budget = PROEFTIJD
        while self.doel > self.ondergrens and self.klok.goes_on():
            self._improve()
            self._close(budget)
            budget *= 2

    def _bound(self, grens: Grens | None) -> None:
        """Keep the bound when it is the best so far."""
        if grens is not None and (self.grens is None or grens.waarde > self.grens.waarde):
            self.grens = grens
            self.ondergrens = max(self.ondergrens, min(grens.heel, self.doel))
            self._tell()

    def _offer(self, cel: np.ndarray) -> bool:
        """Take the cells as the best roster when they are; return whether it got better."""
        vulling = Vulling(self.model)
        for t, d in zip(*np.nonzero(cel & ~self.model.vast), strict=True):
            if vulling.candidates(int(d))[t]:
                vulling.place(int(t), int(d))
        doel = vulling.goal()
        # What came half-finished is filled up; what was left empty on purpose stays so.
        vol = vulling.copy()
        fill(vol)
        if vol.goal() < doel:
            vulling, doel = vol, vol.goal()
        if doel > self.doel:
            return False
        beter = doel < self.doel
        self.beste, self.doel = vulling, doel
        if beter:
            self._tell()
        return beter

    def _tell(self) -> None:
        self.klok.doel, self.klok.ondergrens = self.doel, self.ondergrens
        self.klok.plan = with_roles(self.model, self.beste.cel)
        self.klok.report()

    def _slow_bound(self) -> Grens | None:
        if self.doel <= self.ondergrens or not self.klok.goes_on():
            return None
        return relaxed_bound(self.model, self.klok, self.klok.rest * DEEL_VOOR_GRENS)

    def _improve(self, tot: float = 0.0) -> None:
        """Improve the roster part by part, until a number of parts in a row are the best.

        Stops earlier when no more than `tot` seconds are left.
        """
        vruchteloos = 0
        while vruchteloos < GEDULD and self.doel > self.ondergrens and self.klok.goes_on():
            if self.klok.rest <= tot:
                return
            deel = self.delen[0] if self.ronde % 4 else self.delen[1]
            antwoord = improve(self.beste, deel.cells(), self.klok, TIJD_PER_DEEL)
            deel.adapt(antwoord.bewezen)
            vruchteloos = 0 if self._offer(antwoord.cel) else vruchteloos + 1
            self.ronde += 1

    def _close(self, seconden: float) -> None:
        """Try to prove the roster, or find a better one, among all cells that could be in one.

        A roster with a cell whose reduced cost is above the gap is worse than the present one.
        """
        grens = self.grens
        if grens is None or self.doel <= self.ondergrens or not self.klok.goes_on():
            return
        los = grens.prijs <= self.doel - grens.waarde + 1e-4
        if los.sum() > VEEL_CELLEN or self.doel - self.ondergrens > DICHTBIJ:
            return
        antwoord = improve(self.beste, los | self.beste.cel, self.klok, seconden)
        self._offer(antwoord.cel)
        if math.isfinite(antwoord.ondergrens):
            bewezen = min(self.doel, math.ceil(antwoord.ondergrens - 1e-4))
            self.ondergrens = max(self.ondergrens, bewezen)
            self._tell()


def _floor(model: Model) -> int:
    """Return a bound that always holds: every wish granted, nothing unfilled or outside."""
    beste = np.sort(np.where(model.vrij, model.wens, 0), axis=0)[:2]
    return int(np.minimum(beste, 0).sum())


def plan_json(inst: Instantie, uitkomst: Uitkomst) -> dict[str, object]:
    """Return the data of a `rooster-plan/1` file, with the proof."""
    o = uitkomst.oordeel
    delen = distribution(inst)
    return {
        "formaat": FORMAAT_PLAN,
        "naam": inst.naam,
        "toewijzing": uitkomst.toewijzing,
        "bewijs": {
            "doel": uitkomst.doel,
            "ondergrens": uitkomst.ondergrens,
            "gap": round(uitkomst.gap, 6),
            "optimaal": uitkomst.optimaal,
            "seconden": round(uitkomst.seconden, 2),
            "onbezet": o.onbezet,
            "buiten_band_praktijk": o.buiten_praktijk,
            "buiten_band_tandarts": o.buiten_tandarts,
            "wensen": o.wensen,
            "eerlijkheid": {cat: vars(e) for cat, e in o.eerlijkheid.items()},
            "praktijken": {
                p.id: {
                    cat: _share(o, p.id, cat, p.streef_samen(cat), delen[cat].banden[p.id])
                    for cat in inst.categorieen
                }
                for p in inst.praktijken
            },
        },
    }


def _share(
    o: Oordeel, praktijk: str, cat: str, streef: float, band: tuple[int, int]
) -> dict[str, object]:
    per_rol = {rol: n for (p, c, rol), n in o.aantallen.items() if (p, c) == (praktijk, cat)}
    aantal = sum(per_rol.values())
    return {
        "aantal": aantal,
        **per_rol,
        "streef": round(streef, 6),
        "band": list(band),
        "afwijking": round(aantal - streef, 3),
    }
