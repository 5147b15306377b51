"""The command that runs a scenario table."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.reglement.test_toets import EIGEN, GEVAL, changed


@pytest.fixture
def bestand(tmp_path):
    def write(text):
        path = tmp_path / "tabel.json"
        path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        return path

    return write


def test_it_closes_with_the_counts(capsys):
    call_command("toets_besluit", EIGEN)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["overgeslagen: complaint_route (1)", "143 passed, 0 failed"]


def test_a_failure_is_shown_and_ends_with_code_one(bestand, capsys):
    wrong = changed(("expected", "required"), 6)
    with pytest.raises(SystemExit) as end:
        call_command("toets_besluit", bestand({"scenarios": [wrong, GEVAL]}))
    assert end.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "Q  tweede vergadering",
        "    required: verwacht 6, gevonden 5",
        "1 passed, 1 failed",
    ]


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"scenarios": 1}', '{"scenarios": [], "defaults": 1}']
)
def test_a_broken_table_ends_with_code_two(bestand, text):
    with pytest.raises(CommandError, match=r"tabel\.json") as refusal:
        call_command("toets_besluit", bestand(text))
    assert refusal.value.returncode == 2


def test_a_missing_file_ends_with_code_two(tmp_path):
    with pytest.raises(CommandError, match="niet te lezen") as refusal:
        call_command("toets_besluit", tmp_path / "weg.json")
    assert refusal.value.returncode == 2
