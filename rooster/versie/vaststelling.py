"""When may a proposed roster be adopted (RO-7, MR art. 4.2). Pure.

The coordinator has the roster approved by the deelnemers. The guideline gives no count; our
reading: nobody who has not answered is passed over before the closing date, after it silence is
consent, and whoever objects, or a place that is still open, is not passed over without a reason
that everybody can read.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Stand:
    """How a proposal stands: practices by what they said, and the places nobody holds."""

    akkoord: tuple[Hashable, ...]
    bezwaar: tuple[Hashable, ...]
    stil: tuple[Hashable, ...]
    open_plaatsen: int
    gesloten: bool
    """The closing date is over."""

    @property
    def mag(self) -> bool:
        """Whether it may be adopted now."""
        return self.gesloten or not self.stil

    @property
    def vraagt_reden(self) -> bool:
        """Whether adopting it passes over somebody or something."""
        return bool(self.bezwaar or self.open_plaatsen)


def judge(
    deelnemers: Iterable[Hashable],
    antwoorden: Mapping[Hashable, bool],
    open_plaatsen: int,
    *,
    vandaag: date,
    reageren_tot: date,
) -> Stand:
    """Return how the proposal stands. An answer of a practice that left counts no more."""
    said = {pk: antwoorden.get(pk) for pk in deelnemers}
    return Stand(
        akkoord=tuple(pk for pk, answer in said.items() if answer is True),
        bezwaar=tuple(pk for pk, answer in said.items() if answer is False),
        stil=tuple(pk for pk, answer in said.items() if answer is None),
        open_plaatsen=open_plaatsen,
        # The closing date itself still counts.
        gesloten=vandaag > reageren_tot,
    )
