"""A plan indexed for quick questions: who holds what, and what keeps a dentist from a place.

One `Stand` answers many questions about the same plan. It never changes; a question about
another plan says which places to think away (`zonder`).
"""

from collections import Counter
from collections.abc import Collection
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from rooster.planner.instantie import ROLLEN, WEEKEND, Dienst, Instantie, Tandarts, Toewijzing
from rooster.planner.toetsing import Verdeling, distribution

ANDERE_ROL = dict(zip(ROLLEN, reversed(ROLLEN), strict=True))

UITVAL = "uitval"
"""The code in `Tandarts.reden` of a day lost to illness."""

Plaats = tuple[str, str]
"""A place: duty id and role."""


class Regel(StrEnum):
    """The hard rules, as reasons why a dentist cannot hold a place."""

    AFWEZIG = "afwezig"
    RUST = "rust"
    WEEKEND = "weekend"
    ZELFDE_DIENST = "zelfde_dienst"
    ZELFDE_PRAKTIJK = "zelfde_praktijk"
    VAST = "vast"


class Belet(NamedTuple):
    """One reason why a dentist cannot hold a place, with the day or the duty that does it.

    afwezig: `dag` (ISO) and `reden`, the short code of the instance or "";
    rust, weekend: `dienst`, the other duty of the same person; zelfde_dienst: the person holds the
    other place; zelfde_praktijk: `tandarts` on the other place is of the same practice;
    vast: the coordinator pinned this place to `tandarts`.
    """

    regel: Regel
    dag: str = ""
    reden: str = ""
    dienst: str = ""
    tandarts: str = ""


class Bezet(NamedTuple):
    """A held place with what the rest and weekend rules ask of its duty."""

    eerste: int
    laatste: int
    weekend: int | None
    plaats: Plaats


class Stand:
    """A plan of an instance, indexed. Unknown duties and dentists in the plan count for nothing."""

    def __init__(self, inst: Instantie, toewijzing: Toewijzing) -> None:
        self.inst = inst
        self.houder: dict[Plaats, str | None] = {}
        self.aantal: Counter[str] = Counter()
        self.aantal_praktijk: Counter[tuple[str, str]] = Counter()
        """Places per (practice, category), both roles together."""
        self._van_mens: dict[str, list[Bezet]] = {}
        for dienst in inst.diensten:
            rij = toewijzing.get(dienst.id, {})
            eerste, laatste, weekend = self.tijd[dienst.id]
            for rol in ROLLEN:
                wie = rij.get(rol)
                tandarts = inst.tandarts.get(wie) if wie is not None else None
                plaats = dienst.id, rol
                self.houder[plaats] = wie if tandarts else None
                if tandarts is None:
                    continue
                self.aantal[tandarts.id] += 1
                self.aantal_praktijk[tandarts.praktijk, dienst.categorie] += 1
                bezet = Bezet(eerste, laatste, weekend, plaats)
                self._van_mens.setdefault(tandarts.mens, []).append(bezet)

    @cached_property
    def tijd(self) -> dict[str, tuple[int, int, int | None]]:
        """Per duty its first and last day as ordinals, and its week when it is a weekend duty."""
        return {
            d.id: (
                d.eerste_dag.toordinal(),
                d.laatste_dag.toordinal(),
                d.week if d.categorie == WEEKEND else None,
            )
            for d in self.inst.diensten
        }

    @cached_property
    def verdeling(self) -> dict[str, Verdeling]:
        return distribution(self.inst)

    def of_person(self, mens: str) -> list[Bezet]:
        """Return the places of this person over all practices, in the order of the instance."""
        return self._van_mens.get(mens, [])

    def plaatsen_van(self, tandarts: Tandarts) -> list[Plaats]:
        """Return the places of this dentist, in the order of the duties of the instance."""
        return [
            b.plaats for b in self.of_person(tandarts.mens) if self.houder[b.plaats] == tandarts.id
        ]

    def conflicts(
        self, mens: str, dienst: Dienst, zonder: Collection[Plaats] = ()
    ) -> list[tuple[Regel, Plaats]]:
        """Return which places of this person do not go with `dienst`, each with its rule.

        Another place of the same duty counts as too little rest, as it does for the checker.
        """
        regels = self.inst.regels
        eerste, laatste, weekend = self.tijd[dienst.id]
        vroeg, laat = eerste - regels.rustdagen, laatste + regels.rustdagen
        if not regels.geen_aaneengesloten_weekenden:
            weekend = None
        gevonden = []
        for een in self.of_person(mens):
            if een.laatste >= vroeg and een.eerste <= laat:
                regel = Regel.RUST
            elif weekend is not None and een.weekend is not None and abs(een.weekend - weekend) < 2:
                regel = Regel.WEEKEND
            else:
                continue
            if een.plaats not in zonder:
                gevonden.append((regel, een.plaats))
        return gevonden

    def clashing(self, dienst: Dienst, zonder: Plaats) -> dict[str, set[Plaats]]:
        """Return per person the places that do not go with `dienst`: `conflicts` of everybody."""
        regels = self.inst.regels
        eerste, laatste, weekend = self.tijd[dienst.id]
        vroeg, laat = eerste - regels.rustdagen, laatste + regels.rustdagen
        if not regels.geen_aaneengesloten_weekenden:
            weekend = None
        gevonden: dict[str, set[Plaats]] = {}
        for ander, (begin, einde, week) in self.tijd.items():
            if (einde >= vroeg and begin <= laat) or (
                weekend is not None and week is not None and abs(week - weekend) < 2
            ):
                for rol in ROLLEN:
                    wie = self.houder[ander, rol]
                    if wie is not None and (ander, rol) != zonder:
                        mens = self.inst.tandarts[wie].mens
                        gevonden.setdefault(mens, set()).add((ander, rol))
        return gevonden

    def other(self, plaats: Plaats) -> Tandarts | None:
        """Return who holds the other place of the same duty."""
        wie = self.houder[plaats[0], ANDERE_ROL[plaats[1]]]
        return self.inst.tandarts[wie] if wie else None

    def same_practice(self, tandarts: Tandarts, ander: Tandarts | None) -> bool:
        """Return whether the two may not share a duty because of their practice."""
        return (
            ander is not None
            and ander.praktijk == tandarts.praktijk
            and self.inst.regels.plaatsen_uit_verschillende_praktijken
        )

    def obstacles(self, tandarts: Tandarts, plaats: Plaats) -> tuple[Belet, ...]:
        """Return every hard rule that keeps the dentist from this place; empty when none does.

        Whoever holds the place now is thought away. A pin of the place counts; a pin elsewhere
        counts by the duty that it gives.
        """
        dienst = self.inst.dienst[plaats[0]]
        gevonden = [
            Belet(Regel.AFWEZIG, dag=dag.isoformat(), reden=tandarts.reden.get(dag, ""))
            for dag in dienst.dagen
            if dag in tandarts.afwezig
        ]
        ander = self.other(plaats)
        if ander is not None and ander.mens == tandarts.mens:
            gevonden.append(Belet(Regel.ZELFDE_DIENST, dienst=dienst.id, tandarts=ander.id))
        elif ander is not None and self.same_practice(tandarts, ander):
            gevonden.append(Belet(Regel.ZELFDE_PRAKTIJK, dienst=dienst.id, tandarts=ander.id))
        gevonden += [
            Belet(regel, dienst=andere[0])
            for regel, andere in self.conflicts(tandarts.mens, dienst, (plaats,))
            if andere[0] != dienst.id
        ]
        vast = self.inst.vast.get(plaats[0], {}).get(plaats[1])
        if vast is not None and vast != tandarts.id:
            gevonden.append(Belet(Regel.VAST, dienst=dienst.id, tandarts=vast))
        return tuple(gevonden)
