"""The cases of the training: the scenario tables that the product ships (U13).

Pure: no Django, no database. A case is a row of a table in `triage/scenarios/*.json`; what is right
is not read from that row but asked of the protocol, so that training and call screen never differ.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from triage.protocol import STANDAARD_LEZING, Feiten, Lezing, Tabel, Uitkomst

MAP: Final = Path(__file__).resolve().parent.parent / "triage" / "scenarios"

# A case that fires rules of several tables belongs to the heaviest subject.
_VOLGORDE: Final = (
    Tabel.LETSEL_AVULSIE,
    Tabel.BLOEDING,
    Tabel.KOORTS_ZWELLING,
    Tabel.ONGEMAK_PIJN,
    Tabel.ALGEMEEN,
    Tabel.RANDVOORWAARDEN,
)


@dataclass(frozen=True, slots=True)
class Casus:
    """One case: `sleutel` is file and id, `titel` gives the point away and is shown afterwards."""

    sleutel: str
    titel: str
    tabel: Tabel
    feiten: Feiten


@dataclass(frozen=True, slots=True)
class Eerder:
    """What somebody did with a case before: how often, and the points of the last time."""

    aantal: int
    punten: int


@cache
def cases() -> tuple[Casus, ...]:
    """Return every case that is judged with the standard settings, in the order of the files.

    Raises `ValueError` or `KeyError` for a broken table: the product ships it, so that is a bug.
    """
    found: list[Casus] = []
    for path in sorted(MAP.glob("*.json")):
        book = json.loads(path.read_text(encoding="utf-8"))
        found += [
            _case(path.stem, book, row) for row in book.get("triage", []) if _is_ordinary(row)
        ]
    return tuple(found)


@cache
def holidays() -> frozenset[date]:
    """Return the days that the tables count as holidays."""
    days: set[date] = set()
    for path in MAP.glob("*.json"):
        book = json.loads(path.read_text(encoding="utf-8"))
        days |= {date.fromisoformat(day) for day in book.get("feestdagen_voor_test", [])}
    return frozenset(days)


def right_outcome(feiten: Feiten, lezing: Lezing = STANDAARD_LEZING) -> Uitkomst:
    """Return what the protocol says when everything is known, in the reading of a kring."""
    return lezing.evaluate(feiten, holidays())


def choose(gedaan: Mapping[str, Eerder], *, zaad: int, tabel: str = "") -> Casus:
    """Return the next case for somebody: first what is new, then what went worst.

    `zaad` (the person) gives everybody an order of their own. Raises `LookupError` when `tabel` has
    no case.
    """
    candidates = [case for case in cases() if not tabel or case.tabel == tabel]
    if not candidates:
        raise LookupError(tabel)
    return min(candidates, key=lambda case: (*_progress(gedaan, case), _lot(zaad, case)))


def tables_with_cases() -> list[Tabel]:
    """Return the tables that can be practised, in the order of the protocol."""
    present = {case.tabel for case in cases()}
    return [tabel for tabel in Tabel if tabel in present]


def _is_ordinary(row: Mapping[str, Any]) -> bool:
    return not row.get("instellingen")


def _case(stem: str, book: Mapping[str, Any], row: Mapping[str, Any]) -> Casus:
    feiten = Feiten.from_mapping({**book["basis"], **row["verschil_met_basis"]})
    return Casus(f"{stem}:{row['id']}", row["titel"], _table(right_outcome(feiten)), feiten)


def _table(uitkomst: Uitkomst) -> Tabel:
    fired = {regel.tabel for regel in uitkomst.regels}
    return next(tabel for tabel in _VOLGORDE if tabel in fired)


def _progress(gedaan: Mapping[str, Eerder], case: Casus) -> tuple[int, int]:
    before = gedaan.get(case.sleutel)
    return (before.aantal, before.punten) if before else (0, 0)


def _lot(zaad: int, case: Casus) -> str:
    return hashlib.sha256(f"{zaad} {case.sleutel}".encode()).hexdigest()


def find(sleutels: Iterable[str]) -> dict[str, Casus]:
    """Return the cases of these keys that still exist."""
    wanted = set(sleutels)
    return {case.sleutel: case for case in cases() if case.sleutel in wanted}
