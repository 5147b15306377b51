"""A period out as an instance, a plan or CSV back in: all of it, or nothing with the reason."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from kern import csv
from rooster.actions.concept import fill_concept
from rooster.concept.invoer import read_file, rows_for_csv
from rooster.concept.rekenen import occupation
from rooster.concept.uitvoer import assignment_of, instance_of, plan_of
from rooster.models import Concept, Conceptplaats
from rooster.planner import judge, read_instance
from rooster.planner.greedy import greedy
from tests.rooster.concept.test_paginas import url
from tests.rooster.planner.kringen import checker, with_checker

pytestmark = pytest.mark.django_db


@pytest.fixture
def gevuld(concept, systeem):
    inst = read_instance(instance_of(concept))
    fill_concept(concept, bezetting=occupation(inst, greedy(inst)), by=systeem)
    return concept


def names(concept):
    rows = Conceptplaats.objects.filter(dienst__concept=concept).order_by("dienst__code", "rol")
    return list(rows.values_list("dienst__code", "rol", "tandarts_id", "deelnemer_id"))


def csv_of(concept, change=lambda rows: None) -> bytes:
    kop, rows = rows_for_csv(concept)
    change(rows)
    return csv.write(kop, rows).encode()


def test_a_csv_of_a_draft_is_read_back_as_it_was(gevuld, concept):
    wanted = names(gevuld)
    bestand = csv_of(gevuld)
    found = read_file(concept, bestand)
    assert [(*key, *map(str, found[key])) for key in sorted(found)] == [
        (code, rol, str(wie), str(waar)) for code, rol, wie, waar in wanted
    ]
    # Names are for people: every line has them.
    assert b"Tandarts 1A (Praktijk 1)" in bestand


def test_what_a_csv_has_wrong_is_told_by_line(gevuld):
    def change(rows):
        rows[0][-2] = "Piet Onbekend"
        rows[1][0] = "D9999"
        rows[2][-1] = rows[2][-2]
        rows[3][0] = rows[2][0]

    with pytest.raises(ValidationError) as refused:
        read_file(gevuld, csv_of(gevuld, change))
    zinnen = refused.value.messages
    assert zinnen[0] == "Er is niets overgenomen."
    assert (
        zinnen[1] == "Regel 2: er is geen tandarts “Piet Onbekend” die dienst doet (dienstdoende)."
    )
    assert zinnen[2] == "Regel 3: dienst “D9999” staat niet in het concept."
    assert zinnen[3] == "Regel 4: één tandarts heeft beide plaatsen."
    assert zinnen[4] == "Regel 5: dienst D0002 staat er al eerder."


def test_a_name_that_two_people_have_needs_the_practice(gevuld, kader):
    een, twee = kader.tandartsen[0], kader.tandartsen[4]
    twee.naam = een.naam
    twee.save()

    def change(rows):
        rows[0][-2:] = [een.naam, ""]

    with pytest.raises(ValidationError, match="kan meer dan één zijn"):
        read_file(gevuld, csv_of(gevuld, change))


@pytest.mark.parametrize(
    ("bestand", "zin"),
    [
        (b"", "leeg"),
        (b"\x00\x01", "geen CSV"),
        (b"dag;wie\n1;2\n", "kolom"),
        (b"{", "geen leesbare JSON"),
        (b"{}", "toewijzing"),
        (b'{"toewijzing": {"X": {"dienstdoende": "a"}}}', "staat niet in het concept"),
        (b'{"toewijzing": {"D0001": {"dienstdoende": "a"}}}', "geen tandarts a"),
    ],
)
def test_no_such_file_is_refused(concept, bestand, zin):
    with pytest.raises(ValidationError, match=zin):
        read_file(concept, bestand)


@pytest.mark.parametrize(
    "inhoud",
    [
        b'{"toewijzing": {"\\ud800": {"dienstdoende": null}}}',
        b'{"toewijzing": {"D0000": {"dienstdoende": "\\ud800"}}}',
    ],
)
def test_half_a_character_is_no_name(concept, als, coordinator, inhoud):
    answer = als(coordinator).post(
        url(concept, "concept_inlezen"), {"bestand": SimpleUploadedFile("plan.json", inhoud)}
    )
    assert answer.status_code == 422
    assert "geen leesbare JSON" in answer.content.decode()


def test_of_a_thousand_faults_the_first_are_told(concept):
    inhoud = {"toewijzing": {f"X{n}": 1 for n in range(1000)}}
    with pytest.raises(ValidationError) as refused:
        read_file(concept, json.dumps(inhoud).encode())
    assert len(refused.value.messages) == 21


def test_a_whole_period_goes_out_and_comes_back(gevuld, tmp_path):
    instantie, plan = tmp_path / "instantie.json", tmp_path / "plan.json"
    call_command("rooster_export", "vecht", uit=instantie, plan=plan, dag=gevuld.periode.eerste_dag)
    text = instantie.read_text()
    assert "Tandarts" not in text
    assert "Praktijk" not in text
    inst = read_instance(json.loads(text))
    assert judge(inst, json.loads(plan.read_text())["toewijzing"]).onbezet == 0
    call_command("rooster_lees", "vecht", plan, naam="Terug")
    assert names(Concept.objects.get(naam="Terug")) == names(gevuld)


def test_a_wrong_file_leaves_no_draft_behind(concept, tmp_path):
    plan = tmp_path / "plan.csv"
    plan.write_text("dienst;dienstdoende;achterwacht\nD0001;Niemand Bekend;\n")
    with pytest.raises(CommandError, match="Regel 2"):
        call_command("rooster_lees", "vecht", plan)
    assert Concept.objects.get() == concept


@pytest.mark.parametrize("args", [("nergens",), ("maas",)])
def test_no_kring_or_period_is_told(kring, andere_kring, args, tmp_path):
    with pytest.raises(CommandError, match="Er is geen"):
        call_command("rooster_export", *args, uit=tmp_path / "x.json")


@with_checker
def test_the_shared_checker_agrees(gevuld):
    controle = checker()
    broken, result = controle.check(instance_of(gevuld), plan_of(gevuld))
    oordeel = judge(read_instance(instance_of(gevuld)), assignment_of(gevuld))
    assert (broken, result["doel"]) == ([], oordeel.doel)


def test_the_pages_write_and_read_a_file(gevuld, als, coordinator):
    client = als(coordinator)
    answer = client.get(url(gevuld, "concept_bestand"))
    assert answer["Content-Disposition"] == 'attachment; filename="concept-1.csv"'
    wanted = names(gevuld)
    Conceptplaats.objects.filter(dienst__concept=gevuld).update(tandarts=None, deelnemer=None)
    bestand = SimpleUploadedFile("rooster.csv", answer.content)
    client.post(url(gevuld, "concept_inlezen"), {"bestand": bestand})
    assert names(gevuld) == wanted


def test_a_file_with_faults_changes_nothing(gevuld, als, coordinator):
    wanted = names(gevuld)
    inhoud = csv_of(gevuld).replace(b"D0003", b"D9999")
    bestand = SimpleUploadedFile("rooster.csv", inhoud)
    answer = als(coordinator).post(url(gevuld, "concept_inlezen"), {"bestand": bestand})
    assert answer.status_code == 422
    assert "multipart/form-data" in answer.content.decode()
    assert "Regel 5: dienst “D9999” staat niet in het concept." in answer.content.decode()
    assert names(gevuld) == wanted


def test_a_file_leaves_a_pinned_place_alone(gevuld, systeem):
    bezetting = dict.fromkeys(((code, rol) for code, rol, *_ in names(gevuld)), None)
    plaats = Conceptplaats.objects.filter(dienst__concept=gevuld).first()
    Conceptplaats.objects.filter(pk=plaats.pk).update(vast=True)
    assert fill_concept(gevuld, bezetting=bezetting, by=systeem) == 59
    gevuld_nu = Conceptplaats.objects.filter(dienst__concept=gevuld, tandarts__isnull=False)
    assert gevuld_nu.get() == plaats
