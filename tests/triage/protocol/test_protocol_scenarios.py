"""The worked cases of the requirements, kept beside the repository, and our own sixteen."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from triage.protocol import (
    Feiten,
    Instellingen,
    Procesfeiten,
    Uitkomst,
    evaluate,
    judge_process,
    validate,
)

REPO = Path(__file__).resolve().parents[3]
EIGEN = REPO / "triage" / "scenarios" / "eerste.json"
GEDEELD = REPO.parent / "shared" / "scenarios" / "triage.json"


def cases(path: Path, key: str) -> list[Any]:
    if not path.exists():
        return [pytest.param({}, {}, marks=pytest.mark.skip(reason=f"NOT FOUND: {path}"), id=key)]
    book = json.loads(path.read_text(encoding="utf-8"))
    return [pytest.param(book, case, id=case["id"]) for case in book[key]]


def outcome_of(book: dict[str, Any], case: dict[str, Any]) -> Uitkomst:
    feiten = Feiten.from_mapping({**book["basis"], **case["verschil_met_basis"]})
    return evaluate(feiten, settings_of(book, case), holidays_of(book))


def settings_of(book: dict[str, Any], case: dict[str, Any]) -> Instellingen:
    return Instellingen(
        **{**book.get("instellingen_standaard", {}), **case.get("instellingen", {})}
    )


def holidays_of(book: dict[str, Any]) -> list[date]:
    days = book.get("feestdagen_voor_test", book.get("feestdagen", []))
    return [date.fromisoformat(day) for day in days]


def plain(uitkomst: Uitkomst) -> dict[str, Any]:
    return {
        **uitkomst.as_record(),
        "regels": list(uitkomst.regel_ids),
        "reden_paragrafen": {regel.id: regel.paragraaf for regel in uitkomst.regels},
    }


@pytest.mark.parametrize(("book", "case"), [*cases(GEDEELD, "triage"), *cases(EIGEN, "triage")])
def test_outcome(book: dict[str, Any], case: dict[str, Any]) -> None:
    found = plain(outcome_of(book, case))
    assert {key: found[key] for key in case["verwacht"]} == case["verwacht"]


@pytest.mark.parametrize(("book", "case"), cases(GEDEELD, "triage"))
def test_certainty_of_the_rules_is_that_of_the_requirements(
    book: dict[str, Any], case: dict[str, Any]
) -> None:
    certainty = {regel["id"]: regel["zekerheid"] for regel in book["regels"]}
    for regel in outcome_of(book, case).regels:
        assert regel.zekerheid == certainty[regel.id], regel.id


@pytest.mark.parametrize(("book", "case"), cases(GEDEELD, "validatie"))
def test_validation_blocks_closing_only(book: dict[str, Any], case: dict[str, Any]) -> None:
    feiten = Feiten.from_mapping({**book["basis"], **case["verschil_met_basis"]})
    expected = case["verwacht"]
    assert validate(feiten, settings_of(book, case)) == expected["validatie_fouten"]
    uitkomst = outcome_of(book, case)
    assert uitkomst.contact_tandarts == expected["contact_tandarts"]
    assert uitkomst.contact_verplicht == expected["contact_verplicht"]
    assert uitkomst.terugbel_minuten == expected["terugbel_minuten"]


@pytest.mark.parametrize(("book", "case"), cases(GEDEELD, "proces"))
def test_process(book: dict[str, Any], case: dict[str, Any]) -> None:
    oordeel = judge_process(Procesfeiten.from_mapping(case["feiten"]), settings_of(book, case))
    for key, expected in case["verwacht"].items():
        found = getattr(oordeel, key)
        assert (list(found) if isinstance(found, tuple) else found) == expected, key


def test_own_cases_cover_every_row_twice() -> None:
    rows = [case["rij"] for case in json.loads(EIGEN.read_text(encoding="utf-8"))["triage"]]
    assert all(rows.count(row) >= 2 for row in range(1, 7))
