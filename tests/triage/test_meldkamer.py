"""One board over exactly the kringen of a person's memberships as triage, and no other."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kern.models import Logregel
from kern.tenancy import set_context
from tests import factories
from triage import termijnen
from triage.models import Oproep

BORD = "meldkamer:bord"
PAGES = (BORD, "meldkamer:bord_fragment", "meldkamer:wand", "meldkamer:wand_fragment")


@pytest.fixture
def derde_kring(db):
    return factories.KringFactory(slug="schelde", naam="Kring Schelde")


@pytest.fixture
def calls(kring, andere_kring, derde_kring):
    """One call in each kring, with a clock, of a patient named after the kring."""
    kringen = (kring, andere_kring, derde_kring)
    set_context([k.pk for k in kringen])
    found = {}
    for number, own in enumerate(kringen, 1):
        oproep = factories.OproepFactory(
            kring=own,
            nummer=500 + number,
            patient=factories.PatientFactory(kring=own, naam=f"Patiënt van {own.slug}"),
            contact="verplicht",
            zien_voor=timezone.now() + timedelta(minutes=number * 3),
        )
        oproep.refresh_from_db()
        termijnen.sync(oproep)
        found[own.slug] = oproep
    return found


@pytest.fixture
def centralist(kring, andere_kring, derde_kring, calls):
    """Does triage in two kringen; in the third only something else, and triage no longer."""
    gebruiker = factories.GebruikerFactory(naam="Centralist")
    for own in (kring, andere_kring):
        factories.LidmaatschapFactory(kring=own, gebruiker=gebruiker)
    factories.LidmaatschapFactory(kring=derde_kring, gebruiker=gebruiker, status="beeindigd")
    factories.LidmaatschapFactory(kring=derde_kring, gebruiker=gebruiker, rol="coordinator")
    return gebruiker


def numbers(response):
    return re.findall(r">(50\d)<", response.content.decode())


def test_shows_the_calls_of_all_own_kringen_by_time_left(als, centralist):
    response = als(centralist).get(reverse(BORD))
    assert numbers(response) == ["501", "502"]
    tekst = response.content.decode()
    assert "Kring Vecht" in tekst
    assert "Kring Maas" in tekst
    assert "Patiënt van vecht" in tekst


@pytest.mark.parametrize("naam", PAGES)
def test_nothing_of_a_kring_without_or_with_an_ended_membership(als, centralist, naam):
    response = als(centralist).get(reverse(naam))
    tekst = response.content.decode()
    assert response.status_code == 200
    assert "501" in numbers(response)
    assert "503" not in numbers(response)
    assert "van schelde" not in tekst
    # As coordinator there is a kring to choose in the head, but it is not on the board.
    assert "Schelde" not in tekst.partition("<main")[2]


@pytest.mark.parametrize("naam", PAGES)
def test_a_membership_that_ends_takes_its_calls_away_at_the_next_poll(als, centralist, naam, kring):
    client = als(centralist)
    assert "502" in numbers(client.get(reverse(naam)))
    centralist.lidmaatschappen.filter(kring__slug="maas").update(status="beeindigd")
    shown = numbers(client.get(reverse(naam)))
    assert "501" in shown
    assert "502" not in shown


def test_tag_of_more_kringen_is_no_tag_for_fewer(als, centralist):
    client = als(centralist)
    tag = client.get(reverse(BORD)).context["etag"]
    fragment = reverse("meldkamer:bord_fragment")
    assert client.get(fragment, headers={"If-None-Match": tag}).status_code == 304
    centralist.lidmaatschappen.filter(kring__slug="maas").update(status="beeindigd")
    assert client.get(fragment, headers={"If-None-Match": tag}).status_code == 200


def test_each_line_of_the_log_is_in_the_kring_of_its_patient(als, centralist, calls):
    als(centralist).get(reverse(BORD))
    lines = Logregel.objects.filter(gebeurtenis="bord.getoond")
    assert {(line.kring_id, line.patient_id) for line in lines} == {
        (calls[slug].kring_id, calls[slug].patient_id) for slug in ("vecht", "maas")
    }
    assert {line.rollen for line in lines} == {"triagemedewerker"}


def test_a_call_starts_in_the_chosen_kring_by_one_key(als, centralist, andere_kring):
    client = als(centralist)
    tekst = client.get(reverse(BORD)).content.decode()
    keys = re.findall(r'action="(/k/[a-z]+/triage/nieuw/)".*?data-toets="(\d)"', tekst, re.S)
    assert keys == [("/k/maas/triage/nieuw/", "1"), ("/k/vecht/triage/nieuw/", "2")]
    client.post(keys[0][0])
    assert Oproep.objects.filter(kring=andere_kring).count() == 2


@pytest.mark.usefixtures("zonder_voorraad")
@pytest.mark.parametrize("aantal", [1, 15])
def test_five_questions_whatever_the_number_of_calls_and_kringen(
    als, centralist, kring, andere_kring, aantal
):
    for number in range(aantal):
        for own in (kring, andere_kring):
            factories.OproepFactory(kring=own, nummer=600 + number)
    with CaptureQueriesContext(connection) as captured:
        als(centralist).get(reverse(BORD))
    own = [q["sql"] for q in captured if "triage_" in q["sql"] or "rooster_" in q["sql"]]
    assert len(own) == 5


def test_nobody_on_duty_is_said_of_that_kring_alone(als, centralist, kring):
    factories.DienstFactory(kring=kring)
    tekst = als(centralist).get(reverse(BORD)).content.decode()
    assert tekst.count("Er heeft nu niemand dienst") == 1
    assert "<strong>Kring Maas</strong>: Er heeft nu niemand dienst" in tekst


@pytest.mark.parametrize("naam", [*PAGES, "meldkamer:strook"])
def test_other_roles_have_no_board_of_several_kringen(als, naam, tandarts_gebruiker, coordinator):
    for gebruiker in (tandarts_gebruiker, coordinator):
        assert als(gebruiker).get(reverse(naam)).status_code == 403


def test_the_way_there_is_shown_to_who_has_more_kringen(als, centralist, triagist, url):
    assert reverse(BORD) in als(centralist).get(url("bord")).content.decode()
    assert f'href="{reverse(BORD)}"' not in als(triagist).get(url("bord")).content.decode()
