"""The list of faults: one function for each, played a few times in CI and many in a campaign."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.storingen.proef import Proef


@dataclass(frozen=True)
class Geval:
    """`rij` is the row of the fault matrix; `kort` and `lang` are how often (or how long, s)."""

    rij: int
    naam: str
    speel: Callable[[Proef, int], None]
    kort: int
    lang: int


GEVALLEN: list[Geval] = []


def geval(rij: int, *, kort: int, lang: int) -> Callable:
    """Put a fault on the list. It leaves the house as it is; `Proef.settle` comes between."""

    def put(speel: Callable[[Proef, int], None]) -> Callable[[Proef, int], None]:
        GEVALLEN.append(Geval(rij, speel.__name__, speel, kort, lang))
        return speel

    return put
