"""The form of the report: nothing typed is lost, nobody else's text is overwritten."""

import re

import pytest

from tests.factories import EigenTandartsFactory
from tests.verslag.conftest import KANARIE
from tests.verslag.paginas.hulp import form_data, url
from triage.actions import save_patient
from verslag.models import Verslag


def test_draft_is_kept_and_incomplete_is_explained(client, kring, verslag):
    edit = url("bewerk", kring, verslag=verslag.pk)
    response = client.post(
        edit, form_data(verslag, diagnose="", verwijzing="huisarts", doel="teken")
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Vul de diagnose in" in page
    assert "Schrijf op waarom je de patiënt verwijst" in page
    assert "fout-overzicht" in page
    verslag.refresh_from_db()
    assert verslag.verwijzing == "huisarts"
    assert f'name="versie" value="{verslag.versie}"' in page


def test_second_window_gets_a_notice_and_keeps_its_text(client, kring, verslag):
    edit = url("bewerk", kring, verslag=verslag.pk)
    old = form_data(verslag, overig="Uit het eerste venster.")
    client.post(edit, old)
    second = {"venster": "b2", "overig": "Uit het tweede venster."}
    response = client.post(edit, form_data(verslag, **second))
    page = response.content.decode()
    assert response.status_code == 422
    assert "intussen gewijzigd" in page
    assert "Uit het eerste venster." in page
    assert "Uit het tweede venster." in page
    verslag.refresh_from_db()
    assert verslag.overig == "Uit het eerste venster."
    client.post(edit, form_data(verslag, **second))
    verslag.refresh_from_db()
    assert verslag.overig == "Uit het tweede venster."


def test_a_window_does_not_conflict_with_itself(client, kring, verslag):
    """Autosave and button may cross: the answer with the new version is still on its way."""
    edit = url("bewerk", kring, verslag=verslag.pk)
    first = form_data(verslag, doel="auto", overig="Half.")
    response = client.post(edit, first)
    assert response.status_code == 200
    assert "Concept bewaard om" in response.content.decode()
    response = client.post(edit, first | {"doel": "bewaar", "overig": "Helemaal."})
    assert response.status_code == 302
    verslag.refresh_from_db()
    assert verslag.overig == "Helemaal."


def test_autosave_keeps_all_but_the_field_that_is_wrong(client, kring, verslag, patient):
    data = form_data(verslag, doel="auto", overig="Getypt.", bsn="12")
    response = client.post(url("bewerk", kring, verslag=verslag.pk), data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "behalve: BSN" in page
    assert "<form" not in page
    verslag.refresh_from_db()
    patient.refresh_from_db()
    assert verslag.overig == "Getypt."
    assert patient.bsn == KANARIE["bsn"]


@pytest.mark.parametrize("change", [{"versie": 1, "venster": "b2"}, {"versie": "x"}])
def test_autosave_never_overwrites_another_window(client, kring, verslag, change):
    data = form_data(verslag, doel="auto", overig="Getypt.", **change)
    response = client.post(url("bewerk", kring, verslag=verslag.pk), data)
    assert response.status_code == 200
    assert "in een ander venster gewijzigd" in response.content.decode()
    verslag.refresh_from_db()
    assert verslag.overig == ""


@pytest.fixture
def open_page(client, kring, verslag, patient):
    """The page as it was opened before the triage wrote the BSN and the number down."""
    patient.bsn = ""
    patient.save()
    verslag = Verslag.objects.with_letterhead().get(pk=verslag.pk)
    page = client.get(url("bewerk", kring, verslag=verslag.pk)).content.decode()
    stand = re.search(r'name="patient_stand" value="([^"]+)"', page)[1]
    return form_data(verslag, patient_stand=stand)


@pytest.fixture
def triage_writes(verslag, actor, triagist):
    def write(**gegevens):
        save_patient(verslag.oproep, gegevens=gegevens, by=actor(triagist))

    return write


def test_autosave_wipes_nothing_of_what_the_triage_wrote(
    *, client, kring, verslag, patient, open_page, triage_writes
):
    edit = url("bewerk", kring, verslag=verslag.pk)
    triage_writes(bsn=KANARIE["bsn"], adres="Nieuwe Kooi 1")
    answer = client.post(edit, open_page | {"doel": "auto", "overig": "Getypt."})
    assert "Niet bewaard" in answer.content.decode()
    patient.refresh_from_db()
    assert (patient.bsn, patient.adres) == (KANARIE["bsn"], "Nieuwe Kooi 1")
    page = client.post(edit, open_page | {"doel": "bewaar", "overig": "Getypt."})
    assert page.status_code == 422
    text = page.content.decode()
    assert "Getypt." in text
    assert "Nieuwe Kooi 1" in text
    # Nobody typed the empty BSN: the newest comes in, masked.
    assert 'value="*****2333"' in text
    stand = re.search(r'name="patient_stand" value="([^"]+)"', text)[1]
    again = {"doel": "bewaar", "overig": "Getypt.", "bsn": "*****2333", "patient_stand": stand}
    assert client.post(edit, open_page | again).status_code == 302
    patient.refresh_from_db()
    verslag.refresh_from_db()
    assert (patient.bsn, verslag.overig) == (KANARIE["bsn"], "Getypt.")


def test_a_window_does_not_conflict_with_its_own_patient(
    *, client, kring, verslag, patient, open_page, triage_writes
):
    edit = url("bewerk", kring, verslag=verslag.pk)
    for adres in ("Kooi 1", "Kooi 2", "Kooistraat 99"):
        answer = client.post(edit, open_page | {"doel": "auto", "adres": adres, "overig": adres})
        assert "Concept bewaard" in answer.content.decode()
        patient.refresh_from_db()
        assert patient.adres == adres
    triage_writes(telefoon="+31612345678")
    answer = client.post(edit, open_page | {"doel": "auto"})
    assert "Niet bewaard" in answer.content.decode()
    patient.refresh_from_db()
    assert patient.telefoon == "+31612345678"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"bsn": "123456789"}, "Dit BSN klopt niet"),
        ({"bsn": "12"}, "Een BSN heeft 9 cijfers"),
        ({"postcode": "0000"}, "Een postcode is vier cijfers"),
        ({"telefoon": "abc"}, "Dit is geen telefoonnummer"),
        ({"geboortedatum": "2026-02-30"}, "geldige datum"),
        ({"geboortedatum": "2999-01-01"}, "Deze geboortedatum kan niet kloppen"),
        ({"geboortedatum": "0001-01-01"}, "Deze geboortedatum kan niet kloppen"),
        ({"diagnose": "x" * 65536}, "tekens"),
        ({"diagnose": "a\x00b"}, "tekens"),
        ({"naam": "x" * 121}, "tekens"),
        ({"verwijzing": "tovenaar"}, "tovenaar"),
        ({"eigen_tandarts": "geen-uuid"}, "UUID"),
        ({"versie": "x"}, "geheel getal"),
        ({"versie": ""}, "Dit veld is verplicht"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_broken_form_is_refused_in_dutch(client, kring, verslag, change, sentence):
    before = stored(verslag, change)
    response = client.post(
        url("bewerk", kring, verslag=verslag.pk),
        form_data(verslag, overig="Blijft staan.", **change),
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Blijft staan." in page
    # Saved is what can be saved: all but the field in error, nothing when the page is not whole.
    verslag.refresh_from_db()
    assert verslag.overig == ("" if "versie" in change else "Blijft staan.")
    assert stored(verslag, change) == before


def test_a_pasted_text_that_is_too_long_is_told_not_cut(client, kring, verslag):
    """A browser keeps to `maxlength` by dropping the end of a paste without a word."""
    edit = url("bewerk", kring, verslag=verslag.pk)
    assert not re.search(r"<textarea[^>]*maxlength", client.get(edit).content.decode())
    response = client.post(edit, form_data(verslag, bevindingen="lang " * 1000 + "einde"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "lang einde</textarea>" in page
    assert "4000" in page


def stored(verslag, names) -> list:
    """What the database holds of these fields, of the report or of its patient."""
    row = Verslag.objects.select_related("dossier__patient").get(pk=verslag.pk)
    return [getattr(row if hasattr(row, name) else row.dossier.patient, name) for name in names]


def test_own_dentist_of_another_kring_is_no_choice(client, kring, verslag, andere_kring):

    foreign = EigenTandartsFactory(kring=andere_kring, naam="Uit De Andere Kring")
    edit = url("bewerk", kring, verslag=verslag.pk)
    assert "Uit De Andere Kring" not in client.get(edit).content.decode()
    response = client.post(edit, form_data(verslag, eigen_tandarts=foreign.pk))
    assert response.status_code == 422


def test_a_term_before_the_visit_is_told_at_its_field(client, kring, verslag):
    edit = url("bewerk", kring, verslag=verslag.pk)
    typed = {"vervolg": "Controle.", "doel": "teken"}
    response = client.post(edit, form_data(verslag, vervolg_termijn="gisteren", **typed))
    assert response.status_code == 422
    assert "Deze termijn ligt vóór het bezoek" in response.content.decode()
    verslag.refresh_from_db()
    response = client.post(edit, form_data(verslag, vervolg_termijn="bij klachten", **typed))
    assert response["Location"] == url("teken", kring, verslag=verslag.pk)
