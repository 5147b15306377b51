"""What those who were there say of the minutes: plain values in, the standing out. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Stand:
    """Who agrees, objects or is silent; whether the minutes may be adopted now."""

    akkoord: frozenset[UUID]
    bezwaar: frozenset[UUID]
    stil: frozenset[UUID]
    mag: bool


def standing(
    aanwezigen: Collection[UUID],
    antwoorden: Mapping[UUID, bool],
    *,
    vandaag: date,
    reageren_tot: date | None,
) -> Stand:
    """Return the standing of a round; the day after the last one, silence is consent.

    An objection does not block: it asks a reason that everybody reads (decision 0042).
    """
    agreed = frozenset(pk for pk in aanwezigen if antwoorden.get(pk) is True)
    objecting = frozenset(pk for pk in aanwezigen if antwoorden.get(pk) is False)
    silent = frozenset(aanwezigen) - agreed - objecting
    over = reageren_tot is not None and vandaag > reageren_tot
    return Stand(agreed, objecting, silent, not silent or over)
