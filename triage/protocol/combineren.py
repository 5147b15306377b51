"""What a rule contributes, and the hit policy: how all contributions become one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from triage.protocol.uitkomst import Contact, MoetGezien, Urgentie

E = TypeVar("E", bound=StrEnum)

# How firmly the text carries a number of minutes, firmest first: the word in a rule set, and the
# words in an outcome.
TERMIJNEN: Final[Mapping[str, str]] = {
    "letterlijk": "letterlijk",
    "idealiter": "idealiter",
    "instelling": "instelling (richtlijn: 'zo snel mogelijk'; 60 min uit voetnoot 11)",
    "zo_nodig": "zo nodig",
}
_STERKTE: Final = {words: rank for rank, words in enumerate(TERMIJNEN.values())}
# The outcome enums list their members heaviest first.
ZWAARTE: Final[Mapping[StrEnum, int]] = {
    member: rank for scale in (Contact, Urgentie, MoetGezien) for rank, member in enumerate(scale)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one matching rule contributes; ``oordeel`` combines the contributions.

    Terms and timers are minutes from this contact.
    """

    contact: Contact = Contact.NIET_NODIG
    urgentie: Urgentie = Urgentie.NIET_SPOED
    moet_gezien: MoetGezien = MoetGezien.VOORALSNOG_NIET
    zien_binnen: int | None = None
    streef: int | None = None
    termijn_zekerheid: str | None = None
    timers: tuple[int, ...] = ()
    adviezen: frozenset[str] = frozenset()
    zonder_adviezen: frozenset[str] = frozenset()  # advice this rule withdraws
    vlaggen: frozenset[str] = frozenset()
    melden_agressie: bool = False


def heaviest(a: E, b: E) -> E:
    return a if ZWAARTE[a] <= ZWAARTE[b] else b


class Som:
    """What the rules together contribute so far: heaviest contact, shortest term, all advice.

    The order in which effects are added has no meaning.
    """

    def __init__(self) -> None:
        self.contact = Contact.NIET_NODIG
        self.urgentie = Urgentie.NIET_SPOED
        self.moet_gezien = MoetGezien.VOORALSNOG_NIET
        self.zien_binnen: int | None = None
        self.streef: int | None = None
        self.termijn_zekerheid: str | None = None
        self.timers: set[int] = set()
        self.adviezen: set[str] = set()
        self.zonder_adviezen: set[str] = set()
        self.vlaggen: set[str] = set()
        self.melden_agressie = False

    def add(self, effect: Effect) -> None:
        self.contact = heaviest(self.contact, effect.contact)
        self.urgentie = heaviest(self.urgentie, effect.urgentie)
        self.moet_gezien = heaviest(self.moet_gezien, effect.moet_gezien)
        if effect.zien_binnen is not None:
            self._add_term(effect.zien_binnen, effect.termijn_zekerheid or "")
        if effect.streef is not None:
            self.streef = effect.streef if self.streef is None else min(self.streef, effect.streef)
        self.timers.update(effect.timers)
        self.adviezen |= effect.adviezen
        self.zonder_adviezen |= effect.zonder_adviezen
        self.vlaggen |= effect.vlaggen
        self.melden_agressie = self.melden_agressie or effect.melden_agressie

    def _add_term(self, minutes: int, words: str) -> None:
        """The smallest deadline; at a tie the one that the text carries most firmly."""
        if self.zien_binnen is None or self.termijn_zekerheid is None:
            self.zien_binnen, self.termijn_zekerheid = minutes, words
            return
        own = (self.zien_binnen, _STERKTE[self.termijn_zekerheid])
        if (minutes, _STERKTE[words]) < own:
            self.zien_binnen, self.termijn_zekerheid = minutes, words
