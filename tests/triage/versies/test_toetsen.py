"""Scenario tables against a version: the shipped ones and an uploaded one (deliver 2)."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from triage.models import Protocolversie
from triage.versies import toets

TABEL = {
    "basis": {"tijdstip": "2026-11-24T20:15:00+01:00", "leeftijd_jaren": 40, "koorts": "nee"},
    "triage": [
        {
            "id": "E-1",
            "titel": "Dikke wang <b>zonder</b> koorts",
            "verschil_met_basis": {"klachten": ["dikke_wang"]},
            "verwacht": {"contact_tandarts": "verplicht"},
        }
    ],
}


@pytest.fixture
def client(als, coordinator):
    return als(coordinator)


def address(versie):
    kwargs = {"kring": versie.kring.slug, "protocolversie": versie.pk}
    return reverse("triage:protocol_toetsen", kwargs=kwargs)


def upload(client, versie, inhoud, naam="eigen.json"):
    if not isinstance(inhoud, bytes):
        inhoud = json.dumps(inhoud).encode()
    file = SimpleUploadedFile(naam, inhoud, "application/json")
    return client.post(address(versie), {"bron": "bestand", "bestand": file})


def test_shipped_tables_pass_under_the_standard(client, concept):
    assert client.get(address(concept)).status_code == 200
    response = client.post(address(concept), {"bron": "meegeleverd"})
    assert response.status_code == 200
    assert response.context["uitslag"]
    assert all(deel.aantal and not deel.gezakt for deel in response.context["uitslag"])


def test_another_reading_shows_what_differs(client, maak):
    versie = maak(zwelling_zonder_koorts="aanbevolen")
    response = upload(client, versie, TABEL)
    page = response.content.decode()
    (deel,) = response.context["uitslag"]
    (geval,) = deel.gezakt
    assert (geval.id, deel.aantal, deel.geslaagd) == ("E-1", 1, 0)
    assert [(r.wat, r.verwacht, r.gevonden) for r in geval.rijen] == [
        ("overleg", "verplicht", "aanbevolen")
    ]
    assert "&lt;b&gt;zonder" in page


def test_own_table_passes(client, concept):
    assert (
        "Het ene geval loopt af zoals verwacht" in upload(client, concept, TABEL).content.decode()
    )


@pytest.mark.parametrize(
    ("inhoud", "sentence"),
    [
        (b"", "JSON"),
        (b"{", "JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b"[]", "blok"),
        (b"{}", "geen gevallen"),
        ({**TABEL, "onzin": 1}, "onzin"),
        ({**TABEL, "basis": {"schoenmaat": 43}}, "schoenmaat"),
        ({**TABEL, "basis": {"tijdstip": "straks"}}, "tijdstip"),
        ({**TABEL, "triage": [{"id": "E-1"}]}, "ontbreekt"),
        ({**TABEL, "triage": TABEL["triage"] * 2}, "E-1"),
        ({**TABEL, "triage": {"id": 1}}, "lijst"),
    ],
)
def test_broken_table_is_told_at_the_field(client, concept, inhoud, sentence):
    response = upload(client, concept, inhoud)
    assert response.status_code == 422
    error = str(response.context["form"].errors["bestand"])
    assert "niet te draaien" in error
    assert sentence in error


def test_text_that_is_no_text_does_not_break_the_page(client, concept):
    """JSON may hold half a character; a page may not."""
    odd = {**TABEL, "triage": [{**TABEL["triage"][0], "id": "E\ud800", "titel": "\udfff\u0000"}]}
    odd["triage"][0]["verwacht"] = {"contact_tandarts": "\ud800"}
    response = upload(client, concept, odd, naam="\u202eeigen.json")
    assert response.status_code == 200
    assert response.context["uitslag"][0].gezakt


def test_too_large_or_too_long_is_refused(client, concept):
    response = upload(client, concept, b" " * (toets.GROOTST + 1))
    assert (response.status_code, "groter dan 1 MB" in response.content.decode()) == (422, True)
    response = upload(client, concept, {"triage": [1] * (toets.MEESTE + 1)})
    assert "meer dan 2000 gevallen" in str(response.context["form"].errors["bestand"])


def test_without_a_file(client, concept):
    response = client.post(address(concept), {"bron": "bestand"})
    assert response.status_code == 422
    assert "Kies een bestand" in str(response.context["form"].errors["bestand"])


def test_nothing_of_the_table_is_kept(client, concept):
    before = Protocolversie.objects.filter(pk=concept.pk).values().get()
    upload(client, concept, TABEL)
    assert Protocolversie.objects.filter(pk=concept.pk).values().get() == before


@pytest.mark.parametrize("rol", ["triagist", "beheerder", "vertegenwoordiger"])
def test_who_may_not(als, request, concept, rol):
    client = als(request.getfixturevalue(rol))
    assert client.get(address(concept)).status_code == 403
    assert upload(client, concept, TABEL).status_code == 403


def test_other_kring_does_not_exist(client, vreemde_versie, kring):
    kwargs = {"kring": kring.slug, "protocolversie": vreemde_versie.pk}
    assert client.get(reverse("triage:protocol_toetsen", kwargs=kwargs)).status_code == 404
