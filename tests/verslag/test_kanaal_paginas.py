"""The pages of the channels: why it goes this way, the certificate, the handover by hand."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kern import smime
from kern.models import Logregel, Zending
from kern.tijd import to_local
from tests.factories import CertificaatFactory, EigenTandartsFactory
from tests.kern import papieren
from verslag.models import Certificaat, Overdracht, Overhandiging

ONZE = papieren.make()
AFDRUK = smime.facts(ONZE).vingerafdruk


@pytest.fixture
def ontvanger(kring):
    return EigenTandartsFactory(kring=kring, email=papieren.ADRES)


@pytest.fixture
def adres(kring, ontvanger):
    return reverse("verslag:kanaal", kwargs={"kring": kring.slug, "ontvanger": ontvanger.pk})


@pytest.fixture
def weg(kring, ontvanger):
    """The button that takes a certificate away."""
    row = CertificaatFactory(kring=kring, ontvanger=ontvanger)
    kwargs = {"kring": kring.slug, "certificaat": row.pk}
    return reverse("verslag:certificaat_intrekken", kwargs=kwargs)


@pytest.fixture
def overhandigen(kring, versie):
    kwargs = {"kring": kring.slug, "verslag": versie.verslag_id}
    return reverse("verslag:overhandigen", kwargs=kwargs)


def upload(client, adres, data=None, **values):
    file = SimpleUploadedFile("eigen.cer", papieren.der(ONZE) if data is None else data)
    usual = {"bestand": file, "vingerafdruk": AFDRUK[-16:], "nagevraagd": "telefoon"}
    return client.post(adres, {**usual, **values})


# --- why this channel


def test_the_sign_page_and_the_report_say_why(als, tandarts_gebruiker, kring, verslag):
    client = als(tandarts_gebruiker)
    kwargs = {"kring": kring.slug, "verslag": verslag.pk}
    page = client.get(reverse("verslag:teken", kwargs=kwargs)).content.decode()
    why = "De ontvanger haalt het op met een code, omdat van dit adres geen certificaat bekend is"
    assert why in page
    token = page.partition('name="versie" value="')[2].partition('"')[0]
    client.post(reverse("verslag:teken", kwargs=kwargs), {"versie": token})
    assert why in client.get(reverse("verslag:verslag", kwargs=kwargs)).content.decode()


# --- the certificate


def test_a_certificate_is_taken_in_and_taken_away(als, coordinator, adres, kring):
    client = als(coordinator)
    assert "Er is geen certificaat" in client.get(adres).content.decode()
    assert upload(client, adres)["Location"] == adres
    row = Certificaat.objects.get()
    assert (row.vingerafdruk, row.door) == (AFDRUK, coordinator)
    assert row.geldig_tot == ONZE.not_valid_after_utc
    assert AFDRUK in client.get(adres).content.decode()
    weg = reverse(
        "verslag:certificaat_intrekken", kwargs={"kring": kring.slug, "certificaat": row.pk}
    )
    assert client.post(weg)["Location"] == adres
    row.refresh_from_db()
    assert row.ingetrokken_op is not None
    events = list(Logregel.objects.values_list("gebeurtenis", flat=True))
    assert events[-2:] == ["certificaat.toegevoegd", "certificaat.ingetrokken"]


def test_a_fingerprint_as_it_is_read_out_is_fine(als, coordinator, adres):
    last = AFDRUK[-16:].upper()
    spoken = f"{last[:2]}:{last[2:4]} {last[4:6]}-{last[6:]}"
    assert upload(als(coordinator), adres, vingerafdruk=spoken).status_code == 302


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"vingerafdruk": "0" * 16}, "hoort niet bij het bestand"),
        ({"vingerafdruk": "zijn"}, "de laatste 16 tekens"),
        # Another file with the same last eight is made in minutes.
        ({"vingerafdruk": AFDRUK[-8:]}, "de laatste 16 tekens"),
        ({"nagevraagd": ""}, "veldfout"),
        ({"bestand": ""}, "veldfout"),
        ({"data": b"x"}, "geen certificaat"),
        ({"data": b"x" * 100_000}, "te groot"),
        ({"data": papieren.pem_key(papieren.rsa_key())}, "geheime sleutel"),
        ({"data": papieren.der(papieren.make(key=papieren.ec_key()))}, "geen RSA-sleutel"),
    ],
)
def test_a_wrong_upload_is_refused_at_its_field(als, coordinator, adres, values, sentence):
    response = upload(als(coordinator), adres, **values)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Certificaat.objects.exists()


def test_a_long_history_costs_the_same(als, coordinator, adres, kring, ontvanger):
    client = als(coordinator)
    CertificaatFactory(kring=kring, ontvanger=ontvanger)
    client.get(adres)
    before = _queries(client, adres)
    CertificaatFactory.create_batch(
        8, kring=kring, ontvanger=ontvanger, ingetrokken_op=timezone.now()
    )
    assert _queries(client, adres) == before


def _queries(client, adres) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(adres).status_code == 200
    return len(queries)


@pytest.mark.parametrize("person", ["tandarts_gebruiker", "triagist", "vreemde"])
def test_only_the_coordinator_says_who_can_read(als, request, adres, weg, person):
    client, code = als(request.getfixturevalue(person)), 404 if person == "vreemde" else 403
    assert client.get(adres).status_code == code
    assert client.post(weg).status_code == code
    assert Certificaat.objects.get().ingetrokken_op is None


def test_the_recipient_of_another_kring_is_not_there(als, coordinator, kring, andere_kring):
    other = EigenTandartsFactory(kring=andere_kring)
    adres = reverse("verslag:kanaal", kwargs={"kring": kring.slug, "ontvanger": other.pk})
    assert als(coordinator).get(adres).status_code == 404


# --- by hand


def proof(**values):
    """Return the form: just now, in whole minutes."""
    local = to_local(timezone.now())
    usual = {
        "kanaal": "papier",
        "aan": "Mw. De Wit",
        "gedaan_op": local.strftime("%Y-%m-%dT%H:%M"),
        "vastgesteld": "praktijk",
    }
    return {**usual, **values}


def test_a_letter_is_handed_over_with_its_proof(
    als, tandarts_gebruiker, overhandigen, versie, kring
):
    client = als(tandarts_gebruiker)
    assert "Download pdf om af te drukken" in client.get(overhandigen).content.decode()
    assert client.post(overhandigen, proof()).status_code == 302
    assert Overhandiging.objects.get().aan == "Mw. De Wit"
    kwargs = {"kring": kring.slug, "verslag": versie.verslag_id}
    page = client.get(reverse("verslag:verslag", kwargs=kwargs)).content.decode()
    assert "Aan Mw. De Wit" in page
    assert "Overhandigd op" in page
    assert "Geef het op papier" not in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"aan": ""}, "veldfout"),
        ({"kanaal": "smime"}, "veldfout"),
        ({"vastgesteld": "zomaar"}, "veldfout"),
        ({"gedaan_op": "2020-01-01T10:00"}, "vóór het ondertekenen"),
        ({"gedaan_op": "2090-01-01T10:00"}, "in de toekomst"),
        ({"gedaan_op": "gisteren"}, "veldfout"),
    ],
)
def test_a_proof_that_cannot_be_is_refused_and_kept(
    als, tandarts_gebruiker, overhandigen, values, sentence
):
    response = als(tandarts_gebruiker).post(overhandigen, proof(toelichting="balie", **values))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'value="balie"' in page
    assert not Overhandiging.objects.exists()


def test_only_the_author_hands_over(als, coordinator, triagist, vreemde, overhandigen):
    for person, code in ((coordinator, 403), (triagist, 403), (vreemde, 404)):
        client = als(person)
        assert client.get(overhandigen).status_code == code
        assert client.post(overhandigen, proof()).status_code == code
    assert not Overhandiging.objects.exists()


def test_without_an_own_dentist_there_is_nobody_to_hand_it_to(
    als, tandarts_gebruiker, overhandigen, patient
):
    type(patient).objects.update(heeft_eigen_tandarts="nee", eigen_tandarts=None)
    response = als(tandarts_gebruiker).get(overhandigen, follow=True)
    assert "geen eigen tandarts bekend" in response.content.decode()


# --- the buttons of a mail


def test_the_buttons_of_an_encrypted_mail(als, tandarts_gebruiker, kring, versie, overdracht):
    """Sent: no taking back, but another way for who cannot open it."""
    Overdracht.objects.update(kanaal="smime", verloopt_op=None)
    Zending.objects.update(status="verzonden", verzonden_op=timezone.now())
    client = als(tandarts_gebruiker)
    report = reverse("verslag:verslag", kwargs={"kring": kring.slug, "verslag": versie.verslag_id})
    page = client.get(report).content.decode()
    assert "Lukt openen niet?" in page
    assert "Trek in" not in page
    kwargs = {"kring": kring.slug, "overdracht": overdracht.pk}
    response = client.post(reverse("verslag:intrekken", kwargs=kwargs), follow=True)
    assert "Intrekken kan niet meer" in response.content.decode()
    client.post(reverse("verslag:opnieuw", kwargs=kwargs), {"met_code": "ja"})
    assert Overdracht.objects.get().kanaal == "ophalen"
