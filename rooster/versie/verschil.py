"""What differs between two rosters of one period. Pure.

Duties are the same when they begin and end at the same moments; a duty that moved is one that
went and one that came.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rooster.versie.rijen import ROLLEN, Plek, Roosterrij


@dataclass(frozen=True)
class Plekverschil:
    rol: str
    oud: Plek | None
    nieuw: Plek | None


@dataclass(frozen=True)
class Rijverschil:
    """One duty that differs; without `oud` it is new, without `nieuw` it goes."""

    oud: Roosterrij | None
    nieuw: Roosterrij | None
    plekken: tuple[Plekverschil, ...] = ()

    @property
    def rij(self) -> Roosterrij:
        return self.nieuw or self.oud

    @property
    def soort(self) -> str:
        if self.oud is None:
            return "nieuw"
        return "vervalt" if self.nieuw is None else "anders"


@dataclass(frozen=True)
class Verschil:
    rijen: tuple[Rijverschil, ...]
    praktijken: tuple[tuple[str, int, int], ...]
    """(name, places before, places after) of each practice whose number changed."""

    @property
    def aantallen(self) -> Counter:
        return Counter(rij.soort for rij in self.rijen)


def compare(oud: Iterable[Roosterrij], nieuw: Iterable[Roosterrij]) -> Verschil:
    """Return the duties that differ, in order of time, and the practices that gain or lose."""
    before, after = ({rij.periode: rij for rij in rijen} for rijen in (oud, nieuw))
    found = []
    for periode in sorted({*before, *after}):
        was, becomes = before.get(periode), after.get(periode)
        if was is None or becomes is None:
            found.append(Rijverschil(was, becomes))
        elif places := _places(was, becomes):
            found.append(Rijverschil(was, becomes, places))
    return Verschil(tuple(found), _practices(before.values(), after.values()))


def same_places(oud: Roosterrij, nieuw: Roosterrij) -> bool:
    """Whether the same dentists serve for the same practices; names may have changed."""
    return not _places(oud, nieuw)


def _places(oud: Roosterrij, nieuw: Roosterrij) -> tuple[Plekverschil, ...]:
    return tuple(
        Plekverschil(rol, was, becomes)
        for rol in ROLLEN
        for was, becomes in [(oud.plekken.get(rol), nieuw.plekken.get(rol))]
        if _key(was) != _key(becomes)
    )


def _key(plek: Plek | None) -> tuple[str, str] | None:
    return plek and (plek.tandarts, plek.deelnemer)


def _practices(before, after) -> tuple[tuple[str, int, int], ...]:
    counts = [
        Counter(plek.deelnemer for rij in rijen for plek in rij.plekken.values())
        for rijen in (before, after)
    ]
    names = {
        plek.deelnemer: plek.praktijk
        for rijen in (before, after)
        for rij in rijen
        for plek in rij.plekken.values()
    }
    changed = (
        (names[pk], counts[0][pk], counts[1][pk]) for pk in names if counts[0][pk] != counts[1][pk]
    )
    return tuple(sorted(changed))
