"""Who may refer when: the hours of one practice beside the duties of the kring (§5.4.1).

Pure. In its own regular hours a practice sees its own patients; outside them it refers while a
duty runs; what is left it has to arrange itself.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from rooster.regels import Periode

OPEN, VERWIJZEN, ZELF = "open", "verwijzen", "zelf"


class Gebruik(NamedTuple):
    """A stretch of time in which one thing holds for a practice."""

    begin: datetime
    einde: datetime
    wat: str


def usage(
    diensten: Iterable[Periode], geopend: Iterable[Periode], bereik: Periode
) -> list[Gebruik]:
    """Return what holds in every hour of a stretch, in order and without holes."""
    found = {VERWIJZEN: list(diensten), OPEN: list(geopend)}
    moments = {moment for rows in found.values() for row in rows for moment in row}
    cuts = sorted({*bereik, *(m for m in moments if bereik.begin < m < bereik.einde)})
    stretches: list[Gebruik] = []
    for begin, einde in pairwise(cuts):
        wat = next((wat for wat in (OPEN, VERWIJZEN) if _covers(found[wat], begin)), ZELF)
        same = stretches and stretches[-1].wat == wat
        stretches.append(Gebruik(stretches.pop().begin if same else begin, einde, wat))
    return stretches


def _covers(rows: list[Periode], moment: datetime) -> bool:
    return any(row.begin <= moment < row.einde for row in rows)
