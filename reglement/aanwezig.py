"""Who is in the meeting at a moment, and from when until when (A-7): the lines of `Aanwezigheid`.

A line is never changed: somebody who comes back has a second stretch.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from reglement.models import Aanwezigheid, Vergadering

Soort = Aanwezigheid.Soort


@dataclass(frozen=True)
class Tijdvak:
    """A stretch in which a deelnemer was there; `tot` is None as long as it lasts."""

    regel: Aanwezigheid
    tot: datetime | None

    @property
    def van(self) -> datetime:
        return self.regel.op

    def holds(self, moment: datetime) -> bool:
        """Whether the deelnemer was there: from the line of coming, until that of leaving."""
        return self.van <= moment and (self.tot is None or moment < self.tot)


def lines_of(vergadering: Vergadering) -> list[Aanwezigheid]:
    """Return every line in order, with its practice and persons. One query."""
    rows = Aanwezigheid.objects.filter(vergadering=vergadering)
    return list(
        rows.select_related("deelnemer", "gebruiker", "genoteerd_door").order_by(
            "op", "aangemaakt_op"
        )
    )


def fold(lines: Iterable[Aanwezigheid]) -> dict[UUID, list[Tijdvak]]:
    """Return the stretches of every deelnemer, in order; the lines come in order of time."""
    found: dict[UUID, list[Tijdvak]] = {}
    for line in lines:
        own = found.setdefault(line.deelnemer_id, [])
        if own and own[-1].tot is None:
            # Also a second line of coming: somebody else for the same practice, or from elsewhere.
            own[-1] = Tijdvak(own[-1].regel, line.op)
        if line.soort == Soort.BINNEN:
            own.append(Tijdvak(line, None))
    return found


def stretches(vergadering: Vergadering) -> dict[UUID, list[Tijdvak]]:
    """Return the stretches of every deelnemer that was there. One query."""
    return fold(lines_of(vergadering))


def present_at(vergadering: Vergadering, moment: datetime | None = None) -> list[Aanwezigheid]:
    """Return the line by which each deelnemer is in, at this moment or now. One query.

    Nobody is present any more after the end of the meeting, unless asked for a moment before.
    """
    return present_in(stretches(vergadering), moment)


def present_in(
    found: dict[UUID, list[Tijdvak]], moment: datetime | None = None
) -> list[Aanwezigheid]:
    """Return the lines of those who are in; of stretches that were read before."""
    if moment is None:
        return [own[-1].regel for own in found.values() if own and own[-1].tot is None]
    return [vak.regel for own in found.values() for vak in own if vak.holds(moment)]
