"""How a vote stands: who is there, who took part, who still can. Never what a secret vote chose."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from reglement.aanwezig import present_at
from reglement.models import Hoofdelijkestem, Stemming, Stemopkomst
from reglement.stemmen.opgave import lezing_in, members_in, names_in, voiceless_in


@dataclass(frozen=True)
class Stand:
    """A vote at a moment. Two queries, whatever the number of deelnemers.

    `aanwezig` are the deelnemers that count as present: who is there, and who voted and left.
    """

    aanwezig: frozenset[UUID]
    gestemd: frozenset[UUID]
    mag: frozenset[UUID]
    namen: dict[UUID, str]

    @property
    def wachten_op(self) -> list[str]:
        """The practices that may vote and did not yet, by name."""
        return sorted(self.namen[pk] for pk in self.mag - self.gestemd)

    @property
    def gestemd_namen(self) -> list[str]:
        return sorted(self.namen[pk] for pk in self.gestemd)

    @property
    def compleet(self) -> bool:
        return not self.mag - self.gestemd


def voted_in(stemming: Stemming) -> frozenset[UUID]:
    """Return the deelnemers that took part."""
    model = Stemopkomst if stemming.geheim else Hoofdelijkestem
    rows = model.objects.filter(stemming=stemming)
    return frozenset(rows.values_list("deelnemer_id", flat=True))


def read_stand(stemming: Stemming, moment: datetime | None = None) -> Stand:
    """Return how a vote stands, at a moment or now."""
    members = members_in(stemming)
    there = frozenset(
        row.deelnemer_id for row in present_at(stemming.agendapunt.vergadering, moment)
    )
    voted = voted_in(stemming)
    return Stand(
        aanwezig=(there & members) | voted,
        gestemd=voted,
        mag=(there & members) - excluded_from(stemming) - voiceless_in(stemming),
        namen=names_in(stemming),
    )


def excluded_from(stemming: Stemming) -> frozenset[UUID]:
    """Return who is there but does not vote: the subject, where the reading says so (A-5)."""
    if stemming.betrokkene_id is None or lezing_in(stemming).betrokkene_stemt:
        return frozenset()
    return frozenset({stemming.betrokkene_id})
