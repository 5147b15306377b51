"""The worked cases of the requirements, kept beside the repository, and our own tables."""

import json
from pathlib import Path
from typing import Any

import pytest

from triage.protocol import STANDAARD_REGELSET
from triage.protocol.toetsing import run_table

REPO = Path(__file__).resolve().parents[3]
EIGEN = sorted((REPO / "triage" / "scenarios").glob("*.json"))
EISEN = REPO.parent / "shared"
GEDEELD = EISEN / "scenarios" / "triage.json"
ONDERDELEN = ("triage", "validatie", "proces", "verslag")

# A checkout alone has no requirements beside it. Where they are, a file that was moved is a fault.
with_requirements = pytest.mark.skipif(not EISEN.is_dir(), reason=f"NOT FOUND: {EISEN}")


def cases(path: Path) -> list[Any]:
    """Each case as a table of its own, with the head of its table."""
    if path == GEDEELD and not EISEN.is_dir():
        return [pytest.param({}, marks=with_requirements, id="none")]
    book = json.loads(path.read_text(encoding="utf-8"))
    head = {key: value for key, value in book.items() if key not in ONDERDELEN}
    return [
        pytest.param({**head, naam: [case]}, id=case["id"])
        for naam in ONDERDELEN
        for case in book.get(naam, [])
    ]


@pytest.mark.parametrize("table", [param for path in (GEDEELD, *EIGEN) for param in cases(path)])
def test_worked_case(table: dict[str, Any]) -> None:
    assert [str(item) for geval in run_table(table).gevallen for item in geval.afwijkingen] == []


@with_requirements
def test_requirements_have_cases_of_every_part() -> None:
    """Else the loop above would run through fewer cases, and nobody would see it."""
    book = json.loads(GEDEELD.read_text(encoding="utf-8"))
    assert {naam for naam in ONDERDELEN if book.get(naam)} == set(ONDERDELEN)


@with_requirements
def test_rules_are_those_of_the_requirements() -> None:
    rows = json.loads(GEDEELD.read_text(encoding="utf-8"))["regels"]
    assert {row["id"]: (row["paragraaf"], row["zekerheid"]) for row in rows} == {
        regel.id: (regel.paragraaf, regel.zekerheid) for regel in STANDAARD_REGELSET.regels
    }


def test_own_tables_cover_every_row_and_section() -> None:
    books = [json.loads(path.read_text(encoding="utf-8")) for path in EIGEN]
    rows = [case.get("rij") for book in books for case in book.get("triage", [])]
    assert all(rows.count(row) >= 2 for row in range(1, 7))
    fired = {
        id
        for book in books
        for case in book.get("triage", [])
        for id in case["verwacht"].get("regels", [])
    }
    assert fired >= {regel.id for regel in STANDAARD_REGELSET.regels}
    assert {naam for book in books for naam in ONDERDELEN if book.get(naam)} == set(ONDERDELEN)
