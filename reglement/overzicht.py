"""What somebody has to do now, offered by every subject of the app: one list for each person.

A subject registers a function in `AppConfig.ready`; it takes the request and the day, and returns
its lines for this person. It asks a fixed number of queries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Regel:
    """One thing to do, or (`volgt`) one that somebody else does and this person waits for.

    `wat` begins with a verb. `nu`: it stands still until this person acts (an open vote).
    """

    wat: str
    url: str
    uiterlijk: date | None = None
    waarom: str = ""
    nu: bool = False
    volgt: bool = False

    def is_late(self, dag: date) -> bool:
        return self.uiterlijk is not None and self.uiterlijk < dag


Bron = Callable[..., Iterable[Regel]]
_BRONNEN: list[Bron] = []


def register(bron: Bron) -> None:
    """Offer `bron(request, dag) -> lines`."""
    _BRONNEN.append(bron)


def lines_for(request, dag: date) -> list[Regel]:
    """Return every line for this person: what cannot wait first, then by day, then by name."""
    found = [regel for bron in _BRONNEN for regel in bron(request, dag)]
    return sorted(
        found, key=lambda regel: (not regel.nu, regel.uiterlijk or date.max, regel.wat.lower())
    )
