"""The page and the file: right lines, no patients, the same queries for one and for thirty."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kern.models import Logregel, Zending
from tests.factories import (
    ContactpogingFactory,
    DienstFactory,
    OproepFactory,
    PatientFactory,
    VerslagFactory,
)
from tests.verslag.conftest import KANARIE
from verslag.models import Overdracht
from verslag.overzicht import termijn


@pytest.fixture
def adres(kring):
    return reverse("verslag:overzicht", kwargs={"kring": kring.slug})


@pytest.fixture
def bestand(kring):
    return reverse("verslag:overzicht_bestand", kwargs={"kring": kring.slug})


@pytest.fixture
def lezer(als, coordinator):
    return als(coordinator)


@pytest.fixture
def voorbij(kring):
    """A duty that is over."""
    return DienstFactory(kring=kring, begin=timezone.now() - timedelta(hours=30))


def lines(response) -> list[tuple[int, str]]:
    return [(row.feiten.nummer, row.stap.value) for row in response.context["overzicht"].regels]


def test_a_missing_report_stands_on_top_until_it_is_there(lezer, adres, kring, voorbij, tandarts):
    oproep = OproepFactory(kring=kring, dienst=voorbij, behandelaar=tandarts)
    assert lines(lezer.get(adres)) == [(oproep.nummer, "ontbreekt")]
    VerslagFactory(kring=kring, oproep=oproep, auteur=tandarts)
    response = lezer.get(adres)
    assert lines(response) == [(oproep.nummer, "ontbreekt")], "a draft is no report"
    assert "Verslag ontbreekt" in response.content.decode()
    assert tandarts.naam in response.content.decode()


def test_spoken_only_owes_a_report_too_and_nobody_spoken_does_not(lezer, adres, kring, voorbij):
    OproepFactory(kring=kring, dienst=voorbij)
    poging = ContactpogingFactory(
        kring=kring, resultaat="gesproken", oproep__dienst=voorbij, moment=timezone.now()
    )
    response = lezer.get(adres)
    assert lines(response) == [(poging.oproep.nummer, "ontbreekt")]
    assert response.context["overzicht"].regels[0].feiten.tandarts == poging.tandarts.naam


def test_from_sent_to_read(lezer, adres, versie):
    nummer = versie.verslag.oproep.nummer
    assert lines(lezer.get(adres)) == [(nummer, "niet_bezorgd")]
    Zending.objects.filter(pk=versie.overdrachten.get().bericht_id).update(
        status="verzonden", verzonden_op=timezone.now()
    )
    assert lines(lezer.get(adres)) == [(nummer, "ongelezen")]
    Overdracht.objects.update(opgehaald_op=timezone.now())
    assert lines(lezer.get(adres)) == [(nummer, "klaar")]
    Overdracht.objects.update(ingetrokken_op=timezone.now())
    assert lines(lezer.get(adres)) == [(nummer, "niet_verstuurd")]


def test_the_agreed_term_of_the_practice_is_used(lezer, adres, versie, tandarts, monkeypatch):
    terms = {tandarts.deelnemer_id: timedelta(0)}
    monkeypatch.setattr(termijn, "_bronnen", [lambda kring_id: terms])
    assert "over de termijn" in lezer.get(adres).content.decode()
    terms[tandarts.deelnemer_id] = timedelta(days=30)
    assert "over de termijn" not in lezer.get(adres).content.decode()


def test_no_patient_on_the_page_nor_in_the_file(lezer, adres, bestand, versie):
    page = lezer.get(adres).content.decode()
    text = lezer.get(bestand).content.decode()
    assert str(versie.verslag.oproep.nummer) in page
    assert [value for value in KANARIE.values() if value in page + text] == []


def test_the_file_has_a_line_a_call_and_is_logged(lezer, bestand, versie):
    response = lezer.get(bestand)
    head, row = response.content.decode().strip().split("\r\n")
    assert head.count(";") == row.count(";") == 11
    assert f'"{versie.verslag.oproep.nummer}"' in row
    assert Logregel.objects.filter(gebeurtenis="verslagen.csv", actie="E").count() == 1


def test_another_role(als, triagist, tandarts_gebruiker, adres):
    for other in (triagist, tandarts_gebruiker):
        assert als(other).get(adres).status_code == 403


def test_another_kring(lezer, andere_kring):
    elsewhere = reverse("verslag:overzicht", kwargs={"kring": andere_kring.slug})
    assert lezer.get(elsewhere).status_code == 404


def test_an_unknown_period_is_said_so(lezer, adres, bestand):
    for address in (adres, bestand):
        response = lezer.get(address, {"periode": "gisteren"})
        assert response.status_code == 422
        assert "Kies een periode uit de lijst." in response.content.decode()


def test_the_same_queries_for_one_and_for_thirty(lezer, adres, kring, voorbij, tandarts):
    def more(count):
        patient = PatientFactory(kring=kring)
        for _ in range(count):
            oproep = OproepFactory(
                kring=kring, dienst=voorbij, behandelaar=tandarts, patient=patient
            )
            VerslagFactory(kring=kring, oproep=oproep, auteur=tandarts)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert lezer.get(adres).status_code == 200
        return len(queries)

    more(1)
    asked()
    one = asked()
    more(29)
    assert asked() == one
