"""Scenario tables: worked cases that the protocol must get right.

One table serves three ends: the acceptance test of an edition, what a coordinator runs against a
concept version, and the cases of the training.  Its format is that of ``triage/scenarios``:

* ``basis``: facts that every case shares; ``instellingen_standaard``: settings that differ from
  the shipped ones; ``feestdagen_voor_test``: the holidays that hold in the table;
* a list of cases for each section (``triage``, ``validatie``, ``proces``, ``verslag``).  A case
  has an ``id``, its facts, and what is expected (``verwacht``): only what stands there is compared.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from triage.protocol.instellingen import STANDAARD, Instellingen
from triage.protocol.lezing import STANDAARD_LEZING, Lezing
from triage.protocol.toetsing.feiten import a_date, read_settings
from triage.protocol.toetsing.lezen import (
    TabelFout,
    a_block,
    a_list,
    a_text,
    of_kind,
    only_known,
    parse,
    printable,
    read_file,
    short,
)
from triage.protocol.toetsing.onderdelen import Omgeving, Onderdeel, register, sections

__all__ = [
    "Afwijking",
    "Geval",
    "Omgeving",
    "Onderdeel",
    "TabelFout",
    "Toetsuitslag",
    "parse",
    "printable",
    "read_file",
    "register",
    "run_table",
    "sections",
]

_KOP: Final = ("meta", "basis", "instellingen_standaard", "feestdagen_voor_test", "regels")
# What a case may say about itself; nobody judges by it.
_TOELICHTING: Final = (
    "titel",
    "lastig",
    "zekerheid",
    "spanning",
    "paragraaf",
    "rij",
    "noot",
    "toelichting",
)
# Expected values without a meaning in their order.
_VERZAMELINGEN: Final = ("adviezen", "vlaggen", "regels", "validatie_fouten", "fouten", "hints")
MEESTE_GEVALLEN: Final = 20_000


@dataclass(frozen=True, slots=True)
class Afwijking:
    """One field in which a case came out differently."""

    veld: str
    verwacht: Any
    gevonden: Any

    def __str__(self) -> str:
        return f"{self.veld}: verwacht {short(self.verwacht)}, gevonden {short(self.gevonden)}"


@dataclass(frozen=True, slots=True)
class Geval:
    """One case and how it came out."""

    onderdeel: str
    id: str
    titel: str
    afwijkingen: tuple[Afwijking, ...]

    @property
    def is_geslaagd(self) -> bool:
        return not self.afwijkingen


@dataclass(frozen=True, slots=True)
class Toetsuitslag:
    """How a whole table came out."""

    gevallen: tuple[Geval, ...]

    @property
    def gezakt(self) -> tuple[Geval, ...]:
        return tuple(geval for geval in self.gevallen if not geval.is_geslaagd)

    @property
    def slotregel(self) -> str:
        """``N passed, N failed``."""
        return f"{len(self.gevallen) - len(self.gezakt)} passed, {len(self.gezakt)} failed"


def _no_holidays(_moment: datetime) -> frozenset[date]:
    return frozenset()


def run_table(
    book: Mapping[str, Any],
    lezing: Lezing | None = None,
    feestdagen: Callable[[datetime], frozenset[date]] = _no_holidays,
) -> Toetsuitslag:
    """Run every case of a table; ``TabelFout`` when the table itself is wrong.

    ``lezing`` None: the shipped rule set with the settings of the table.  Otherwise that reading
    counts, and of the table only what a single case sets.  ``feestdagen`` gives the holidays around
    a moment, for a table without its own.
    """
    known = sections()
    only_known(book, (*_KOP, *known), "het bestand")
    a_block(book.get("meta", {}), "meta")
    a_list(book.get("regels", []), "regels")
    omgeving = _surroundings(book, lezing, feestdagen)
    gevallen: list[Geval] = []
    seen: dict[str, str] = {}
    for naam, onderdeel in known.items():
        for number, case in enumerate(a_list(book.get(naam, []), naam), 1):
            if len(gevallen) >= MEESTE_GEVALLEN:
                raise TabelFout(naam, f"meer dan {MEESTE_GEVALLEN} gevallen")
            plaats = f"{naam}[{number}]"
            gevallen.append(_run(onderdeel, a_block(case, plaats), omgeving, plaats))
            id = gevallen[-1].id
            if id in seen:
                raise TabelFout(plaats, f"{short(id)} staat ook al bij {seen[id]}")
            seen[id] = plaats
    if not gevallen:
        raise TabelFout("het bestand", f"bevat geen gevallen onder {', '.join(known)}")
    return Toetsuitslag(tuple(gevallen))


def _surroundings(
    book: Mapping[str, Any],
    lezing: Lezing | None,
    feestdagen: Callable[[datetime], frozenset[date]],
) -> Omgeving:
    own = read_settings(STANDAARD, book.get("instellingen_standaard", {}), "instellingen_standaard")
    if "feestdagen_voor_test" in book:
        days = frozenset(
            a_date(day, f"feestdagen_voor_test[{number}]")
            for number, day in enumerate(
                a_list(book["feestdagen_voor_test"], "feestdagen_voor_test"), 1
            )
        )
        feestdagen = lambda _moment: days  # noqa: E731
    basis = a_block(book.get("basis", {}), "basis")
    return Omgeving(lezing or replace(STANDAARD_LEZING, instellingen=own), feestdagen, basis)


def _run(onderdeel: Onderdeel, case: Mapping[str, Any], omgeving: Omgeving, plaats: str) -> Geval:
    if "id" not in case:
        raise TabelFout(plaats, "id ontbreekt")
    id = a_text(case["id"], f"{plaats}, id")
    plaats = f"{plaats} ({short(id)})"
    for key in (*onderdeel.feiten, "verwacht"):
        if key not in case:
            raise TabelFout(plaats, f"{key} ontbreekt")
    only_known(case, ("id", "instellingen", "verwacht", *_TOELICHTING, *onderdeel.feiten), plaats)
    expected = _expected(onderdeel, case["verwacht"], f"{plaats}, verwacht")
    found = onderdeel.judge(case, _with_settings(omgeving, case, plaats), plaats)
    return Geval(
        onderdeel.naam,
        id,
        of_kind(case.get("titel", ""), (str,), f"{plaats}, titel"),
        tuple(
            Afwijking(key, value, plain(found[key]))
            for key, value in expected.items()
            if not _is_equal(key, value, plain(found[key]))
        ),
    )


def _with_settings(omgeving: Omgeving, case: Mapping[str, Any], plaats: str) -> Omgeving:
    changes = case.get("instellingen", {})
    if not changes:
        a_block(changes, f"{plaats}, instellingen")
        return omgeving
    settings: Instellingen = read_settings(
        omgeving.instellingen, changes, f"{plaats}, instellingen"
    )
    return replace(omgeving, lezing=replace(omgeving.lezing, instellingen=settings))


def _expected(onderdeel: Onderdeel, verwacht: Any, plaats: str) -> dict[str, Any]:
    verwacht = a_block(verwacht, plaats)
    only_known(verwacht, (*onderdeel.verwacht, "noot"), plaats)
    expected = {key: value for key, value in verwacht.items() if key != "noot"}
    for key, value in expected.items():
        of_kind(value, onderdeel.verwacht[key], f"{plaats}, {key}")
    if not expected:
        raise TabelFout(plaats, "er staat niets om te vergelijken")
    return expected


def plain(value: Any) -> Any:
    """A found value as it would stand in the file."""
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, str):
        return str(value)
    return value


def _is_equal(key: str, expected: Any, found: Any) -> bool:
    if key in _VERZAMELINGEN:
        return sorted(map(repr, expected)) == sorted(map(repr, found))
    return type(expected) is type(found) and bool(expected == found)
