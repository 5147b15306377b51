"""The dentist reads how a caller behaved, also of callers whom nobody saw (R-81)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from triage import actions


@pytest.fixture
def dienst(kring, tandarts):
    return factories.DienstFactory(kring=kring, dienstdoende=tandarts)


@pytest.fixture
def threatened(kring, dienst, triagist, actor):
    by = actor(triagist)
    oproep = actions.start_oproep(kring_id=kring.pk, by=by)
    for stap in ("kalmeren", "verbreken", "politie"):
        actions.log_agressiestap(oproep, stap=stap, by=by)
    return oproep


def page(client, kring) -> str:
    return client.get(reverse("verslag:mijn", kwargs={"kring": kring.slug})).content.decode()


def test_of_a_caller_whom_nobody_saw(als, tandarts_gebruiker, kring, threatened):
    text = page(als(tandarts_gebruiker), kring)
    assert "Lastig gesprek in je dienst" in text
    assert "dreigend" in text
    assert "politie gebeld" in text


def test_of_an_own_patient_at_the_patient(als, tandarts, kring, threatened, actor):
    threatened.behandelaar = tandarts
    threatened.patient = factories.PatientFactory(kring=kring)
    threatened.save()
    text = page(als(tandarts.gebruiker), kring)
    assert "Lastig gesprek in je dienst" not in text
    assert "verbinding verbroken" in text


def test_not_of_the_duty_of_another(als, kring, threatened):
    other = factories.LidmaatschapFactory(kring=kring, rol="tandarts").gebruiker
    factories.TandartsFactory(kring=kring, gebruiker=other)
    assert "dreigend" not in page(als(other), kring)


def test_as_many_queries_for_many(als, tandarts_gebruiker, kring, threatened, actor):
    client = als(tandarts_gebruiker)

    def count():
        with CaptureQueriesContext(connection) as captured:
            page(client, kring)
        return len(captured)

    count()
    first = count()
    by = actor(factories.LidmaatschapFactory(kring=kring).gebruiker)
    for _ in range(6):
        oproep = actions.start_oproep(kring_id=kring.pk, by=by)
        actions.log_agressiestap(oproep, stap="kalmeren", by=by)
    assert count() == first
