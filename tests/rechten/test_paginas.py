"""The pages: who may, what they show, what a broken form keeps."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from kern.models import Logregel
from kern.tijd import db_now, to_local
from rechten import actions
from rechten.models import Afgifte, Patientverzoek, Rechteninstelling, Vernietiging
from tests import factories

pytestmark = pytest.mark.django_db

NIEUW = {
    "soort": "afschrift",
    "ontvangen_op": "2026-11-20",
    "aanvrager": "patient",
    "aanvrager_naam": "Piet Aanvrager",
    "wens": "Van de kies linksboven.",
    "identiteit": "paspoort",
}


@pytest.fixture
def url(kring):
    return lambda naam, **kwargs: reverse(f"rechten:{naam}", kwargs={"kring": kring.slug} | kwargs)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_from_search_to_proof(*, als, coordinator, url, patient, objecten):
    client = als(coordinator)
    page = client.post(url("zoek"), {"naam": patient.naam}).content.decode()
    nieuw = url("nieuw", patient=patient.pk)
    assert nieuw in page
    response = client.post(nieuw, NIEUW)
    verzoek = Patientverzoek.objects.get()
    assert response.headers["Location"] == url("verzoek", verzoek=verzoek.pk)
    client.post(url("besluit", verzoek=verzoek.pk), {"toewijzen": "ja"})
    found = client.post(url("bestand", verzoek=verzoek.pk))
    assert found["Content-Type"] == "application/zip"
    assert patient.naam not in found["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(found.content)) as archive:
        assert len(archive.namelist()) == 3
    client.post(
        url("stap", verzoek=verzoek.pk),
        {"doel": "geef", "wijze": "hand", "uitgereikt_aan": "Piet", "identiteit": "paspoort"},
    )
    verzoek.refresh_from_db()
    assert verzoek.status == "afgehandeld"
    assert Afgifte.objects.get().versies == [str(objecten.versie.pk)]
    page = client.get(url("verzoek", verzoek=verzoek.pk)).content.decode()
    assert "in de hand gegeven" in page
    assert "Diagnose" not in page


def test_what_was_refused_has_no_fee(*, als, coordinator, url, noteer, door):
    verzoek = noteer()
    client = als(coordinator)
    assert "Vergoeding" in client.get(url("verzoek", verzoek=verzoek.pk)).content.decode()
    by = door(coordinator)
    actions.decide(
        verzoek, toewijzen=False, weigergrond="buitensporig", motivering="Te vaak.", by=by
    )
    assert "Vergoeding" not in client.get(url("verzoek", verzoek=verzoek.pk)).content.decode()


@pytest.mark.parametrize(
    ("data", "zin"),
    [
        ({}, "Kies waar het verzoek over gaat."),
        (NIEUW | {"aanvrager": "ouder"}, "16 jaar of ouder"),
        (NIEUW | {"ontvangen_op": "2099-01-01"}, "moet nog komen"),
        (NIEUW | {"wens": "Paspoort NX1234567"}, "documentnummer"),
        (NIEUW | {"soort": "correctie", "wens": ""}, "wat er niet klopt"),
        (NIEUW | {"identiteit": "onzin"}, "onzin"),
    ],
)
def test_a_broken_form_keeps_what_was_typed(*, als, coordinator, url, patient, data, zin):
    response = als(coordinator).post(url("nieuw", patient=patient.pk), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert zin in page
    assert not data or "Piet Aanvrager" in page
    assert not Patientverzoek.objects.exists()


@pytest.mark.parametrize("wie", ["triagist", "vertegenwoordiger", "beheerder"])
def test_other_roles_see_nothing(*, als, request, url, noteer, patient, wie):
    client = als(request.getfixturevalue(wie))
    verzoek = noteer()
    for address in (url("verzoeken"), url("verzoek", verzoek=verzoek.pk), url("vernietigingen")):
        assert client.get(address).status_code == 403


def test_a_dentist_notes_for_an_own_patient_only(*, als, tandarts_gebruiker, url, patient, kring):
    client = als(tandarts_gebruiker)
    assert client.get(url("nieuw", patient=patient.pk)).status_code == 200
    stranger = factories.PatientFactory(kring=kring)
    assert client.get(url("nieuw", patient=stranger.pk)).status_code == 404
    assert client.get(url("verzoeken")).status_code == 403
    client.post(url("nieuw", patient=patient.pk), NIEUW)
    verzoek = Patientverzoek.objects.get()
    page = client.get(url("verzoek", verzoek=verzoek.pk)).content.decode()
    assert "De coördinator beslist" in page
    assert client.post(url("besluit", verzoek=verzoek.pk), {}).status_code == 403


def test_another_kring_finds_nothing(*, als, vreemde, andere_kring, noteer, patient):
    client, verzoek = als(vreemde), noteer()
    row = factories.VernietigingFactory(kring=patient.kring, patient=patient)
    for naam, kwargs in (
        ("nieuw", {"patient": patient.pk}),
        ("verzoek", {"verzoek": verzoek.pk}),
        ("vernietiging", {"vernietiging": row.pk}),
    ):
        address = reverse(f"rechten:{naam}", kwargs={"kring": andere_kring.slug} | kwargs)
        assert client.get(address).status_code == 404


def test_the_fg_reads_and_does_not_decide(*, als, fg, url, noteer):
    client, verzoek = als(fg), noteer()
    page = client.get(url("verzoek", verzoek=verzoek.pk)).content.decode()
    assert "Leg besluit vast" not in page
    assert client.post(url("besluit", verzoek=verzoek.pk), {"toewijzen": "ja"}).status_code == 403
    assert client.post(url("stap", verzoek=verzoek.pk), {"doel": "intrekken"}).status_code == 403


def test_a_refusal_without_a_ground_stays_on_the_page(*, als, coordinator, url, noteer):
    verzoek = noteer()
    data = {"toewijzen": "nee", "motivering": "Te vaak gevraagd."}
    response = als(coordinator).post(url("besluit", verzoek=verzoek.pk), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Kies de grond" in page
    assert "Te vaak gevraagd." in page
    verzoek.refresh_from_db()
    assert verzoek.status == "open"


@pytest.mark.parametrize(
    ("stap", "zin"),
    [("open", "uiterlijk op"), ("weiger", "klacht indienen"), ("verleng", "Het archief is elders")],
)
def test_the_letter_says_what_was_decided(*, als, coordinator, url, noteer, door, stap, zin):
    verzoek, by = noteer(ontvangen_op=to_local(db_now()).date()), door(coordinator)
    if stap == "weiger":
        actions.decide(
            verzoek, toewijzen=False, weigergrond="ander", motivering="Gaat over een ander.", by=by
        )
    if stap == "verleng":
        actions.extend(verzoek, reden="Het archief is elders.", by=by)
    response = als(coordinator).post(url("brief", verzoek=verzoek.pk))
    text = text_of(response.content)
    assert zin in text
    assert "Wilhelmina Kanarievogel" in text
    assert Logregel.objects.filter(gebeurtenis="verzoek.brief").count() == 1


def test_two_persons_on_the_page_of_a_destruction(*, als, coordinator, fg, url, kring, patient):
    row = factories.VernietigingFactory(kring=kring, patient=patient, grond="verzoek")
    address = url("vernietiging", vernietiging=row.pk)
    assert "Ik stem in als coördinator" in als(coordinator).get(address).content.decode()
    als(coordinator).post(address, {"doel": "instemmen_coordinator"})
    again = als(coordinator).post(address, {"doel": "instemmen_fg"})
    assert again.status_code == 422
    als(fg).post(address, {"doel": "instemmen_fg"})
    row.refresh_from_db()
    assert row.is_bevestigd
    assert (row.coordinator_id, row.fg_id) == (coordinator.pk, fg.pk)
    late = als(fg).post(address, {"doel": "terug", "reden": "Toch maar liever niet."})
    assert "definitief" in late.content.decode()


@pytest.mark.parametrize("doel", ["bewaar", "terug", "instemmen_onzin", ""])
def test_a_broken_decision_changes_nothing(*, als, coordinator, url, kring, patient, doel):
    row = factories.VernietigingFactory(kring=kring, patient=patient)
    address = url("vernietiging", vernietiging=row.pk)
    response = als(coordinator).post(address, {"doel": doel, "reden": "x"})
    assert response.status_code == 422
    row.refresh_from_db()
    assert (row.coordinator_op, row.aangehouden_tot, row.reden) == (None, None, "")


@pytest.mark.parametrize(("invoer", "cent"), [("4,50", 450), ("0", 0), ("51", None), ("x", None)])
def test_the_fee_of_the_kring(*, als, coordinator, url, kring, invoer, cent):
    response = als(coordinator).post(url("instelling"), {"tarief": invoer})
    assert response.status_code == (422 if cent is None else 302)
    found = Rechteninstelling.objects.filter(kring=kring).values_list("tarief_cent", flat=True)
    assert list(found) == ([] if cent is None else [cent])


def test_the_lists_cost_the_same_for_one_and_thirty(*, als, coordinator, url, kring, noteer):
    client, counts = als(coordinator), {}
    noteer()
    factories.VernietigingFactory(kring=kring)
    for round_ in ("one", "thirty"):
        for naam in ("verzoeken", "vernietigingen"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url(naam)).status_code == 200
            counts[round_, naam] = len(queries)
        for _ in range(29 if round_ == "one" else 0):
            factories.PatientverzoekFactory(kring=kring)
            factories.VernietigingFactory(kring=kring)
    for naam in ("verzoeken", "vernietigingen"):
        assert counts["one", naam] == counts["thirty", naam]


def test_the_letter_is_asked_for_before_the_address_is_gone(*, als, coordinator, url, noteer, door):
    verzoek = noteer("vernietiging")
    actions.decide(verzoek, toewijzen=True, by=door(coordinator))
    page = als(coordinator).get(url("verzoek", verzoek=verzoek.pk)).content.decode()
    assert "Maak nu de brief voor de aanvrager" in page


def test_a_destroyed_patient_is_on_no_page(*, als, coordinator, url, besloten, systeem, patient):
    actions.destroy(besloten, by=systeem)
    client = als(coordinator)
    verzoek = Patientverzoek.objects.get()
    for address in (
        url("verzoeken") + "?alle=ja",
        url("verzoek", verzoek=verzoek.pk),
        url("vernietigingen"),
        url("vernietiging", vernietiging=Vernietiging.objects.get().pk),
    ):
        page = client.get(address).content.decode()
        assert patient.naam not in page
        assert "Kanarievogel" not in page
        assert "vernietigd" in page.lower()


def test_picking_up_asks_for_mail_and_phone(*, als, coordinator, url, noteer, door):
    verzoek = actions.decide(noteer(), toewijzen=True, by=door(coordinator))
    client, stap = als(coordinator), url("stap", verzoek=verzoek.pk)
    data = {"doel": "geef", "wijze": "ophalen", "uitgereikt_aan": "Piet"}
    response = client.post(stap, data)
    assert response.status_code == 422
    assert response.content.decode().count("Nodig om het te laten ophalen") >= 2
    client.post(stap, data | {"email": "piet@thuis.example", "telefoon": "06 12345670"})
    verzoek.refresh_from_db()
    assert verzoek.status == "afgehandeld"
