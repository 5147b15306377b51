"""The law of wishes, without Django: what a dentist may ask for one period, and why not.

One wish per day. A blocked day is a limit to the planner and counts as one day of the block
budget; "rather not" and "gladly" cost points by weight. Days are calendar days of Amsterdam.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

GEBLOKKEERD, LIEVER_NIET, GRAAG = "geblokkeerd", "liever_niet", "graag"
ZWAARTE = (1, 3, 5)
"""The weights that a person chooses from; one to five is what a row may hold."""


class Dagwens(NamedTuple):
    """What somebody wants of one day. The weight of a blocked day is 1 and means nothing."""

    soort: str
    gewicht: int = 1

    @property
    def punten(self) -> int:
        return 0 if self.soort == GEBLOKKEERD else self.gewicht


Wensen = Mapping[date, Dagwens]
Opdracht = tuple[date, Dagwens | None]
"""A day and what becomes of it; None takes the wish away."""


@dataclass(frozen=True)
class Kader:
    """The days of the period, until when wishes are taken, and what one dentist may spend."""

    eerste_dag: date
    laatste_dag: date
    wensen_tot: date
    opengesteld: bool
    punten: int
    blokkades: int

    def is_open(self, vandaag: date) -> bool:
        """Return whether wishes are still taken; the closing date itself is the last day."""
        return self.opengesteld and vandaag <= self.wensen_tot

    def holds(self, dag: date) -> bool:
        return self.eerste_dag <= dag <= self.laatste_dag


@dataclass(frozen=True)
class Bezwaar:
    """Why wishes cannot be like this: a rule, the days it is about, or by how much too many."""

    regel: str
    dagen: tuple[date, ...] = ()
    teveel: int = 0


@dataclass(frozen=True)
class Stand:
    """What is spent of both budgets."""

    punten: int
    punten_budget: int
    blokkades: int
    blokkades_budget: int

    @property
    def punten_over(self) -> int:
        return self.punten_budget - self.punten

    @property
    def blokkades_over(self) -> int:
        return self.blokkades_budget - self.blokkades


def stand_of(kader: Kader, wensen: Wensen) -> Stand:
    """Return what these wishes spend of the budgets."""
    return Stand(
        punten=sum(wens.punten for wens in wensen.values()),
        punten_budget=kader.punten,
        blokkades=sum(wens.soort == GEBLOKKEERD for wens in wensen.values()),
        blokkades_budget=kader.blokkades,
    )


def change(
    kader: Kader,
    bestaand: Wensen,
    opdrachten: Iterable[Opdracht],
    *,
    vandaag: date,
    vervang: bool = True,
) -> tuple[dict[date, Dagwens], tuple[Bezwaar, ...]]:
    """Return the wishes after these changes, and every reason why they cannot be.

    `vervang` False: a day that already has another wish stands in the way. Who taps one day sees
    what stands there; who fills a stretch of weeks does not.
    """
    opdrachten = list(opdrachten)
    nieuw: dict[date, Dagwens | None] = dict(opdrachten)
    na = {dag: wens for dag, wens in {**bestaand, **nieuw}.items() if wens is not None}
    bezwaren = [*_form(kader, opdrachten, vandaag)]
    if not vervang and (bezet := _in_the_way(bestaand, nieuw)):
        bezwaren.append(Bezwaar("al_een_wens", bezet))
    bezwaren += _spent(stand_of(kader, bestaand), stand_of(kader, na))
    return na, tuple(bezwaren)


def _form(kader: Kader, opdrachten: list[Opdracht], vandaag: date) -> Iterable[Bezwaar]:
    if not kader.is_open(vandaag):
        yield Bezwaar("gesloten" if kader.opengesteld else "niet_open")
    if not opdrachten:
        yield Bezwaar("geen_dagen")
    if buiten := _days(dag for dag, _wens in opdrachten if not kader.holds(dag)):
        yield Bezwaar("buiten_periode", buiten)
    seen: dict[date, Dagwens | None] = {}
    if dubbel := _days(d for d, wens in opdrachten if seen.setdefault(d, wens) != wens):
        yield Bezwaar("twee_wensen", dubbel)
    if any(wens and wens.gewicht not in range(1, 6) for _dag, wens in opdrachten):
        yield Bezwaar("gewicht")


def _in_the_way(bestaand: Wensen, nieuw: Mapping[date, Dagwens | None]) -> tuple[date, ...]:
    return _days(dag for dag, wens in nieuw.items() if bestaand.get(dag, wens) != wens)


def _spent(voor: Stand, na: Stand) -> Iterable[Bezwaar]:
    """Over budget; but whoever is over already (it was lowered) may always spend less."""
    if na.punten_over < 0 and na.punten > voor.punten:
        yield Bezwaar("te_veel_punten", teveel=-na.punten_over)
    if na.blokkades_over < 0 and na.blokkades > voor.blokkades:
        yield Bezwaar("te_veel_blokkades", teveel=-na.blokkades_over)


def _days(dagen: Iterable[date]) -> tuple[date, ...]:
    return tuple(sorted(set(dagen)))
