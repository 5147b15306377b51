"""A rule set: one edition of the protocol as data, read from the file that the product ships.

An edition in use is never edited: a change is a new file with a new ``id`` (T-22).  Its texts
belong to it, so that an old call keeps showing what was read aloud then.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from triage.protocol.gevolg import Geeft
from triage.protocol.taal import RegelsetFout, Voorwaarde
from triage.protocol.uitkomst import Tabel, Zekerheid

__all__ = ["Advies", "Regel", "Regelset", "RegelsetFout"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advies:
    """What is read aloud to the patient, in own words.

    ``voorlezen`` False: meant for the assistant.  ``vervalt_bij_verplicht``: once the dentist is
    involved, this is the dentist's to decide.
    """

    sleutel: str
    tekst: str
    voorlezen: bool = True
    vervalt_bij_verplicht: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Regel:
    """One row of a decision table.

    ``conditie`` and ``effect`` are the data of the file (language: `taal`, `gevolg`); ``past`` and
    ``geeft`` the same, compiled.  ``instellingen`` are the settings they read, sorted; ``adviezen``
    the advice they can give.  Rules of a later ``fase`` look at what earlier ones concluded.
    """

    id: str
    tabel: Tabel
    reden: str  # why, in own words, for the assistant
    paragraaf: str
    zekerheid: Zekerheid
    conditie: Mapping[str, Any]
    effect: Any
    adviezen: tuple[str, ...]
    instellingen: tuple[str, ...]
    fase: int = 1
    # Without one of these complaints the condition cannot hold; None = it needs none.
    klachten: frozenset[str] | None = None
    past: Voorwaarde = field(repr=False, compare=False)
    geeft: Geeft = field(repr=False, compare=False)

    @property
    def is_lokaal(self) -> bool:
        """Not from the guideline: off until a kring chooses it (T-21)."""
        return self.zekerheid is Zekerheid.LOKAAL


@dataclass(frozen=True, kw_only=True, eq=False)
class Regelset:
    """One edition: ``id`` = guideline revision, date of its text, own version.

    ``begrippen`` are its named conditions, ``adviezen`` in the order in which they are read aloud,
    ``herinneringen`` effects without a rule number, ``lokaal`` the optional rules that a kring may
    switch on.  ``vingerafdruk`` is the SHA-256 of the file.
    """

    id: str
    titel: str
    richtlijn: str
    tekst_van: str
    versie: int
    begrippen: Mapping[str, Any]
    adviezen: Mapping[str, Advies]
    vlaggen: Mapping[str, str]
    regels: tuple[Regel, ...]
    lokaal: tuple[Regel, ...]
    herinneringen: tuple[Regel, ...]
    vingerafdruk: str

    @cached_property
    def per_id(self) -> Mapping[str, Regel]:
        """Every rule by its id, the local ones too."""
        return {regel.id: regel for regel in (*self.regels, *self.lokaal)}

    @cached_property
    def vervalt_bij_verplicht(self) -> frozenset[str]:
        """Advice that goes once the dentist must be consulted."""
        return frozenset(
            key for key, advies in self.adviezen.items() if advies.vervalt_bij_verplicht
        )

    def active_rules(self, lokale_regels: Collection[str]) -> tuple[Regel, ...]:
        """The rules that count; ``ValueError`` for a local rule that this edition lacks."""
        unknown = set(lokale_regels) - {regel.id for regel in self.lokaal}
        if unknown:
            raise ValueError(f"unknown local rules: {', '.join(sorted(unknown))}")
        return (*self.regels, *(regel for regel in self.lokaal if regel.id in lokale_regels))

    def in_reading_order(self, adviezen: Iterable[str]) -> tuple[Advies, ...]:
        """The advice behind these keys, first aid first.

        Raises ``ValueError`` for an unknown key: advice must not vanish from the screen unnoticed.
        """
        order = list(self.adviezen)
        return tuple(self.adviezen[key] for key in sorted(adviezen, key=order.index))
