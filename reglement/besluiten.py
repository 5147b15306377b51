"""Which decision stands on a point of the agenda, and whether it may be voted on again."""

from collections.abc import Iterable
from uuid import UUID

from reglement.models import Agendapunt, Besluit, Stemming


def standing_decision(agendapunt: Agendapunt) -> Besluit | None:
    """Return the decision that stands: the newest, because a re-vote replaces the one before.

    None when nothing was decided yet, also while a re-vote runs or waits for its casting vote.
    """
    return standing_decisions([agendapunt]).get(agendapunt.pk)


def standing_decisions(agendapunten: Iterable[Agendapunt]) -> dict[UUID, Besluit]:
    """Return the decision that stands by the id of its point; one query."""
    rows = Besluit.objects.filter(agendapunt__in=list(agendapunten))
    newest: dict[UUID, Besluit] = {}
    for row in rows.select_related("stemming__herstemming__besluit").order_by("nummer"):
        invalid = row.uitkomst == Besluit.Uitkomst.GEEN_GELDIGE_STEMMING
        # Without enough deelnemers a re-vote replaces nothing.
        if not (invalid and row.agendapunt_id in newest):
            newest[row.agendapunt_id] = row
    return {pk: row for pk, row in newest.items() if not _is_voted_again(row)}


def may_repeat(stemming: Stemming) -> bool:
    """Whether the meeting decided to hold this vote again."""
    return stemming.ordevoorstellen.filter(
        status=Stemming.Status.GESLOTEN, uitslag__aangenomen=True
    ).exists()


def _is_voted_again(besluit: Besluit) -> bool:
    again = getattr(besluit.stemming, "herstemming", None)
    if again is None or again.status == again.Status.INGETROKKEN:
        return False
    # Closed without a decision: the votes tie, and somebody has to break it (10.5).
    return not hasattr(again, "besluit")
