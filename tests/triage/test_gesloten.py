"""The calls that were closed in this duty."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kern.models import Logregel
from tests import factories


@pytest.fixture
def closed(kring, triagist):
    def build(nummer, geleden, **values):
        moment = timezone.now() - timedelta(minutes=geleden)
        return factories.OproepFactory(
            kring=kring,
            nummer=nummer,
            status="afgerond",
            afgerond_op=moment,
            afgerond_door=triagist,
            aangenomen_door=triagist,
            **values,
        )

    return build


@pytest.mark.usefixtures("dienst")
def test_shows_what_was_closed_in_this_duty(client, url, closed):
    oproep = closed(41, 30)
    closed(42, 90)
    tekst = client.get(url("gesloten")).content.decode()
    assert ">41</a>" in tekst
    assert ">42</a>" not in tekst
    assert oproep.patient.naam in tekst


def test_without_a_duty_it_goes_back_half_a_day(client, url, closed):
    closed(41, 11 * 60)
    closed(42, 13 * 60)
    tekst = client.get(url("gesloten")).content.decode()
    assert ">41</a>" in tekst
    assert ">42</a>" not in tekst


def test_says_how_it_ended(client, url, closed, tandarts):
    nu = timezone.now()
    closed(1, 5, afbreekreden="opgehangen")
    closed(2, 6, gezien_op=nu)
    closed(3, 7, afspraak_om=nu, behandelaar=tandarts)
    closed(4, 8, besluit="eerstehulp")
    tekst = client.get(url("gesloten")).content.decode()
    for words in ("beller hing op", "Gezien om", f"bij {tandarts.naam}", "naar de eerste hulp"):
        assert words in tekst


def test_each_shown_patient_is_in_the_log(client, url, closed):
    oproepen = [closed(n, n) for n in (1, 2)]
    client.get(url("gesloten"))
    lines = Logregel.objects.filter(gebeurtenis="bord.getoond")
    assert {line.patient_id for line in lines} == {o.patient_id for o in oproepen}


def test_same_number_of_questions_for_1_and_30(client, url, closed):
    counts = []
    for batch in ((1,), range(2, 31)):
        for number in batch:
            closed(number, number)
        with CaptureQueriesContext(connection) as captured:
            client.get(url("gesloten"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_other_kring_and_other_roles(als, url, closed, vreemde, coordinator):
    closed(41, 5)
    assert als(vreemde).get(url("gesloten")).status_code == 404
    assert als(coordinator).get(url("gesloten")).status_code == 403


def test_an_empty_list_says_what_comes_there(client, url):
    assert "Nog niets gesloten" in client.get(url("gesloten")).content.decode()
