"""Who may and can take a place, in order of balance: furthest below the own share first (RO-8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kern.tijd import to_local
from rooster.models import Dienst
from rooster.planner.instantie import Regels
from rooster.planner.partners import Partners, partners
from rooster.ruil.lopend import Lopend, read_key, roster_around, served_days

ZONDER_RUST = Regels(rustdagen=0, geen_aaneengesloten_weekenden=False)
"""Tonight somebody must come: only who has no other duty that day, however short the rest."""
GENOEG = 3
"""With fewer rested colleagues than this, those with little rest are asked too."""


@dataclass(frozen=True)
class Kandidaat:
    """A colleague who could take the place; for a swap with the place that comes back."""

    tandarts: UUID
    deelnemer: UUID
    tekort: float
    terug_dienst: UUID | None = None
    terug_rol: str = ""
    krap: bool = False

    @property
    def sleutel(self) -> str:
        """The value of this choice in a form."""
        terug = f"|{self.terug_dienst}|{self.terug_rol}" if self.terug_dienst else ""
        return f"{self.tandarts}|{self.deelnemer}{terug}"


@dataclass(frozen=True)
class Kandidaten:
    overnames: tuple[Kandidaat, ...]
    ruilen: tuple[Kandidaat, ...]


def candidates(dienst: Dienst, rol: str, *, nu: datetime) -> Kandidaten:
    """Return who could take over this place or swap for it, by the rules of the period.

    Only duties that still have to begin come back in a swap.
    """
    roster = roster_around(dienst)
    found = partners(
        *(roster.inst, roster.toewijzing, str(dienst.pk), rol),
        vandaag=to_local(nu).date(),
        stand=roster.stand,
    )
    return Kandidaten(
        tuple(_takers(roster, found)),
        tuple(
            Kandidaat(*read_key(ruil.tandarts), ruil.tekort, UUID(ruil.dienst), ruil.rol)
            for ruil in found.ruilen
            if roster.begin[ruil.dienst] > nu
            and not _same_person(roster, found.houder, ruil.tandarts)
        ),
    )


def replacements(
    dienst: Dienst, rol: str, *, zonder: Iterable[UUID] = (), ook_krap: bool = False
) -> list[Kandidaat]:
    """Return who could step in on an empty place, also while the duty runs.

    Rested colleagues first; when there are fewer than three (or with `ook_krap`) also those with
    little rest, marked `krap`. `zonder` are dentists who are not asked: who fell ill.
    """
    rested = _free(dienst, rol, None)
    if ook_krap or len(rested) < GENOEG:
        known = {een.sleutel for een in rested}
        rest = [een for een in _free(dienst, rol, ZONDER_RUST) if een.sleutel not in known]
        rested += [Kandidaat(een.tandarts, een.deelnemer, een.tekort, krap=True) for een in rest]
    out = set(zonder)
    return [een for een in rested if een.tandarts not in out]


def _free(dienst: Dienst, rol: str, regels: Regels | None) -> list[Kandidaat]:
    roster = roster_around(dienst, regels=regels)
    first, _last = served_days(dienst.begin, dienst.einde)
    found = partners(
        *(roster.inst, roster.toewijzing, str(dienst.pk), rol),
        vandaag=first,
        stand=roster.stand,
    )
    return _takers(roster, found)


def _takers(roster: Lopend, found: Partners) -> list[Kandidaat]:
    return [
        Kandidaat(*read_key(een.tandarts), een.tekort)
        for een in found.overnames
        if not _same_person(roster, found.houder, een.tandarts)
    ]


def _same_person(roster: Lopend, een: str | None, ander: str) -> bool:
    """Whether a dentist of two practices would take over from themselves."""
    named = roster.inst.tandarts
    return een is not None and named[een].mens == named[ander].mens
