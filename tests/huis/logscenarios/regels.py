"""The shape of one scenario, and the lines that several of them leave."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Line = tuple[str, str, str, bool]


def line(gebeurtenis: str, actie: str, uitkomst: str = "geslaagd", *, patient: bool = True) -> Line:
    return (gebeurtenis, actie, uitkomst, patient)


@dataclass(frozen=True)
class Scenario:
    """`soort` is the kind of event that NEN 7513 names; `data` may be made from the objects."""

    soort: str
    route: str
    methode: str
    wie: str
    regels: list[Line]
    data: Any = field(default_factory=dict)
    vooraf: Callable | None = None
    variant: str = ""
    waarom: str = ""

    def __str__(self):
        return " ".join(filter(None, [self.soort, self.methode, self.route, self.variant]))


BSN_SHOWN = line("bsn.getoond", "R")
GEEN_PATIENT = "shows no patient"
