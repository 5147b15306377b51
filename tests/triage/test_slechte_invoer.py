"""Odd input on the call screen: a Dutch sentence, what was typed stays, never a 500."""

import pytest

from triage import actions
from triage.models import Oproep, Patient

NUL = "a\x00b"
LANG = "x" * 65536
TELEFOON, BSN = "06 12345678 99999999", "123456789"

pytestmark = pytest.mark.usefixtures("dienst")


@pytest.fixture(params=[{}, {"HX-Request": "true"}], ids=["gewoon", "htmx"])
def wijze(request):
    """Post as a plain form, and as htmx does."""
    return request.param


@pytest.fixture
def post(client, url, oproep, wijze):
    def send(deur, /, **data):
        return client.post(url(deur, oproep), {"versie": 1, **data}, headers=wijze)

    return send


@pytest.fixture
def gesproken(oproep, tandarts, by):
    actions.log_contactpoging(
        oproep, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
    )
    return oproep


def _is_refused(response, zin):
    assert response.status_code in (200, 422)
    assert zin in response.content.decode()


@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [
        ("omschrijving", NUL, "Null-tekens"),
        ("omschrijving", LANG, "niet meer dan 4000 tekens"),
        ("klachten", "hoofdpijn", "Kies een klacht uit de lijst."),
        ("ongeval_minuten_geleden", "veel", "Vul een heel getal in"),
        ("ongeval_minuten_geleden", "-1", "Vul een heel getal in"),
        ("ongeval_minuten_geleden", "9" * 5000, "Vul een heel getal in"),
        ("leeftijd_jaren", "121", "van 0 tot en met 120"),
        ("avulsie_bewaard", NUL, "Selecteer een geldige keuze"),
        ("avulsie_element", LANG[:500], "Selecteer een geldige keuze"),
    ],
)
def test_answers(post, oproep, veld, waarde, zin):
    klachten = ["avulsie", waarde] if veld == "klachten" else ["avulsie"]
    data = {"klachten": klachten} if veld == "klachten" else {"klachten": klachten, veld: waarde}
    _is_refused(post("antwoorden", **data), zin)
    oproep.refresh_from_db()
    assert veld not in oproep.antwoorden
    assert oproep.omschrijving == ""
    if veld != "klachten":
        # One wrong field never hides the advice.
        assert oproep.contact == "verplicht"


def test_refused_text_does_not_wipe_what_was_saved(post, oproep, by):
    actions.save_antwoorden(
        oproep, antwoorden={"klachten": ["pijn"]}, omschrijving="Kies 36.", versie=1, by=by
    )
    post("antwoorden", versie=oproep.versie, klachten=["pijn"], omschrijving=NUL)
    oproep.refresh_from_db()
    assert oproep.omschrijving == "Kies 36."


@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [
        ("naam", NUL, "Null-tekens"),
        ("naam", LANG, "niet meer dan 120 tekens"),
        ("telefoon", "bel maar", "Dit is geen telefoonnummer"),
        ("telefoon", TELEFOON, "te veel of te weinig cijfers"),
        ("telefoon", LANG, "niet meer dan 40 tekens"),
        ("bsn", BSN, "BSN klopt niet"),
        ("bsn", "12", "Een BSN heeft 9 cijfers"),
        ("bsn", NUL, "Null-tekens"),
        ("postcode", "35", "Een postcode is vier cijfers en twee letters"),
        ("geboortedatum", "30-02-1984", "Vul een datum in"),
        ("geboortedatum", "17-05-2984", "kan niet kloppen"),
        ("geboortedatum", "01-01-0001", "kan niet kloppen"),
        ("geboortedatum", NUL, "Vul een datum in"),
        ("eigen_tandarts", "geen-uuid", "Kies iemand uit de lijst."),
        ("eigen_tandarts", NUL, "Kies iemand uit de lijst."),
        ("heeft_eigen_tandarts", "misschien", ""),
    ],
)
def test_patient(post, veld, waarde, zin):
    response = post("patient", woonplaats="Utrecht", **{veld: waarde})
    _is_refused(response, zin)
    patient = Patient.objects.get()
    assert patient.woonplaats == "Utrecht"
    assert getattr(patient, veld) in ("", None, "onbekend")


def test_typed_text_comes_back(client, url, oproep):
    response = client.post(url("patient", oproep), {"naam": "Jans", "bsn": BSN, "telefoon": "0x"})
    tekst = response.content.decode()
    assert f'value="{BSN}"' in tekst
    assert 'value="0x"' in tekst


@pytest.mark.parametrize(
    ("moment", "zin"),
    [
        ("morgen", "Vul een tijd in"),
        ("2026-02-30T10:00", "Vul een tijd in"),
        ("2027-03-28T02:30", "Deze tijd bestaat niet"),
        ("2027-10-31T02:30", "komt twee keer voor"),
        ("9999-12-31T23:59", "Vul een tijd in"),
        (NUL, "Vul een tijd in"),
        ("1999-01-01T10:00", "vóór het telefoontje"),
    ],
)
def test_moment_of_the_appointment(post, gesproken, moment, zin):
    _is_refused(post("besluit", besluit="zien", moment=moment), zin)
    gesproken.refresh_from_db()
    assert (gesproken.besluit, gesproken.afspraak_om) == ("", None)


@pytest.mark.parametrize(
    ("data", "zin"),
    [
        ({}, "Kies wat de tandarts heeft besloten."),
        ({"besluit": "opereren"}, "Selecteer een geldige keuze"),
        ({"besluit": "uitstel", "toelichting": LANG}, "niet meer dan 4000 tekens"),
        ({"besluit": "uitstel", "toelichting": NUL}, "Null-tekens"),
    ],
)
def test_decision(post, gesproken, data, zin):
    _is_refused(post("besluit", **data), zin)
    gesproken.refresh_from_db()
    assert gesproken.besluit == ""


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"tandarts": NUL, "rol": "dienstdoende", "resultaat": "gesproken"},
        {"tandarts": "geen-uuid", "rol": "x", "resultaat": LANG},
    ],
)
def test_attempt(post, oproep, data):
    _is_refused(post("contactpoging", **data), "Kies wie je belde")
    assert not oproep.contactpogingen.exists()


@pytest.mark.parametrize(
    "data", [{"controles": "x"}, {"reden_geen_contact": LANG}, {"reden_geen_contact": NUL}]
)
def test_closing(post, oproep, data):
    response = post("afronden", **data)
    assert response.status_code in (200, 422)
    oproep.refresh_from_db()
    assert oproep.status == "open"


@pytest.mark.parametrize("keuze", [NUL, "geen-uuid", LANG])
def test_choice_of_a_patient(post, oproep, keuze):
    assert post("patient_kies", patient=keuze).status_code == 302
    oproep.refresh_from_db()
    assert oproep.patient is None


@pytest.mark.parametrize("versie", ["", "abc", "-1", "9" * 6000, "²", NUL])
def test_version_and_window(post, oproep, versie):
    response = post("antwoorden", versie=versie, venster=NUL, klachten=["avulsie"])
    assert response.status_code in (200, 302, 409)
    assert Oproep.objects.get().venster == ""


EIGEN = {
    "et-naam": "Drs. De Wit",
    "et-praktijk": "Praktijk De Wit",
    "et-email": "praktijk@dewit.example",
    "et-telefoon": "06 87654321",
}


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        *((veld, waarde) for veld in EIGEN for waarde in (NUL, LANG)),
        *(("et-naam", ""), ("et-praktijk", "")),
    ],
)
def test_new_own_dentist(client, url, oproep, veld, waarde):
    response = client.post(url("eigen_tandarts", oproep), EIGEN | {veld: waarde})
    assert response.status_code == 422
    assert "veldfout" in response.content.decode()
    assert not Patient.objects.exists()
