"""What a rule may look at, and what it contributes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from triage.protocol.feiten import Feiten
from triage.protocol.instellingen import Instellingen
from triage.protocol.uitkomst import Contact, MoetGezien, Urgentie


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


GEEN_EFFECT: Final = Effect()


class Situatie:
    """Clean facts, settings, holidays, and what the earlier phases concluded.

    ``tot_nu_toe`` is the combined contribution of the earlier phases; the rules of one phase all
    see the same one, so that their order has no meaning.
    """

    __slots__ = ("_onthouden", "f", "feestdagen", "s", "tot_nu_toe")

    def __init__(self, f: Feiten, s: Instellingen, feestdagen: frozenset[date]) -> None:
        self.f = f
        self.s = s
        self.feestdagen = feestdagen
        self.tot_nu_toe = GEEN_EFFECT
        self._onthouden: dict[str, Any] = {}

    def once(self, naam: str, bereken: Callable[["Situatie"], Any]) -> Any:
        """The value of a derived fact or named condition, computed at most once."""
        try:
            return self._onthouden[naam]
        except KeyError:
            waarde = self._onthouden[naam] = bereken(self)
            return waarde
