"""What a rule may look at."""

from collections.abc import Callable
from datetime import date
from typing import Any

from triage.protocol.combineren import Som
from triage.protocol.feiten import Feiten
from triage.protocol.instellingen import Instellingen


class Situatie:
    """Clean facts, settings, holidays, and what the earlier phases concluded.

    ``tot_nu_toe`` (`combineren.Som`) is what the earlier phases contributed; the rules of one phase
    all see the same one, so that their order has no meaning.
    """

    __slots__ = ("_onthouden", "f", "feestdagen", "s", "tot_nu_toe")

    def __init__(self, f: Feiten, s: Instellingen, feestdagen: frozenset[date]) -> None:
        self.f = f
        self.s = s
        self.feestdagen = feestdagen
        self.tot_nu_toe = Som()
        self._onthouden: dict[str, Any] = {}

    def once(self, naam: str, bereken: Callable[["Situatie"], Any]) -> Any:
        """The value of a derived fact or named condition, computed at most once."""
        try:
            return self._onthouden[naam]
        except KeyError:
            waarde = self._onthouden[naam] = bereken(self)
            return waarde
