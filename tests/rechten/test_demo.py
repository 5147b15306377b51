"""The demo shows requests in every stage, and stays within the law of them."""

from types import SimpleNamespace

import pytest

from kern.actor import Actor
from rechten.models import Patientverzoek, Vernietiging
from spoeddienst.demo.gegevens import rechten
from tests import factories
from tests.rechten.conftest import close_calls
from verslag.actions import sign_verslag

pytestmark = pytest.mark.django_db


def test_requests_in_every_stage(kring, tandarts, coordinator, actor):
    for leeftijd in (
        "2019-03-01",
        "1984-05-17",
        "2012-01-01",
        "1950-01-01",
        "1990-09-09",
        "1971-02-03",
    ):
        verslag = factories.VerslagFactory(kring=kring, auteur=tandarts)
        sign_verslag(verslag, by=Actor.system(kring.pk))
        patient = verslag.oproep.patient
        type(patient).objects.filter(pk=patient.pk).update(geboortedatum=leeftijd)
    close_calls()
    toneel = SimpleNamespace(
        rows=SimpleNamespace(kring=kring), actor=lambda gebruiker, rol: actor(gebruiker)
    )
    rechten.play(toneel)
    found = set(Patientverzoek.objects.values_list("soort", "status"))
    assert found == {
        ("afschrift", "open"),
        ("afschrift", "afgewezen"),
        ("inzage", "toegewezen"),
        ("correctie", "open"),
        ("correctie", "afgewezen"),
        ("vernietiging", "toegewezen"),
    }
    assert Vernietiging.objects.get().coordinator_id == coordinator.pk
