"""Who is on duty, now and next."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.tijd import AMSTERDAM
from rooster.wacht import duty_card, watches
from tests.factories import DienstFactory, TandartsFactory

pytestmark = pytest.mark.django_db

BEGIN = datetime(2026, 12, 1, 17, tzinfo=AMSTERDAM)
EINDE = datetime(2026, 12, 2, 8, tzinfo=AMSTERDAM)


def test_an_empty_roster_says_so(kring):
    kaart = duty_card(BEGIN)
    assert (kaart.nu, kaart.straks, kaart.niemand) == (None, None, True)
    assert (kaart.telefoon, kaart.telefoon_achterwacht) == ("", "")


@pytest.mark.parametrize(
    ("moment", "on_duty"),
    [
        (BEGIN - timedelta(microseconds=1), False),
        (BEGIN, True),
        (EINDE - timedelta(microseconds=1), True),
        (EINDE, False),
    ],
)
def test_the_begin_belongs_to_the_duty_and_the_end_does_not(kring, moment, on_duty):
    DienstFactory(kring=kring, begin=BEGIN, einde=EINDE)
    assert duty_card(moment).niemand is not on_duty


def test_the_card_names_both_dentists_their_numbers_and_the_next_duty(kring):
    voor = TandartsFactory(kring=kring, telefoon="+31612345671")
    achter = TandartsFactory(kring=kring, telefoon="+31612345672")
    DienstFactory(kring=kring, begin=BEGIN, einde=EINDE, dienstdoende=voor, achterwacht=achter)
    straks = DienstFactory(kring=kring, begin=EINDE + timedelta(hours=9))
    kaart = duty_card(BEGIN + timedelta(hours=1))
    assert (kaart.dienstdoende, kaart.telefoon) == (voor, "+31612345671")
    assert (kaart.achterwacht, kaart.telefoon_achterwacht) == (achter, "+31612345672")
    assert kaart.straks == straks
    assert duty_card(EINDE).straks == straks


def test_another_kring_is_left_out_when_both_are_visible(kring, andere_kring):
    DienstFactory(kring=andere_kring, begin=BEGIN, einde=EINDE)
    assert duty_card(BEGIN, kring_id=kring.pk).niemand
    assert not duty_card(BEGIN, kring_id=andere_kring.pk).niemand


@pytest.mark.parametrize("aantal", [1, 30])
def test_the_card_costs_two_queries_however_full_the_roster(kring, aantal):
    for n in range(aantal):
        DienstFactory(kring=kring, begin=BEGIN + timedelta(days=n), einde=EINDE + timedelta(days=n))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        kaart = duty_card(BEGIN)
        assert kaart.dienstdoende.deelnemer.naam
        assert kaart.achterwacht.deelnemer.naam
        assert not kaart.straks or kaart.straks.dienstdoende.naam
    assert len(queries) == 2


def test_watches_are_the_running_duty_and_those_after_it(kring):
    diensten = [
        DienstFactory(kring=kring, begin=BEGIN + timedelta(days=n), einde=EINDE + timedelta(days=n))
        for n in range(4)
    ]
    assert watches(BEGIN + timedelta(days=1, hours=2), 2) == diensten[1:3]
