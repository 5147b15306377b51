"""The own words of a patient stay with the file, whoever is right (AVG 16, BW 7:454 lid 2)."""

import io
import zipfile
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from kern.models import Logregel
from kern.tijd import db_now
from rechten import actions, brief, uitvoer
from tests.factories import AfgifteFactory, PatientFactory, PatientverzoekFactory
from verslag.actions import sign_verslag
from verslag.actions.samenvoegen import merge_patients, undo_merge
from verslag.models import Verklaring, Verslag
from verslag.weergave import sections

pytestmark = pytest.mark.django_db

TEKST = "Die kies deed nooit pijn voordat u eraan kwam."


def url(name, kring, **kwargs):
    return reverse(name, kwargs={"kring": kring.slug, **kwargs})


@pytest.fixture
def geweigerd(noteer, coordinator, door):
    verzoek = noteer("correctie")
    return actions.decide(
        verzoek, toewijzen=False, weigergrond="juist", motivering="Klopt.", by=door(coordinator)
    )


@pytest.fixture
def verklaring(geweigerd, coordinator, door):
    Verklaring.objects.all().delete()
    return actions.add_statement(geweigerd, tekst=TEKST, by=door(coordinator))


def text_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_is_kept_and_logged(verklaring, geweigerd, patient):
    row = Verklaring.objects.get()
    assert (row.patient, row.tekst, row.verzoek_nummer) == (patient, TEKST, geweigerd.nummer)
    line = Logregel.objects.get(gebeurtenis="verklaring.toegevoegd")
    assert (line.actie, line.patient_id) == ("C", patient.pk)


@pytest.mark.parametrize("fout", ["afschrift", "onbekend", "ingetrokken", "leeg", "andermans"])
def test_what_cannot_be_stated(*, fout, noteer, kring, coordinator, door, objecten):
    by = door(coordinator)
    soort = "afschrift" if fout == "afschrift" else "correctie"
    verzoek = noteer(soort, identiteit="" if fout == "onbekend" else "paspoort")
    if fout == "ingetrokken":
        actions.withdraw(verzoek, by=by)
    before = Verklaring.objects.count()
    with pytest.raises(ValidationError):
        actions.add_statement(
            verzoek,
            tekst=" " if fout == "leeg" else TEKST,
            verslag=uuid4() if fout == "andermans" else None,
            by=by,
        )
    assert Verklaring.objects.count() == before
    assert not Logregel.objects.filter(gebeurtenis="verklaring.toegevoegd").exists()


def test_the_page_of_the_request_takes_it(*, als, coordinator, kring, geweigerd, objecten):
    client = als(coordinator)
    page = url("rechten:verzoek", kring, verzoek=geweigerd.pk)
    assert "Eigen verklaring van de patiënt" in client.get(page).content.decode()
    step = url("rechten:stap", kring, verzoek=geweigerd.pk)
    answer = client.post(step, {"doel": "verklaring", "tekst": ""})
    assert answer.status_code == 422
    report = objecten.verslag.pk
    answer = client.post(step, {"doel": "verklaring", "tekst": TEKST, "verslag": report})
    assert answer.status_code == 302
    assert Verklaring.objects.get(verzoek_nummer=geweigerd.nummer).verslag_id == report
    assert TEKST in client.get(page).content.decode()


def test_copy_export_and_letter_have_it(*, kring, patient, verklaring, geweigerd):
    bundel = uitvoer.copy_of(patient)
    assert TEKST in text_of(bundel.bestanden["verklaring-van-de-patient.pdf"])
    everything = uitvoer.all_of(kring, patient, nu=db_now())
    with zipfile.ZipFile(io.BytesIO(everything.to_zip())) as archive:
        assert TEKST in archive.read("gegevens.json").decode()
    assert TEKST in text_of(brief.render(kring, geweigerd, db_now()))


def test_the_next_version_has_it_and_the_signed_one_stays(*, patient, verklaring, systeem):
    verslag = Verslag.objects.get(dossier__patient=patient)
    first = verslag.versies.last()
    assert TEKST not in str(first.inhoud)
    again = sign_verslag(verslag, reden="De patiënt gaf een verklaring.", by=systeem)
    assert again.nummer == first.nummer + 1
    assert dict(sections(again.inhoud))["Verklaring van de patiënt"].endswith(TEKST)
    first.refresh_from_db()
    assert TEKST not in str(first.inhoud)


def test_a_joined_file_has_it_until_it_is_taken_apart(*, kring, patient, verklaring, systeem):
    other = PatientFactory(kring=kring, naam="W. Kanarievogel", bsn="")
    samen = merge_patients(other, patient, overnemen=frozenset(), reden="Zelfde pas.", by=systeem)
    verklaring.refresh_from_db()
    assert verklaring.patient_id == other.pk
    undo_merge(samen, reden="Toch niet.", by=systeem)
    verklaring.refresh_from_db()
    assert verklaring.patient_id == patient.pk


def test_it_goes_with_the_file(*, verklaring, besloten, systeem):
    actions.destroy(besloten, by=systeem)
    assert not Verklaring.objects.exists()


# --- the dossier


@pytest.fixture
def dossier(objecten, kring):
    return url("verslag:dossier", kring, dossier=objecten.verslag.dossier_id)


def test_the_dossier_shows_requests_copies_and_words(
    *, als, tandarts_gebruiker, kring, dossier, verklaring, geweigerd, patient
):
    copy = PatientverzoekFactory(kring=kring, patient=patient)
    AfgifteFactory(kring=kring, verzoek=copy)
    page = als(tandarts_gebruiker).get(dossier).content.decode()
    assert TEKST in page
    assert f"Verzoek {geweigerd.nummer} geweigerd" in page
    assert "Afschrift van het verslag gegeven" in page
    link = url("rechten:verzoek", kring, verzoek=geweigerd.pk)
    assert link in page
    # What the dossier names, its reader may open.
    assert als(tandarts_gebruiker).get(link).status_code == 200


def test_as_many_queries_for_thirty_requests(*, als, tandarts_gebruiker, kring, dossier, patient):
    client = als(tandarts_gebruiker)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(dossier).status_code == 200
        return len(queries)

    def ask(count: int) -> None:
        for _ in range(count):
            AfgifteFactory(kring=kring, verzoek=PatientverzoekFactory(kring=kring, patient=patient))

    ask(1)
    cost()
    one = cost()
    ask(29)
    assert cost() == one
