"""Who counts as a deelnemer on a day, and who votes for it (BV-1, MR 2, 9.2l; §5.3.3)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kern.toegang import Rol
from kring.models import Deelnemer, Gebruiker, Lidmaatschap
from reglement.models import Deelname


@dataclass(frozen=True)
class Lid:
    """A practice with its status on a day; without a vertegenwoordiger it cannot vote."""

    deelnemer: Deelnemer
    status: str
    vertegenwoordiger: Gebruiker | None

    @property
    def telt_mee(self) -> bool:
        """Whether it is in the number of deelnemers that quorum and majority are taken of."""
        return self.status in (Deelname.Status.LID, Deelname.Status.VOORWAARDELIJK)


def register_on(kring_id: int, dag: date) -> list[Lid]:
    """Return every practice of the kring with its status on this day, by name. Three queries.

    A practice without any line in `Deelname` is a deelnemer as long as it is active; one that has
    lines is what they say, whatever else was ticked since.
    """
    lines: dict[UUID, list[Deelname]] = {}
    for row in Deelname.objects.filter(kring_id=kring_id).order_by("vanaf"):
        lines.setdefault(row.deelnemer_id, []).append(row)
    speaks: dict[UUID | None, Gebruiker] = {
        row.deelnemer_id: row.gebruiker
        for row in Lidmaatschap.objects.filter(
            kring_id=kring_id,
            rol=Rol.VERTEGENWOORDIGER,
            status=Lidmaatschap.Status.ACTIEF,
            gebruiker__is_active=True,
        ).select_related("gebruiker")
    }
    practices = Deelnemer.objects.filter(kring_id=kring_id).order_by("naam")
    return [
        Lid(row, _status(row, lines.get(row.pk, []), dag), speaks.get(row.pk)) for row in practices
    ]


def members_on(kring_id: int, dag: date) -> list[Lid]:
    """Return the deelnemers that count on this day."""
    return [lid for lid in register_on(kring_id, dag) if lid.telt_mee]


def _status(deelnemer: Deelnemer, lines: list[Deelname], dag: date) -> str:
    """Return the status of a day; `lines` are those of the practice, the first one first.

    Before its first line a practice was what that line ends: who was let in was none before, who
    stops or was expelled was one.
    """
    if not lines:
        return _by_itself(deelnemer)
    if dag < lines[0].vanaf:
        came_in = lines[0].status in (Deelname.Status.LID, Deelname.Status.EENZIJDIG)
        return Deelname.Status.GEEINDIGD if came_in else Deelname.Status.LID
    on_day = (row.status for row in lines if row.vanaf <= dag and (row.tot or dag) >= dag)
    return next(on_day, None) or _by_itself(deelnemer)


def _by_itself(deelnemer: Deelnemer) -> str:
    return Deelname.Status.LID if deelnemer.actief else Deelname.Status.GEEINDIGD
