"""What a place with a choice is made of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from reglement.lezing.keuzes import Lezing, LezingFout


@dataclass(frozen=True, slots=True)
class Keuze:
    """One way to read a place: the value, its short name, and what it does."""

    waarde: StrEnum | bool
    label: str
    uitleg: str

    @property
    def tekst(self) -> str:
        """The value as a form sends it."""
        if isinstance(self.waarde, bool):
            return "ja" if self.waarde else "nee"
        return str(self.waarde)


@dataclass(frozen=True, slots=True)
class Leespunt:
    """One place where the rules leave a choice: field, A-number, article and the choices.

    The first choice is the default. `sleutel` is the name of the place in scenario tables.
    """

    veld: str
    nummer: str
    artikel: str
    sleutel: str
    vraag: str
    keuzes: tuple[Keuze, ...]

    @property
    def standaard(self) -> StrEnum | bool:
        return self.keuzes[0].waarde

    def parse(self, value: Any) -> StrEnum | bool:
        """Return the choice that a stored or typed value names. Raises `LezingFout`."""
        for keuze in self.keuzes:
            if value is keuze.waarde or (isinstance(value, str) and value == keuze.tekst):
                return keuze.waarde
        raise LezingFout(f"{self.veld}: {value!r} is geen keuze")

    def choice(self, lezing: Lezing) -> Keuze:
        """Return what a reading chose here."""
        gekozen = getattr(lezing, self.veld)
        return next(keuze for keuze in self.keuzes if keuze.waarde == gekozen)

    def others(self, lezing: Lezing) -> Iterator[tuple[Keuze, Lezing]]:
        """Give every other choice here, with the reading that differs in it alone."""
        for keuze in self.keuzes:
            if keuze.waarde != getattr(lezing, self.veld):
                changed: dict[str, Any] = {self.veld: keuze.waarde}
                yield keuze, replace(lezing, **changed)
