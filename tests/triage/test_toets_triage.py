"""The command that runs a scenario table."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError

from tests.factories import ProtocolversieFactory
from tests.triage.protocol.test_toetsing import TABEL, table
from triage.lezing import settings_record
from triage.protocol import Instellingen

EIGEN = Path(__file__).resolve().parents[2] / "triage" / "scenarios"


@pytest.fixture
def bestand(tmp_path):
    def write(data) -> Path:
        path = tmp_path / "tabel.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("path", sorted(EIGEN.glob("*.json")), ids=lambda path: path.name)
def test_our_own_tables_pass(path, capsys):
    call_command("toets_triage", path)
    assert capsys.readouterr().out.endswith(" passed, 0 failed\n")


def test_the_section_of_the_report_is_there(bestand, capsys):
    case = {"id": "D-1", "feiten": {"gezien": True}, "verwacht": {"verslag_vereist": True}}
    call_command("toets_triage", bestand({"verslag": [case]}))
    assert capsys.readouterr().out == "1 passed, 0 failed\n"


def test_a_failing_case_is_shown_and_ends_with_code_one(bestand, capsys):
    data = table("triage", 0, "verwacht", "contact_tandarts", value="niet_nodig")
    with pytest.raises(SystemExit) as end:
        call_command("toets_triage", bestand(data))
    assert end.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "T-1  Pijn",
        '    contact_tandarts: verwacht "niet_nodig", gevonden "aanbevolen"',
        "2 passed, 1 failed",
    ]


def test_a_broken_file_ends_with_code_two(bestand):
    path = bestand({"triage": 1})
    with pytest.raises(CommandError, match=r"tabel\.json: triage: moet een lijst") as refusal:
        call_command("toets_triage", path)
    assert refusal.value.returncode == 2


def test_the_version_of_a_kring_is_what_is_tested(bestand, kring, capsys):
    mild = settings_record(Instellingen(nrs_overleg_aanbevolen_vanaf=8))
    ProtocolversieFactory(kring=kring, nummer=7, instellingen=mild)
    with pytest.raises(SystemExit):
        call_command("toets_triage", bestand(TABEL), kring=kring.slug, versie=7)
    assert capsys.readouterr().out.endswith("2 passed, 1 failed\n")
    # Nothing is in force there: the shipped standard.
    call_command("toets_triage", bestand(TABEL), kring=kring.slug)
    assert capsys.readouterr().out == "3 passed, 0 failed\n"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"versie": 1}, "hoort bij een --kring"),
        ({"kring": "bestaat-niet"}, "geen kring bestaat-niet"),
        ({"kring": "eigen", "versie": 99}, "geen protocolversie 99"),
    ],
)
def test_what_does_not_exist_is_named(bestand, kring, options, words):
    if options.get("kring") == "eigen":
        options = {**options, "kring": kring.slug}
    with pytest.raises(CommandError, match=words) as refusal:
        call_command("toets_triage", bestand(TABEL), **options)
    assert refusal.value.returncode == 2


def test_a_database_without_tables_is_no_traceback(bestand, kring, monkeypatch):
    def gone(*args):
        raise ProgrammingError

    monkeypatch.setattr("triage.management.commands.toets_triage.version_in_force", gone)
    with pytest.raises(CommandError, match="De database") as refusal:
        call_command("toets_triage", bestand(TABEL), kring=kring.slug)
    assert refusal.value.returncode == 2


def test_a_version_that_cannot_be_read_is_named(bestand, kring):
    old = settings_record(Instellingen()) | {"pijn_terugbel_min": 600}
    ProtocolversieFactory(kring=kring, nummer=8, instellingen=old)
    with pytest.raises(CommandError, match="pijn_terugbel_min: moet") as refusal:
        call_command("toets_triage", bestand(TABEL), kring=kring.slug, versie=8)
    assert refusal.value.returncode == 2
