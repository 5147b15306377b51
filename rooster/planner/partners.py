"""Who can take over a place, and who can swap for it (RO-8).

Pins are left out of account: they bind the planner, and people may swap a pinned place. What a
swap does to the goal is for the people and the coordinator to weigh; here only hard rules count.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rooster.planner.instantie import ROLLEN, Instantie, Tandarts, Toewijzing
from rooster.planner.stand import Plaats, Stand


class Overname(NamedTuple):
    """A dentist who can take the place over without giving one back."""

    tandarts: str
    tekort: float
    """Own share minus places in the plan: positive is below the share."""


class Ruil(NamedTuple):
    """A dentist who can swap: takes the place, and gives `dienst`, `rol` to its holder.

    With the same duty the two only change roles.
    """

    tandarts: str
    dienst: str
    rol: str
    tekort: float


@dataclass(frozen=True)
class Partners:
    """The possible partners for one place, furthest below the own share first."""

    dienst: str
    rol: str
    houder: str | None
    overnames: tuple[Overname, ...] = ()
    ruilen: tuple[Ruil, ...] = ()


def partners(
    instantie: Instantie,
    toewijzing: Toewijzing,
    dienst: str,
    rol: str,
    *,
    vandaag: date,
    stand: Stand | None = None,
) -> Partners:
    """Return who could take over this place, and with which places it could be swapped.

    Only duties that begin on `vandaag` or later take part. An empty place can be taken over and
    not be swapped. `stand` saves indexing the same plan again. Raises KeyError when instance has
    no such duty or role.
    """
    stand = stand or Stand(instantie, toewijzing)
    plaats = dienst, rol
    wie = stand.houder[plaats]
    deze = instantie.dienst[dienst]
    leeg = Partners(dienst, rol, wie)
    if deze.eerste_dag < vandaag:
        return leeg
    houder = instantie.tandarts[wie] if wie else None
    terug = _takes_back(stand, houder, plaats, vandaag) if houder else frozenset()
    ander = stand.other(plaats)
    in_de_weg = stand.clashing(deze, plaats)
    niets: set[Plaats] = set()
    overnames, ruilen = [], []
    for kandidaat in instantie.tandartsen:
        if kandidaat is houder or not kandidaat.vrij(deze):
            continue
        tekort = kandidaat.streef - stand.aantal[kandidaat.id]
        botst = in_de_weg.get(kandidaat.mens, niets)
        past = not stand.same_practice(kandidaat, ander)
        if past and not botst:
            overnames.append(Overname(kandidaat.id, tekort))
        # Giving up one place makes room for this one when nothing else is in the way.
        for eigen in stand.plaatsen_van(kandidaat) if len(botst) < 2 else ():
            if eigen in terug and (past or eigen[0] == dienst) and botst <= {eigen}:
                ruilen.append(Ruil(kandidaat.id, *eigen, tekort))
    overnames.sort(key=lambda o: (-o.tekort, o.tandarts))
    ruilen.sort(key=lambda r: (-r.tekort, r.tandarts, instantie.dienst[r.dienst].eerste_dag, r.rol))
    return Partners(dienst, rol, wie, tuple(overnames), tuple(ruilen))


def _takes_back(stand: Stand, houder: Tandarts, plaats: Plaats, vandaag: date) -> frozenset[Plaats]:
    """Return the places that the holder could get in return for this one."""
    bezet, weekenden = _taken(stand, houder, plaats)
    gevonden = []
    for dienst in stand.inst.diensten:
        if dienst.eerste_dag < vandaag or not houder.vrij(dienst):
            continue
        eerste, laatste, weekend = stand.tijd[dienst.id]
        botst: set[Plaats] = set()
        if weekend in weekenden or not bezet.isdisjoint(range(eerste, laatste + 1)):
            botst = {p for _, p in stand.conflicts(houder.mens, dienst, (plaats,))}
            if len(botst) > 1:
                continue
        for rol in ROLLEN:
            terug = dienst.id, rol
            if stand.houder[terug] is None or terug == plaats or not botst <= {terug}:
                continue
            if dienst.id == plaats[0] or not stand.same_practice(houder, stand.other(terug)):
                gevonden.append(terug)
    return frozenset(gevonden)


def _taken(stand: Stand, houder: Tandarts, plaats: Plaats) -> tuple[set[int], set[int]]:
    """Return the days and the weekend weeks in which the holder has no room for another duty."""
    regels = stand.inst.regels
    dagen: set[int] = set()
    weken: set[int] = set()
    for eerste, laatste, weekend, eigen in stand.of_person(houder.mens):
        if eigen == plaats:
            continue
        dagen.update(range(eerste - regels.rustdagen, laatste + regels.rustdagen + 1))
        if weekend is not None and regels.geen_aaneengesloten_weekenden:
            weken.update((weekend - 1, weekend, weekend + 1))
    return dagen, weken
