"""The overview for a patient: every access in it, of colleagues no more than name and role."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from kern.models import Logregel
from tests import factories
from tests.huis.objecten import objects_of
from toezicht import overzicht
from triage import actions
from triage.models import Patient

pytestmark = pytest.mark.django_db


def url(kring, naam, **kwargs):
    return reverse(f"toezicht:{naam}", kwargs={"kring": kring.slug} | kwargs)


@pytest.fixture
def objecten(kring, tandarts):
    return objects_of(kring, tandarts)


@pytest.fixture
def gezien(kring, objecten, als, triagist, tandarts_gebruiker):
    """Two persons look at the patient."""
    als(triagist).get(
        reverse("triage:oproep", kwargs={"kring": kring.slug, "pk": objecten.oproep.pk})
    )
    als(tandarts_gebruiker).get(
        reverse("verslag:dossier", kwargs={"kring": kring.slug, "dossier": objecten.dossier.pk})
    )
    return objecten.patient


def test_a_search_by_post_and_one_click(kring, als, fg, gezien):
    client = als(fg)
    page = client.post(url(kring, "zoek_patient"), {"naam": gezien.naam.upper()}).content.decode()
    link = url(kring, "inzage", patient=gezien.pk)
    assert link in page
    found = Logregel.objects.filter(gebeurtenis="inzage.gevonden")
    shown = Patient.objects.filter(naam=gezien.naam)
    assert set(found.values_list("patient_id", "doel")) == {(p.pk, "controle") for p in shown}
    page = client.get(link).content.decode()
    assert "oproep bekeken" in page
    assert "dossier bekeken" in page
    assert Logregel.objects.get(gebeurtenis="inzage.getoond").patient_id == gezien.pk


def test_each_access_is_in_it_and_nothing_private(*, kring, als, fg, gezien, triagist, tandarts):
    lines = Logregel.objects.filter(patient_id=gezien.pk)
    toegangen = overzicht.accesses(gezien.pk)
    assert len(toegangen) == lines.count() > 2
    assert [t.moment for t in toegangen] == sorted(line.tijdstip for line in lines)
    shown = next(t for t in toegangen if t.wat == "oproep bekeken")
    assert (shown.wie, shown.rol, shown.namens, shown.waarom) == (
        triagist.naam,
        "triagemedewerker",
        tandarts.naam,
        "zorgverlening",
    )
    page = als(fg).get(url(kring, "inzage", patient=gezien.pk)).content.decode()
    body = page[page.index("<main") : page.index("</main")]
    for private in (triagist.email, "127.0.0.1", "GET triage"):
        assert private not in body


def test_also_what_happened_before_it_was_known_whose_call_it_was(kring, triagist, actor):
    by = actor(triagist)
    oproep = actions.start_oproep(kring_id=kring.pk, by=by)
    patient = actions.save_patient(oproep, gegevens={"naam": "Piet"}, by=by)
    assert [t.wat for t in overzicht.accesses(patient.pk)] == [
        "oproep aangenomen",
        "patiënt ingevoerd",
    ]


def test_of_another_patient_nothing(kring, als, fg, gezien):
    other = factories.PatientFactory(kring=kring)
    assert overzicht.accesses(other.pk) == []
    assert "Nog niemand" in als(fg).get(url(kring, "inzage", patient=other.pk)).content.decode()


def test_the_pdf_holds_every_line_and_is_logged(kring, als, fg, gezien):
    expected = len(overzicht.accesses(gezien.pk))
    response = als(fg).get(url(kring, "inzage_pdf", patient=gezien.pk))
    assert response["Content-Type"] == "application/pdf"
    assert "attachment" in response["Content-Disposition"]
    assert gezien.naam not in response["Content-Disposition"]
    pages = PdfReader(io.BytesIO(response.content)).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "oproep bekeken" in text
    assert f"staan {expected} regels" in text
    line = Logregel.objects.get(gebeurtenis="inzage.pdf")
    assert (line.actie, line.patient_id) == ("E", gezien.pk)


@pytest.mark.parametrize("wie", ["triagist", "tandarts_gebruiker", "coordinator", "beheerder"])
def test_only_the_fg(kring, als, request, wie, gezien):
    client = als(request.getfixturevalue(wie))
    assert client.get(url(kring, "inzage", patient=gezien.pk)).status_code == 403
    assert client.post(url(kring, "zoek_patient"), {"naam": "Pa"}).status_code == 403


def test_another_kring_finds_nothing(andere_kring, als, vreemde, gezien):
    client = als(vreemde)
    page = client.post(url(andere_kring, "zoek_patient"), {"naam": gezien.naam}).content.decode()
    assert "Geen patiënt gevonden" in page
    assert client.get(url(andere_kring, "inzage", patient=gezien.pk)).status_code == 404


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Dit veld is verplicht"),
        ({"naam": "a"}, "minstens twee letters"),
        ({"naam": "x" * 121}, "tekens"),
        ({"naam": "a\x00b"}, "tekens"),
        ({"naam": "Pa", "geboortedatum": "gisteren"}, "datum"),
    ],
)
def test_an_odd_search_is_told(kring, als, fg, data, sentence):
    response = als(fg).post(url(kring, "zoek_patient"), data)
    assert response.status_code == 422
    assert sentence in response.content.decode()
