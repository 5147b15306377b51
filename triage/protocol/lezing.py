"""One way to read the guideline: an edition, its settings, and the local rules switched on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from triage.protocol.feiten import Feiten
from triage.protocol.instellingen import STANDAARD, Instellingen
from triage.protocol.oordeel import evaluate
from triage.protocol.regelset import Regelset
from triage.protocol.regelsets import STANDAARD_REGELSET, regelset
from triage.protocol.uitkomst import Uitkomst
from triage.protocol.zichtbaarheid import relevant_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Lezing:
    """What a call is judged by; ``ValueError`` for a local rule that the edition lacks."""

    regelset: Regelset = STANDAARD_REGELSET
    instellingen: Instellingen = STANDAARD
    lokale_regels: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.regelset.active_rules(self.lokale_regels)

    @classmethod
    def from_record(
        cls, regelset_id: str, instellingen: Mapping[str, Any], lokale_regels: Iterable[str] = ()
    ) -> "Lezing":
        """Build from what a kring stored; ``ValueError`` for anything the product does not know."""
        return cls(
            regelset=regelset(regelset_id),
            instellingen=Instellingen.from_mapping(instellingen),
            lokale_regels=frozenset(lokale_regels),
        )

    def evaluate(self, feiten: Feiten, feestdagen: Collection[date] = frozenset()) -> Uitkomst:
        """Judge one contact by this reading."""
        return evaluate(
            feiten,
            self.instellingen,
            feestdagen,
            regelset=self.regelset,
            lokale_regels=self.lokale_regels,
        )

    def relevant_fields(self, feiten: Feiten) -> frozenset[str]:
        """Names of the facts that count, given the complaints and answers of a call."""
        return relevant_fields(feiten.klachten, feiten, self.instellingen, self.lokale_regels)


STANDAARD_LEZING: Final = Lezing()
