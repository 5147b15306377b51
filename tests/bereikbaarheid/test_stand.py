"""How the start check stands, for the red bar: right, and in one query."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bereikbaarheid.regels import DIENSTDOENDE, PUNTEN, VENSTER
from bereikbaarheid.stand import Startstand, startstand, startstanden
from kern.actor import Actor
from rooster import actions as rooster
from tests.factories import ControlepuntFactory, DienstFactory, TandartsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nu():
    return timezone.now()


@pytest.fixture
def dienst(kring, nu):
    return DienstFactory(kring=kring, begin=nu - timedelta(minutes=10))


def tick(dienst, *punten, **kwargs):
    return [
        ControlepuntFactory(kring=dienst.kring, dienst=dienst, punt=punt, **kwargs)
        for punt in punten
    ]


def test_without_a_duty_there_is_nothing_to_check(kring, nu):
    assert startstand(nu, kring.pk) == Startstand()
    assert (startstand(nu, kring.pk).klaar, startstand(nu, kring.pk).alarm) == (False, False)


def test_a_fresh_duty_rings_the_alarm(kring, dienst, nu):
    stand = startstand(nu, kring.pk)
    assert (stand.dienst_id, stand.begin) == (dienst.pk, dienst.begin)
    assert stand.ontbreekt == PUNTEN[DIENSTDOENDE]
    assert (stand.alarm, stand.klaar, stand.begonnen, stand.sinds) == (True, False, False, None)
    assert "nog niet gecontroleerd" in stand.zin
    assert stand.achterwacht_ontbreekt == ("telefoon",)


def test_a_half_done_check_names_what_is_missing(kring, dienst, nu):
    tick(dienst, "antwoordapparaat", "nummer", "lijn")
    stand = startstand(nu, kring.pk)
    assert (stand.ontbreekt, stand.begonnen) == (("telefoon",), True)
    assert "Nog te doen: eigen telefoon." in stand.zin


def test_a_done_check_says_since_when(kring, dienst, nu):
    rows = tick(dienst, *PUNTEN[DIENSTDOENDE])
    stand = startstand(nu, kring.pk)
    assert (stand.klaar, stand.alarm, stand.zin) == (True, False, "")
    assert stand.sinds == max(row.afgevinkt_op for row in rows)


def test_the_achterwacht_is_told_apart(kring, dienst, nu):
    tick(dienst, "telefoon", tandarts=dienst.achterwacht)
    stand = startstand(nu, kring.pk)
    assert (stand.achterwacht_ontbreekt, stand.alarm) == ((), True)


def test_ticks_of_another_duty_and_of_long_ago_do_not_count(kring, dienst, nu):
    later = DienstFactory(
        kring=kring, begin=dienst.einde, dienstdoende=dienst.dienstdoende, achterwacht=None
    )
    tick(later, *PUNTEN[DIENSTDOENDE])
    assert len(startstand(nu, kring.pk).ontbreekt) == 4
    tick(dienst, *PUNTEN[DIENSTDOENDE], afgevinkt_op=dienst.begin - VENSTER - timedelta(minutes=1))
    assert len(startstand(nu, kring.pk).ontbreekt) == 4


def test_who_takes_over_has_to_check_again(kring, dienst, nu):
    tick(dienst, *PUNTEN[DIENSTDOENDE])
    rooster.change_dienst(
        dienst,
        begin=dienst.begin,
        einde=dienst.einde,
        dienstdoende=TandartsFactory(kring=kring),
        achterwacht=dienst.dienstdoende,
        reden="Valt uit",
        by=Actor.system(kring.pk),
    )
    stand = startstand(nu, kring.pk)
    assert stand.ontbreekt == PUNTEN[DIENSTDOENDE]
    # The one who became achterwacht has a phone that works.
    assert stand.achterwacht_ontbreekt == ()


def test_several_kringen_in_one_query(kring, andere_kring, dienst, nu, django_assert_num_queries):
    tick(dienst, *PUNTEN[DIENSTDOENDE])
    DienstFactory(kring=andere_kring)
    with django_assert_num_queries(1):
        standen = startstanden(nu, [kring.pk, andere_kring.pk, -1])
    assert standen[kring.pk].klaar
    assert standen[andere_kring.pk].alarm
    assert standen[-1] == Startstand()
