"""Writing the report: teeth, text blocks, tariff codes, the reminder; also without JavaScript."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    BijlageFactory,
    ProtocolversieFactory,
    TariefcodeFactory,
    TekstblokFactory,
)
from tests.verslag.conftest import TEKST
from tests.verslag.paginas.hulp import form_data, url
from triage.lezing import settings_record
from triage.protocol import STANDAARD
from verslag import actions, momentopname, weergave
from verslag.models import Verslag, Verslagversie

MOLAAR = {
    "gebit": "1",
    "gebit_element": ["36"],
    "gebit-36-vlakken": ["O", "M"],
    "gebit-36-bevinding": "diepe_caries",
    "gebit-36-behandeling": "noodvulling",
}
REGEL = {
    "element": "36",
    "vlakken": "MO",
    "bevinding": "diepe_caries",
    "behandeling": "noodvulling",
}


@pytest.fixture
def client(als, tandarts, tandarts_gebruiker):
    return als(tandarts_gebruiker)


@pytest.fixture
def edit(kring, verslag):
    return url("bewerk", kring, verslag=verslag.pk)


def page_of(response) -> str:
    return response.content.decode()


# --- teeth


def test_a_tooth_is_saved_shown_and_signed(client, kring, verslag, edit, by):
    client.post(edit, form_data(verslag, **MOLAAR, doel="bewaar"))
    verslag.refresh_from_db()
    assert verslag.gebit == [REGEL]
    page = page_of(client.get(edit))
    assert 'id="tand-36"' in page
    assert '<option value="diepe_caries" selected>' in page
    versie = actions.sign_verslag(verslag, by=by)
    assert versie.inhoud["gebit"] == [REGEL]
    page = page_of(client.get(url("verslag", kring, verslag=verslag.pk)))
    assert "36, eerste molaar linksonder: diepe cariës (mesiaal, occlusaal); noodvulling" in page
    assert 'role="img" aria-label="Gebitskaart. 36' in page


def test_without_javascript_a_tooth_is_a_button(client, verslag, edit):
    response = client.post(edit, form_data(verslag, gebit="1", gebit_erbij="11"))
    assert response["Location"] == f"{edit}#tand-11"
    assert 'id="tand-11"' in page_of(client.get(edit))
    data = form_data(verslag, gebit="1", gebit_element=["11"], gebit_weg="11")
    verslag.refresh_from_db()
    response = client.post(edit, data | {"versie": verslag.versie})
    assert response["Location"] == f"{edit}#gebit"
    verslag.refresh_from_db()
    assert verslag.gebit == []


def test_an_error_elsewhere_keeps_the_chosen_teeth(client, verslag, edit):
    response = client.post(edit, form_data(verslag, **MOLAAR, gebit_erbij="11", bsn="12"))
    page = page_of(response)
    assert response.status_code == 422
    assert 'id="tand-11"' in page
    assert '<option value="noodvulling" selected>' in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"gebit_element": ["99"]}, "Element 99 bestaat niet"),
        ({"gebit-36-bevinding": "kapot"}, "kies een bevinding uit de lijst"),
        ({"gebit-36-vlakken": ["X"]}, "geen vlak"),
        ({"gebit_element": [str(n) for n in range(200)]}, "bestaat niet"),
    ],
)
def test_a_forged_line_is_refused_and_nothing_breaks(client, verslag, edit, changes, sentence):
    response = client.post(edit, form_data(verslag, **MOLAAR | changes, overig="Getypt."))
    assert response.status_code == 422
    assert sentence in page_of(response)
    assert "Getypt." in page_of(response)
    verslag.refresh_from_db()
    assert verslag.gebit == []


def test_a_page_without_the_chart_leaves_the_teeth_alone(client, verslag, edit):
    client.post(edit, form_data(verslag, **MOLAAR))
    verslag.refresh_from_db()
    client.post(edit, form_data(verslag, overig="Zonder gebit."))
    verslag.refresh_from_db()
    assert verslag.overig == "Zonder gebit."
    assert verslag.gebit == [REGEL]


def test_a_tooth_without_finding_stops_the_signature_only(client, verslag, edit):
    empty = {"gebit": "1", "gebit_element": ["36"]}
    assert client.post(edit, form_data(verslag, **empty)).status_code == 302
    verslag.refresh_from_db()
    page = page_of(client.post(edit, form_data(verslag, **empty, doel="teken")))
    assert "Kies bij element 36 een bevinding of behandeling" in page


def test_a_child_sees_the_teeth_it_has(client, verslag, edit, patient):
    def open_charts(geboren) -> int:
        patient.geboortedatum = geboren
        patient.save()
        return page_of(client.get(edit)).count("<details open><summary>")

    year = verslag.oproep.aangenomen_op.year
    assert open_charts(date(year - 40, 1, 1)) == 1
    assert open_charts(date(year - 9, 1, 1)) == 2
    assert open_charts(date(year - 3, 1, 1)) == 1


# --- what §4.1-4.3 asks besides


def test_an_xray_that_was_made_must_be_attached(client, verslag, edit):
    data = form_data(verslag, rontgen_gemaakt="on", doel="teken")
    page = page_of(client.post(edit, data))
    assert "Voeg de röntgenopname toe" in page
    verslag.refresh_from_db()
    BijlageFactory(kring=verslag.kring, verslag=verslag)
    assert momentopname.judge(verslag).ondertekenen_toegestaan


def test_another_urgent_finding_is_told_to_a_patient_without_dentist(client, kring, verslag, edit):
    data = form_data(
        verslag,
        heeft_eigen_tandarts="nee",
        eigen_tandarts="",
        advies_eigen_tandarts="on",
        nevenbevinding="Verdachte plek onder de tong.",
        doel="teken",
    )
    assert "Vertel de patiënt wat je nog meer hebt gevonden" in page_of(client.post(edit, data))
    verslag.refresh_from_db()
    data |= {"versie": verslag.versie, "nevenbevinding_gemeld": "on"}
    assert client.post(edit, data).status_code == 302
    page = page_of(client.get(url("teken", kring, verslag=verslag.pk)))
    assert "Verdachte plek onder de tong." in page
    assert "De patiënt weet dit en kreeg het advies." in page


def test_what_is_missing_is_named_from_top_to_bottom(client, verslag, edit):
    data = form_data(
        verslag,
        **{"diagnose": "", "uitgesteld": "on", "vervolg": "Spalk eruit.", "vervolg_termijn": ""},
        naam="",
        doel="teken",
    )
    named = re.findall(r'href="#(id_\w+)"', page_of(client.post(edit, data)))
    assert named == ["id_diagnose", "id_uitstel_grond", "id_vervolg_termijn", "id_naam"]


def test_putting_off_needs_its_ground(client, kring, verslag, edit):
    page = page_of(client.post(edit, form_data(verslag, uitgesteld="on", doel="teken")))
    assert "Schrijf op waarom je niet behandelde" in page
    label = re.search(r'<label[^>]*for="id_uitstel_grond".*?</label>', page, re.DOTALL)
    assert "niet verplicht" not in label[0]
    verslag.refresh_from_db()
    data = form_data(verslag, uitgesteld="on", uitstel_grond="Eerst naar de kinderarts.")
    assert client.post(edit, data | {"doel": "teken"}).status_code == 302
    page = page_of(client.get(url("teken", kring, verslag=verslag.pk)))
    assert "Eerst naar de kinderarts." in page


# --- tariff codes


def test_only_codes_of_the_day_of_the_visit(client, kring, verslag, edit):
    dag = momentopname.day_of_visit(verslag.oproep)
    TariefcodeFactory(kring=kring, code="C002", geldig_vanaf=dag, geldig_tot=dag)
    TariefcodeFactory(
        kring=kring, code="X10", geldig_vanaf=date(2000, 1, 1), geldig_tot=date(2001, 1, 1)
    )
    assert ">C002 Probleemgericht consult<" in page_of(client.get(edit))
    response = client.post(edit, form_data(verslag, tariefcodes="C002 36, X10"))
    assert response.status_code == 422
    assert "is dit geen tariefcode: X10" in page_of(response)
    client.post(edit, form_data(verslag, tariefcodes="C002 36"))
    verslag.refresh_from_db()
    assert verslag.tarieven == [
        {
            "code": "C002",
            "omschrijving": "Probleemgericht consult",
            "tarief_cent": 2701,
            "element": "36",
        }
    ]
    page = page_of(client.get(url("teken", kring, verslag=verslag.pk)))
    assert "C002 Probleemgericht consult (element 36)" in page


def test_a_code_that_a_newer_table_dropped_stops_the_signature(kring, verslag, by):
    verslag = actions.save_verslag(
        verslag, gegevens={"tariefcodes": "C002"}, versie=verslag.versie, by=by
    )
    TariefcodeFactory(kring=kring, code="C003")
    with pytest.raises(actions.VerslagGeweigerd, match="tariefcode_onbekend"):
        actions.sign_verslag(verslag, by=by)
    assert not Verslagversie.objects.exists()


def test_a_wrong_code_keeps_nothing_else_from_being_saved(client, kring, verslag, edit):
    dag = momentopname.day_of_visit(verslag.oproep)
    TariefcodeFactory(kring=kring, code="C002", geldig_vanaf=dag)
    changes = {"tariefcodes": "Q99", "diagnose": "Avulsie 21.", "doel": "teken"}
    page = page_of(client.post(edit, form_data(verslag, **changes)))
    assert "Wat wel klopt, is bewaard als concept" in page
    assert 'value="Q99"' in page
    verslag.refresh_from_db()
    assert (verslag.diagnose, verslag.tariefcodes) == ("Avulsie 21.", "")


def test_without_a_table_codes_are_free_text(client, verslag, edit):
    assert "keuze_tariefcodes" not in page_of(client.get(edit))
    assert client.post(edit, form_data(verslag, tariefcodes="C002, foto")).status_code == 302
    verslag.refresh_from_db()
    assert (verslag.tariefcodes, verslag.tarieven) == ("C002, foto", [])


# --- putting in, without JavaScript


def test_a_text_block_is_put_behind_what_stands_there(client, kring, verslag, edit):
    blok = TekstblokFactory(kring=kring)
    assert blok.naam in page_of(client.get(edit))
    data = {"invoegen": "behandeling", "keuze_behandeling": str(blok.pk)}
    response = client.post(edit, form_data(verslag, **data))
    assert response["Location"] == f"{edit}#id_behandeling"
    verslag.refresh_from_db()
    assert verslag.behandeling == f"{TEKST['behandeling']}\n{blok.tekst}"


@pytest.mark.parametrize(
    "data",
    [
        {"invoegen": "behandeling", "keuze_behandeling": ""},
        {"invoegen": "behandeling", "keuze_behandeling": "kapot"},
        {"invoegen": "diagnose", "keuze_diagnose": "VAN_EEN_ANDER_VELD"},
        {"invoegen": "naam", "keuze_naam": "VAN_EEN_ANDER_VELD"},
    ],
)
def test_what_is_no_block_of_this_field_adds_nothing(client, kring, verslag, edit, data):
    blok = TekstblokFactory(kring=kring)
    data = {key: value.replace("VAN_EEN_ANDER_VELD", str(blok.pk)) for key, value in data.items()}
    response = client.post(edit, form_data(verslag, **data))
    assert response.status_code == 302
    verslag.refresh_from_db()
    assert (verslag.behandeling, verslag.diagnose) == (TEKST["behandeling"], TEKST["diagnose"])


def test_a_tariff_code_is_put_in_from_the_list(client, kring, verslag, edit):
    TariefcodeFactory(kring=kring, code="X10")
    TariefcodeFactory(kring=kring, code="C002")
    data = {"tariefcodes": "C002,", "invoegen": "tariefcodes", "keuze_tariefcodes": "X10"}
    client.post(edit, form_data(verslag, **data))
    verslag.refresh_from_db()
    assert verslag.tariefcodes == "C002, X10"


def test_the_page_asks_as_much_for_one_block_as_for_thirty(client, kring, verslag, edit):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(edit)
        return len(queries)

    TekstblokFactory(kring=kring)
    TariefcodeFactory(kring=kring)
    one = count()
    for number in range(30):
        TekstblokFactory(kring=kring)
        TariefcodeFactory(kring=kring, code=f"X{number:02}")
    assert count() == one


# --- the reminder, and the setting


def test_the_meldcode_is_called_to_mind_and_kept_nowhere(client, verslag, edit, patient, by):
    assert "meldcode" not in page_of(client.get(edit))
    patient.geboortedatum = date(verslag.oproep.aangenomen_op.year - 5, 1, 1)
    patient.save()
    kring = verslag.kring
    sign = url("teken", kring, verslag=verslag.pk)
    for address in (edit, sign):
        page = page_of(client.get(address))
        assert "Even stilstaan bij de meldcode" in page
        assert "Dit zegt niets over dit gezin" in page
    versie = actions.sign_verslag(verslag, by=by)
    assert "meldcode" not in str(versie.inhoud)
    assert "meldcode" not in page_of(client.get(url("verslag", kring, verslag=verslag.pk)))


@pytest.mark.parametrize("also", [True, False])
def test_spoken_only_is_owed_by_the_setting_of_the_kring(client, kring, oproep, also):
    settings = settings_record(STANDAARD) | {"verslag_ook_bij_alleen_gesproken": also}
    oproep.protocolversie = ProtocolversieFactory(kring=kring, instellingen=settings)
    oproep.besluit = oproep.Besluit.UITSTEL
    oproep.save()
    page = page_of(client.get(url("mijn", kring)))
    assert ("Alleen gesproken: een verslag mag" in page) is not also
    assert ("Er is geen verslag meer te maken" in page) is not also
    assert oproep.patient.naam in page
    verslag = Verslag.objects.get(pk=_made(client, kring, oproep))
    hints = [hint.sleutel for hint in momentopname.judge(verslag).hints]
    assert ("verslag_niet_verplicht" in hints) is not also


def _made(client, kring, oproep) -> str:
    """Start the report, for a patient who was spoken to only; return its key."""
    client.post(url("maak", kring, oproep=oproep.pk))
    row = Verslag.objects.get(oproep=oproep)
    assert not row.gezien
    return row.pk


def test_dictation_gets_plain_big_fields(client, edit):
    page = page_of(client.get(edit))
    start = page.index("<textarea", page.index("Bevindingen"))
    field = page[start : page.index(">", start)]
    assert 'lang="nl"' in field
    assert 'spellcheck="true"' in field
    assert 'autocapitalize="sentences"' in field


# --- versions of before


def test_a_version_of_format_1_stays_readable_and_is_the_same_text(verslag, by):
    versie = actions.sign_verslag(verslag, by=by)
    old = {key: value for key, value in versie.inhoud.items() if key not in momentopname.LATER}
    old |= {"formaat": 1, "bijlagen": []}
    assert momentopname.is_same_text(old, momentopname.snapshot(verslag))
    versie.inhoud = old
    letter = weergave.page_of(versie)
    assert letter["gebitskaart"] == ""
    assert ("Diagnose", TEKST["diagnose"]) in letter["delen"]
    changed = momentopname.snapshot(verslag) | {"gebit": [REGEL]}
    assert not momentopname.is_same_text(old, changed)


def test_both_versions_of_a_correction_are_shown_with_the_reason(client, kring, verslag, by):
    actions.sign_verslag(verslag, by=by)
    verslag.refresh_from_db()
    corrected = actions.save_verslag(
        verslag, gegevens={"diagnose": "Luxatie van element 11."}, versie=verslag.versie, by=by
    )
    actions.sign_verslag(corrected, by=by, reden="Verkeerde diagnose.")
    address = url("verslag", kring, verslag=verslag.pk)
    newest = page_of(client.get(address))
    assert "Luxatie van element 11." in newest
    assert "Verkeerde diagnose." in newest
    assert TEKST["diagnose"] not in newest
    older = page_of(client.get(address, {"versie": "1"}))
    assert TEKST["diagnose"] in older
    assert "Dit is een oudere versie" in older
    assert "Luxatie van element 11." not in older
    assert "Luxatie van element 11." in page_of(client.get(address, {"versie": "9"}))
