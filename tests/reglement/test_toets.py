"""The runner of the scenario tables: our own cases pass, and a wrong one is told."""

import json
from copy import deepcopy
from pathlib import Path

import pytest

from reglement.toets import TabelFout, run_table

EIGEN = Path(__file__).resolve().parents[2] / "reglement" / "gegevens" / "besluit.json"
GEVAL = {
    "id": "Q",
    "operation": "quorum",
    "title": "tweede vergadering",
    "input": {"members": 9, "present": 5, "session": "second"},
    "expected": {"required": 5, "met": True},
    "alternatives": [
        {
            "policy": {"half_plus_one": "literal_ceil"},
            "expected": {"required": 6, "met": False},
            "reading": "letterlijk",
        }
    ],
}


def run(*cases, **book):
    return run_table({"scenarios": list(cases), **book})


def changed(path, value):
    case = deepcopy(GEVAL)
    place = case
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return case


def test_our_own_table_passes():
    found = run_table(json.loads(EIGEN.read_text(encoding="utf-8")))
    assert [str(one) for one in found.afwijkingen] == []
    assert found.geslaagd > 130
    assert found.overgeslagen == {"complaint_route": 1}


def test_every_expectation_of_our_table_is_looked_at():
    """Turn each expected value into something else: that case fails, and no other."""
    book = json.loads(EIGEN.read_text(encoding="utf-8"))
    for place, case in enumerate(book["scenarios"][:-1]):
        wrong = deepcopy(case)
        key = next(iter(wrong["expected"]))
        wrong["expected"][key] = "iets anders"
        found = run_table({"scenarios": [wrong]})
        assert (found.geslaagd, found.gezakt) == (0, 1), place
        assert key in found.afwijkingen[0].uitleg


def test_a_case_with_its_alternatives_counts_once():
    assert run(GEVAL).slotregel == "1 passed, 0 failed"


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("expected", "required"), 6, "required: verwacht 6, gevonden 5"),
        (("expected", "met"), 1, "met: verwacht 1, gevonden True"),
        (("expected",), {}, "verwacht wordt"),
        (("expected", "bestaat_niet"), 1, "bestaat_niet"),
        (("input",), {"session": "second"}, "ontbreekt in de invoer: 'members'"),
        (("input", "members"), "negen", "geen geheel getal"),
        (("input", "members"), True, "geen geheel getal"),
        (("input", "session"), "vierde", "session: 'vierde' is onbekend"),
        (("alternatives", 0, "policy"), {"half_plus_one": "ongeveer"}, "half_plus_one"),
        (("alternatives", 0, "policy"), {"bestaat_niet": 1}, "onbekende policy"),
        (("alternatives", 0, "expected", "met"), True, "met: verwacht True"),
        (("operation",), "kwart", "onbekende bewerking: kwart"),
    ],
)
def test_what_is_wrong_with_a_case_is_told_and_the_table_goes_on(path, value, words):
    found = run(changed(path, value), GEVAL)
    assert found.slotregel == "1 passed, 1 failed"
    assert words in str(found.afwijkingen[0])


def test_an_alternative_names_its_reading():
    found = run(changed(("alternatives", 0, "expected", "met"), True))
    assert str(found.afwijkingen[0]).startswith("Q [letterlijk]")


@pytest.mark.parametrize(
    "operation",
    [
        "complaint_flow",
        "second_opinion_flow",
        "trust_visibility",
        "contract_check",
        "coverage",
        "calamity",
    ],
)
def test_what_belongs_to_later_apps_is_skipped_by_name(operation):
    found = run({"operation": operation}, {"operation": operation}, GEVAL)
    assert found.overgeslagen == {operation: 2}
    assert found.slotregel == "1 passed, 0 failed"


@pytest.mark.parametrize("book", [{}, {"scenarios": {}}, {"scenarios": [1]}, {"scenarios": [{}]}])
def test_what_is_no_table_is_refused(book):
    with pytest.raises(TabelFout):
        run_table(book)


def test_the_defaults_of_a_table_hold_for_its_cases():
    literal = {"half_plus_one": "literal_ceil: de helft en één", "complaint_start": "filed"}
    found = run(GEVAL, defaults=literal)
    assert "required: verwacht 5, gevonden 6" in str(found.afwijkingen[0])


def test_lists_are_compared_whole():
    case = {
        "operation": "signature_status",
        "input": {"members": ["A", "B"], "signed": []},
        "expected": {"missing": ["A"]},
    }
    assert run(case).gezakt == 1
    case["expected"]["missing"] = ["A", "B"]
    assert run(case).geslaagd == 1


def test_only_the_signature_of_this_version_counts():
    case = {
        "operation": "signature_status",
        "input": {
            "members": ["A", "B"],
            "version": 2,
            "signed": [{"id": "A", "version": 2}, {"id": "B", "version": 1}],
        },
        "expected": {"missing": ["B"], "complete": False},
    }
    assert run(case).geslaagd == 1
