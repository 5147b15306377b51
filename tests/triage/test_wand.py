"""The screen on the wall: no patients, no input, and a session that opens nothing else."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from kring.models import Sessie
from tests import factories
from triage import termijnen

WAND, FRAGMENT = "meldkamer:wand", "meldkamer:wand_fragment"


@pytest.fixture
def call(kring, dienst):
    oproep = factories.OproepFactory(
        kring=kring,
        nummer=77,
        patient=factories.PatientFactory(kring=kring, naam="Geheime Patiënt"),
        contact="verplicht",
        antwoorden={"klachten": ["avulsie"]},
        zien_voor=timezone.now() + timedelta(minutes=4),
    )
    oproep.refresh_from_db()
    termijnen.sync(oproep)
    return oproep


@pytest.fixture
def screen(client):
    """A session that was given to the wall."""
    client.post(reverse("meldkamer:wand_begin"))
    return client


def age(client, **duur):
    Sessie.objects.filter(session_key=client.session.session_key).update(
        expire_date=F("expire_date") - timedelta(**duur),
        gezien_op=F("gezien_op") - timedelta(**duur),
        begonnen_op=F("begonnen_op") - timedelta(**duur),
    )


@pytest.mark.parametrize("naam", [WAND, FRAGMENT])
def test_shows_the_clocks_and_nobody(client, call, naam):
    tekst = client.get(reverse(naam)).content.decode()
    assert "77" in tekst
    assert "Tand uit de mond" in tekst
    assert 'data-stand="bijna"' in tekst
    assert "Geheime" not in tekst
    assert "612345678" not in tekst
    assert str(call.pk) not in tekst


def test_there_is_nothing_to_press_but_logging_out(screen, call):
    tekst = screen.get(reverse(WAND)).content.decode()
    assert tekst.count("<button") == tekst.count("Uitloggen") == 1
    assert "<input" not in tekst.replace('<input type="hidden"', "")


def test_beginning_leads_to_the_wall(client):
    response = client.post(reverse("meldkamer:wand_begin"))
    assert response["Location"] == reverse(WAND)


@pytest.mark.parametrize("route", ["triage:bord", "triage:gesloten", "rooster:overzicht"])
def test_a_session_of_a_screen_opens_nothing_else(screen, kring, route):
    response = screen.get(reverse(route, kwargs={"kring": kring.slug}))
    assert response.status_code == 302
    assert response["Location"] == reverse(WAND)


def test_nor_a_call_nor_the_own_account(screen, call, url):
    for address in (url("oproep", call), reverse("meldkamer:bord"), reverse("mfa_index"), "/"):
        assert screen.get(address)["Location"] == reverse(WAND)
    assert screen.post(url("nieuw"))["Location"] == reverse(WAND)


def test_a_screen_works_on_while_nobody_touches_it(screen, call):
    for _ in range(4):
        age(screen, minutes=19)
        assert screen.get(reverse(FRAGMENT)).status_code == 200


def test_but_never_longer_than_a_shift(screen, call):
    for _ in range(39):
        age(screen, minutes=19)
        screen.get(reverse(FRAGMENT))
    assert screen.get(reverse(FRAGMENT)).status_code == 302


def test_looking_at_the_wall_keeps_no_ordinary_session_alive(client, call):
    client.get(reverse(WAND))
    age(client, minutes=19)
    assert client.get(reverse(FRAGMENT)).status_code == 200
    age(client, minutes=1)
    assert client.get(reverse(FRAGMENT)).status_code == 302


def test_logging_out_ends_it_and_a_new_login_is_a_person_again(screen, als, triagist, url):
    screen.post(reverse("account_logout"))
    assert screen.get(reverse(WAND)).status_code == 302
    assert als(triagist).get(url("bord")).status_code == 200
