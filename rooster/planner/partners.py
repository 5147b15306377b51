"""Who can take over a place, and who can swap for it (RO-8).

Pins are left out of account: they bind the planner, and people may swap a pinned place. What a
swap does to the goal is for the people and the coordinator to weigh; here only hard rules count.
"""

from dataclasses import dataclass
from datetime import date

from rooster.planner.instantie import ROLLEN, Instantie, Tandarts, Toewijzing
from rooster.planner.stand import Plaats, Stand


@dataclass(frozen=True)
class Overname:
    """A dentist who can take the place over without giving one back."""

    tandarts: str
    tekort: float
    """Own share minus places in the plan: positive is below the share."""


@dataclass(frozen=True)
class Ruil:
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
    overnames, ruilen = [], []
    for kandidaat in _in_order(stand):
        if kandidaat is houder or not kandidaat.vrij(deze):
            continue
        tekort = kandidaat.streef - stand.aantal[kandidaat.id]
        botst = {p for _, p in stand.conflicts(kandidaat.mens, deze, (plaats,))}
        past = not stand.same_practice(kandidaat, ander)
        if past and not botst:
            overnames.append(Overname(kandidaat.id, tekort))
        if houder is None or len(botst) > 1:
            continue
        for eigen in stand.plaatsen_van(kandidaat):
            zelf = eigen[0] == dienst
            if eigen in terug and (zelf or past) and botst <= {eigen}:
                ruilen.append(Ruil(kandidaat.id, *eigen, tekort))
    return Partners(dienst, rol, wie, tuple(overnames), tuple(ruilen))


def _in_order(stand: Stand) -> list[Tandarts]:
    """Return the dentists, furthest below their share first."""
    return sorted(stand.inst.tandartsen, key=lambda t: (stand.aantal[t.id] - t.streef, t.id))


def _takes_back(stand: Stand, houder: Tandarts, plaats: Plaats, vandaag: date) -> frozenset[Plaats]:
    """Return the places that the holder could get in return for this one."""
    gevonden = []
    for dienst in stand.inst.diensten:
        if dienst.eerste_dag < vandaag or not houder.vrij(dienst):
            continue
        botst = {p for _, p in stand.conflicts(houder.mens, dienst, (plaats,))}
        for rol in ROLLEN:
            terug = dienst.id, rol
            if stand.houder[terug] is None or terug == plaats or not botst <= {terug}:
                continue
            if dienst.id == plaats[0] or not stand.same_practice(houder, stand.other(terug)):
                gevonden.append(terug)
    return frozenset(gevonden)
