"""What was promised against what arrived; pure, so that the verdict itself can be tested."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Belofte:
    """A signed report of which the transaction was acknowledged.

    Every report of these tests has a recipient of its own, so the address names the report.
    `op` is the moment of the acknowledgement (seconds since 1970), `duur` the seconds that the
    person who signed waited and `hint` the part of it after the commit.
    """

    adres: str
    bericht: str
    sha256: str
    op: float
    duur: float
    hint: float


@dataclass(frozen=True)
class Ontvangst:
    """A message that the mail server took in, whether it could still say so or not."""

    adres: str
    bericht: str
    sha256: str
    op: float


@dataclass(frozen=True)
class Uitslag:
    """The verdict over one fault, or over a whole campaign.

    `herhaald` counts the copies after the first; `anders` names the recipients who got two
    different messages, or another one than was promised. Seconds, each in rising order: `reizen`
    from acknowledged to taken in, `opslaan` what the signer waited.
    """

    beloofd: int
    verloren: tuple[str, ...]
    herhaald: int
    anders: tuple[str, ...]
    meest: int
    reizen: tuple[float, ...]
    opslaan: tuple[float, ...]

    @property
    def is_goed(self) -> bool:
        return not self.verloren and not self.anders


def tally(beloften: Iterable[Belofte], ontvangsten: Iterable[Ontvangst]) -> Uitslag:
    """Hold every promise against everything that arrived at its address."""
    beloften = list(beloften)
    by_address: dict[str, list[Ontvangst]] = defaultdict(list)
    for ontvangst in ontvangsten:
        by_address[ontvangst.adres].append(ontvangst)
    lost, other, journeys, repeats, most = [], [], [], 0, 0
    for belofte in beloften:
        found = by_address[belofte.adres]
        if not found:
            lost.append(belofte.adres)
            continue
        kinds = {(ontvangst.bericht, ontvangst.sha256) for ontvangst in found}
        if kinds != {(belofte.bericht, belofte.sha256)}:
            other.append(belofte.adres)
        repeats += len(found) - 1
        most = max(most, len(found))
        journeys.append(min(ontvangst.op for ontvangst in found) - belofte.op)
    return Uitslag(
        beloofd=len(beloften),
        verloren=tuple(lost),
        herhaald=repeats,
        anders=tuple(other),
        meest=most,
        reizen=tuple(sorted(journeys)),
        opslaan=tuple(sorted(belofte.duur for belofte in beloften)),
    )


def percentile(ordered: Sequence[float], part: float) -> float:
    """Return the value below which this part lies (nearest rank); 0 of nothing."""
    if not ordered:
        return 0.0
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]
