"""Counting duties (RO-10, MR 9.2l): what was served, and what a practice would have had.

Pure. One place of a duty counts once, for the practice that answered for it. A practice that was
expelled owes a fee for the duties it no longer does: its share by fte, as if it had stayed, of
the duties that the others served.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from rooster.kader.aandelen import Inzetregel, Vrijstelregel, shares

K = TypeVar("K", bound=Hashable)


class Plaats(NamedTuple):
    """One place of one duty; `gedaan` once the duty has begun."""

    praktijk: Hashable
    tandarts: Hashable
    rol: str
    categorie: str
    gedaan: bool = True


@dataclass
class Geteld:
    """Places of one practice or dentist: those served by category and role, and those to come."""

    gedaan: Counter[tuple[str, str]] = field(default_factory=Counter)
    gepland: int = 0

    def of(self, categorie: str, rol: str = "") -> int:
        """Return the places served of a category, of one role or (without `rol`) of both."""
        return sum(n for (c, r), n in self.gedaan.items() if c == categorie and rol in ("", r))

    @property
    def totaal(self) -> int:
        return self.gedaan.total()


def tally(plaatsen: Iterable[Plaats], per: Callable[[Plaats], K]) -> dict[K, Geteld]:
    """Count the places per whatever `per` says: the practice, the dentist, or both."""
    found: dict[K, Geteld] = {}
    for plaats in plaatsen:
        row = found.setdefault(per(plaats), Geteld())
        if plaats.gedaan:
            row.gedaan[plaats.categorie, plaats.rol] += 1
        else:
            row.gepland += 1
    return found


def would_have_had(
    praktijk: Hashable,
    inzet: Iterable[Inzetregel],
    vrijstellingen: Iterable[Vrijstelregel],
    diensten: Mapping[str, int],
    dagen: tuple[date, date],
) -> dict[str, float]:
    """Return the share of a practice, by category, of the duties of these days.

    `inzet` holds the lines of every practice, this one included as if it had stayed; `diensten`
    is the number of duties per category. A practice without any line has no share. Balances stay
    out of it: those were settled, or are settled apart.
    """
    owed = shares(inzet, vrijstellingen, {}, diensten, dagen).streef.get(praktijk, {})
    return {categorie: sum(owed.get(categorie, {}).values()) for categorie in diensten}
