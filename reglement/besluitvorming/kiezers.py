"""Who counts as deelnemer and who may vote on a day (2, 9.1.2, 9.2h, 9.2l, par. 5.3.3)."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reglement.lezing import STANDAARD, Lezing, Voorwaardelijk


class Status(StrEnum):
    """What a practice is to the kring; the values are those of `Deelname.status`."""

    LID = "lid"
    VOORWAARDELIJK = "voorwaardelijk"
    EENZIJDIG = "eenzijdig"
    GEROYEERD = "geroyeerd"
    GEEINDIGD = "geeindigd"


@dataclass(frozen=True, slots=True)
class Kiezer:
    """One practice on the register.

    `vertegenwoordiger` is whoever may vote for it, or None. `zonder_stem`: the decision about a
    conditional royement took the vote away for its term (A-12). `vanaf` and `tot` bound the
    status; `tot` is its last day.
    """

    deelnemer: Hashable
    status: Status = Status.LID
    vertegenwoordiger: Hashable | None = None
    zonder_stem: bool = False
    vanaf: date | None = None
    tot: date | None = None


@dataclass(frozen=True, slots=True)
class Kiesregister:
    """The deelnemers that count, and those of them that may vote, in the order given."""

    deelnemers: tuple[Hashable, ...]
    stemgerechtigd: tuple[Hashable, ...]
    zonder_vertegenwoordiger: tuple[Hashable, ...]
    artikel: str = "2, 9.1.2, 9.2l"

    @property
    def leden(self) -> int:
        return len(self.deelnemers)


def electorate(
    praktijken: Iterable[Kiezer], lezing: Lezing = STANDAARD, *, op: date | None = None
) -> Kiesregister:
    """Return the electoral register (BV-1, RY-14).

    A practice without vertegenwoordiger counts for the quorum and cannot vote. An exempt dentist
    changes nothing for the practice (par. 5.3.3).
    """
    counted = [kiezer for kiezer in praktijken if _counts(kiezer, lezing) and _holds_on(kiezer, op)]
    return Kiesregister(
        tuple(kiezer.deelnemer for kiezer in counted),
        tuple(
            kiezer.deelnemer
            for kiezer in counted
            if kiezer.vertegenwoordiger is not None and not kiezer.zonder_stem
        ),
        tuple(kiezer.deelnemer for kiezer in counted if kiezer.vertegenwoordiger is None),
    )


def _counts(kiezer: Kiezer, lezing: Lezing) -> bool:
    if kiezer.status is Status.VOORWAARDELIJK:
        return lezing.voorwaardelijk is Voorwaardelijk.DEELNEMER
    return kiezer.status is Status.LID


def _holds_on(kiezer: Kiezer, op: date | None) -> bool:
    if op is None:
        return True
    return (kiezer.vanaf is None or kiezer.vanaf <= op) and (kiezer.tot is None or op <= kiezer.tot)
