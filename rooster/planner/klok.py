"""The time of one solve: its end, its progress reports, and being cancelled."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy

from rooster.planner.rollen import Plan

TUSSENTIJD = 0.25
"""Seconds between two reports to the caller."""


@dataclass(frozen=True)
class Voortgang:
    """A report on the way. `toewijzing` is the best plan so far, usable as it is."""

    fase: str
    """vlug (instant answer), grens (lower bound), rooster (whole plan), verbeteren, klaar."""
    seconden: float
    doel: int | None
    ondergrens: int | None
    toewijzing: Plan | None


Melder = Callable[[Voortgang], bool]
"""Gets each report; False cancels the solve."""


class Klok:
    """Says whether to go on, and tells the caller how it stands while being asked."""

    def __init__(self, seconden: float, melder: Melder | None) -> None:
        self._begin = time.monotonic()
        self._grens = seconden
        self._melder = melder
        self._laatst = -TUSSENTIJD
        self.afgebroken = False
        self.rekentijd_tot = math.inf
        """Processor time at which the present run stops; a busy machine does not hasten it."""
        self.fase = "vlug"
        self.doel: int | None = None
        self.ondergrens: int | None = None
        self.plan: Plan | None = None

    @property
    def seconden(self) -> float:
        return time.monotonic() - self._begin

    @property
    def rest(self) -> float:
        return max(0.0, self._grens - self.seconden)

    def enter(self, fase: str) -> None:
        """Note the next phase and report it at once."""
        self.fase = fase
        self.report()

    def report(self) -> None:
        """Report now."""
        self._laatst = self.seconden
        if self._melder is None or self.afgebroken:
            return
        stand = Voortgang(self.fase, self.seconden, self.doel, self.ondergrens, self.plan)
        self.afgebroken = self._melder(stand) is False

    def goes_on(self) -> bool:
        """Return whether there is time and nobody cancelled; reports now and then."""
        if self.seconden - self._laatst >= TUSSENTIJD:
            self.report()
        return not self.afgebroken and self.rest > 0


def solver(klok: Klok) -> highspy.Highs:
    """Return a silent HiGHS, always with the same seed, that stops when the clock says so."""
    highs = highspy.Highs()
    for optie, waarde in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
        highs.setOptionValue(optie, waarde)

    def interrupt(event: Any) -> None:
        if not klok.goes_on() or time.process_time() > klok.rekentijd_tot:
            event.data_in.user_interrupt = True

    highs.cbSimplexInterrupt.subscribe(interrupt)
    highs.cbIpmInterrupt.subscribe(interrupt)
    highs.cbMipInterrupt.subscribe(interrupt)
    return highs


def run(
    highs: highspy.Highs, klok: Klok, rekentijd: float = math.inf, wachttijd: float = math.inf
) -> bool:
    """Run within the time left, at most so many seconds of processor time and of waiting.

    Return whether it came to an optimum.
    """
    # HiGHS counts the time of all runs of one object together.
    highs.setOptionValue("time_limit", highs.getRunTime() + min(klok.rest, wachttijd))
    klok.rekentijd_tot = time.process_time() + rekentijd
    highs.run()
    return bool(highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)
