"""The pages of a version: who reads, answers, adopts and withdraws."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.models import Deelnemer
from rooster.actions import versie as actions
from rooster.models import (
    Akkoord,
    Dienst,
    Roosterversie,
)
from tests.factories import (
    DeelnemerFactory,
    LidmaatschapFactory,
)
from tests.rooster.test_views import page
from tests.rooster.versie.hulp import Status

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wie", ["coordinator", "tandarts_gebruiker", "vertegenwoordiger"])
def test_who_takes_part_reads_the_proposal(versie, als, request, wie):
    client = als(request.getfixturevalue(wie))
    paths = [f"versie/{versie.pk}/{tail}" for tail in ("", "maand/", "verschil/")]
    assert "versie 1" in client.get(page(versie.kring, "versie/")).content.decode()
    overview, month, differs = (client.get(page(versie.kring, p)).content.decode() for p in paths)
    assert "Praktijk De Brug" in overview
    assert "D. Achterberg" in month
    assert "3 diensten zijn anders" in differs


@pytest.mark.parametrize("wie", ["triagist", "beheerder", "fg"])
def test_others_wait_for_the_adopted_roster(versie, als, request, wie):
    client = als(request.getfixturevalue(wie))
    for path in ("versie/", f"versie/{versie.pk}/", f"versie/{versie.pk}/maand/"):
        assert client.get(page(versie.kring, path)).status_code == 403


def test_another_krings_version_does_not_exist(versie, andere_kring, als, vreemde, coordinator):
    tails = ("", "maand/", "verschil/", "vaststellen/", "intrekken/")
    for tail in tails:
        assert als(vreemde).get(page(versie.kring, f"versie/{versie.pk}/{tail}")).status_code == 404
    LidmaatschapFactory(kring=andere_kring, gebruiker=coordinator, rol="coordinator")
    client = als(coordinator)
    for tail in tails:
        assert client.get(page(andere_kring, f"versie/{versie.pk}/{tail}")).status_code == 404


def test_the_representative_answers_for_the_own_practice_alone(
    versie, als, vertegenwoordiger, deelnemer, achter
):
    client = als(vertegenwoordiger)
    own = page(versie.kring, f"versie/{versie.pk}/antwoord/{deelnemer.pk}/")
    assert client.get(own).status_code == 200
    response = client.post(own, {"akkoord": "nee", "opmerking": ""})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["opmerking"]
    assert client.post(own, {"akkoord": "ja"}).status_code == 302
    assert Akkoord.objects.get().deelnemer == deelnemer
    other = page(versie.kring, f"versie/{versie.pk}/antwoord/{achter.deelnemer_id}/")
    assert client.post(other, {"akkoord": "ja"}).status_code == 404
    assert Akkoord.objects.count() == 1


def test_remarks_of_others_are_for_the_coordinator(versie, als, by, coordinator, vertegenwoordiger):
    ander = DeelnemerFactory(kring=versie.kring, naam="Praktijk Oost")
    actions.answer(versie, deelnemer=ander, akkoord=False, opmerking="Scheef verdeeld", by=by)
    address = page(versie.kring, f"versie/{versie.pk}/")
    assert "Scheef verdeeld" in als(coordinator).get(address).content.decode()
    assert "Scheef verdeeld" not in als(vertegenwoordiger).get(address).content.decode()


def test_the_coordinator_proposes_and_adopts_from_the_pages(concept, als, coordinator):
    kring = concept.kring
    client = als(coordinator)
    propose = page(kring, f"versie/voorleggen/{concept.pk}/")
    assert propose in client.get(page(kring, "versie/")).content.decode()
    assert "3 diensten" in client.get(propose).content.decode()
    assert client.post(propose).status_code == 302
    versie = Roosterversie.objects.get()
    adopt = page(kring, f"versie/{versie.pk}/vaststellen/")
    assert "2 praktijken hebben nog niet gereageerd" in client.get(adopt).content.decode()
    refused = client.post(adopt)
    assert refused.status_code == 422
    assert "Nog niet iedereen heeft gereageerd" in refused.content.decode()
    for deelnemer in Deelnemer.objects.filter(kring=kring):
        address = page(kring, f"versie/{versie.pk}/antwoord/{deelnemer.pk}/")
        assert client.post(address, {"akkoord": "ja"}).status_code == 302
    assert client.post(adopt).status_code == 302
    assert Dienst.objects.count() == 3


def test_withdrawing_asks_a_reason(versie, als, coordinator):
    client = als(coordinator)
    address = page(versie.kring, f"versie/{versie.pk}/intrekken/")
    assert client.post(address, {"reden": ""}).status_code == 422
    assert client.post(address, {"reden": "Verkeerde week"}).status_code == 302
    versie.refresh_from_db()
    assert versie.status == Status.INGETROKKEN


@pytest.mark.parametrize("tail", ["", "verschil/", "maand/"])
def test_thirty_practices_cost_the_queries_of_one(versie, als, coordinator, tail, by):
    client = als(coordinator)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(page(versie.kring, f"versie/{versie.pk}/{tail}"))
            counts.append(len(queries))
        for deelnemer in DeelnemerFactory.create_batch(15, kring=versie.kring):
            actions.answer(versie, deelnemer=deelnemer, akkoord=True, opmerking="", by=by)
    assert counts[0] == counts[1]
