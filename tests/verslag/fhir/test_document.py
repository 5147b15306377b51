"""The document says what was signed, in R4, the same every time."""

import base64
import json

import pytest

from tests.verslag.fhir.voorbeeld import INHOUD
from verslag.fhir import Beeld, document
from verslag.fhir.document import MAX_INGESLOTEN
from verslag.fhir.invarianten import check

PDF = b"%PDF-1.7 brief %%EOF"
FOTO = Beeld("bijlage-4711-1.jpg", "Opname 36", "image/jpeg", b"\xff\xd8\xff de foto")


def of(bundle: dict, soort: str) -> list[dict]:
    rows = [entry["resource"] for entry in bundle["entry"]]
    return [row for row in rows if row["resourceType"] == soort]


def made(**changes) -> dict:
    return document(INHOUD | changes, pdf=PDF, beelden=[FOTO])


def test_the_whole_document_is_without_fault():
    assert check(made()) == []


def test_it_carries_what_was_signed():
    bundle = made()
    patient = of(bundle, "Patient")[0]
    assert patient["identifier"] == [
        {"system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": "111222333"}
    ]
    assert patient["name"][0]["text"] == "Wilhelmina Kanarievogel"
    assert of(bundle, "Condition")[0]["code"]["text"] == "Pulpitis 36"
    assert of(bundle, "Encounter")[0]["class"]["code"] == "EMER"
    sections = {row["title"]: row["text"]["div"] for row in of(bundle, "Composition")[0]["section"]}
    assert "<p>koud positief.</p>" in sections["Bevindingen"]
    assert "Termijn: binnen 2 weken" in sections["Vervolg"]
    assert "Reden: Wortelbreuk" in sections["Verwijzing"]
    assert "Wit vlak op de tong." in sections["Andere dringende bevinding"]
    assert "36, eerste molaar linksonder: cariës" in sections["Gebit"]
    assert "E13 Pulpotomie" in sections["Tariefcodes"]
    tooth = {"system": "urn:iso:std:iso:3950", "code": "36"}
    sited = [row for row in of(bundle, "Procedure") if "bodySite" in row]
    assert [row["bodySite"][0]["coding"] for row in sited] == [[tooth], [tooth]]


def test_letter_and_image_travel_inside():
    files = [row["content"][0]["attachment"] for row in of(made(), "DocumentReference")]
    assert [base64.b64decode(row["data"]) for row in files] == [PDF, FOTO.inhoud]
    assert [row["title"] for row in files] == ["Verslag spoedbehandeling", "Opname 36"]


def test_an_image_that_does_not_fit_is_named_with_its_size():
    big = Beeld("bijlage-4711-2.png", "Groot", "image/png", bytes(MAX_INGESLOTEN))
    bundle = document(INHOUD, pdf=PDF, beelden=[FOTO, big])
    attachment = of(bundle, "DocumentReference")[2]["content"][0]["attachment"]
    assert "data" not in attachment
    assert attachment["size"] == MAX_INGESLOTEN
    assert check(bundle) == []


def test_typed_markup_stays_text():
    bundle = made(spoedklacht="<script>alert(1)</script>\x00\x0b ]]> &")
    div = of(bundle, "Composition")[0]["section"][0]["text"]["div"]
    assert "&lt;script&gt;" in div
    assert check(bundle) == []


def test_made_twice_is_the_same():
    assert json.dumps(made()) == json.dumps(made())


def test_a_correction_replaces_the_version_before():
    first, second = made(), made(versie=2, reden="Element verwisseld")
    composition = of(second, "Composition")[0]
    assert composition["status"] == "amended"
    assert composition["relatesTo"][0]["targetIdentifier"] == first["identifier"]
    assert first["identifier"] != second["identifier"]
    assert check(second) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"patient": INHOUD["patient"] | {"bsn": "", "geboortedatum": None, "telefoon": ""}},
        {"eigen_tandarts": None, "advies_eigen_tandarts": True},
        {"gezien": False, "afspraak": None},
        {"verwijzing": "", "vervolg": "", "gebit": [], "tarieven": [], "bijlagen": []},
    ],
)
def test_what_is_not_known_is_not_there(changes):
    bundle = made(**changes)
    assert check(bundle) == []
    assert '""' not in json.dumps(bundle)


def test_a_report_of_format_one_still_makes_a_document():
    old = {key: value for key, value in INHOUD.items() if key not in ("gebit", "tarieven")}
    old = {
        key: value for key, value in old.items() if not key.startswith(("neven", "rontgen", "uit"))
    }
    bundle = document(old | {"tariefcodes": "X10 E13"}, pdf=PDF, beelden=[])
    assert check(bundle) == []
    assert "X10 E13" in json.dumps(bundle)
