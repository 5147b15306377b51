"""The sweeper: next rounds, deadlines, and requests that the roster overtook."""

from datetime import UTC, datetime, timedelta

import pytest

from kern.models import Logregel, Zending
from kern.tijd import db_now
from rooster.models import Dienstplaats, Ruilverzoek
from rooster.ruil import werk as ruilwerk
from rooster.ruil.regels import next_round
from tests.factories import RuilaanbodFactory, RuilverzoekFactory
from tests.rooster.ruilen import colleague, night

NU = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("soort", "wachtenden", "over", "verwacht"),
    [
        ("overname", 0, timedelta(days=9), None),
        ("overname", 3, timedelta(days=9), timedelta(days=1)),
        ("overname", 3, timedelta(hours=6), timedelta(hours=3)),
        ("overname", 4, timedelta(hours=6), timedelta(hours=2)),
        ("uitval", 20, timedelta(hours=9), timedelta(minutes=10)),
        ("overname", 3, timedelta(0), timedelta(0)),
        ("overname", 3, timedelta(days=-1), timedelta(0)),
    ],
)
def test_the_rounds_share_the_time_that_is_left(soort, wachtenden, over, verwacht):
    found = next_round(soort, wachtenden=wachtenden, nu=NU, uiterlijk=NU + over)
    assert found == (None if verwacht is None else NU + verwacht)


@pytest.fixture
def verzoek(kring):
    a, b = colleague(kring, "A"), colleague(kring, "B")
    return RuilverzoekFactory(kring=kring, dienst=night(kring, 9, a, b))


@pytest.mark.django_db
def test_nothing_is_due(verzoek):
    assert ruilwerk.do_due() == 0
    assert Logregel.objects.count() == 0


@pytest.mark.django_db
def test_the_next_round_is_asked_when_it_is_time(kring, verzoek):
    aanbod = RuilaanbodFactory(
        kring=kring, verzoek=verzoek, tandarts=colleague(kring, "C"), status="wacht"
    )
    Ruilverzoek.objects.update(volgende_ronde_op=db_now())
    assert ruilwerk.do_due() == 1
    aanbod.refresh_from_db()
    assert aanbod.status == "gevraagd"
    assert Zending.objects.filter(sleutel=f"ruilaanbod|{aanbod.pk}").count() == 1
    assert Logregel.objects.get().gebeurtenis == "ruil.aangeboden"
    assert ruilwerk.do_due() == 0


@pytest.mark.django_db
def test_what_ran_out_is_closed_and_told_once(verzoek):
    Ruilverzoek.objects.update(uiterlijk_op=db_now())
    assert ruilwerk.do_due() == 1
    verzoek.refresh_from_db()
    assert verzoek.status == "verlopen"
    assert Zending.objects.filter(sleutel=f"ruil|{verzoek.pk}|niemand").count() == 1
    assert ruilwerk.do_due() == 0


@pytest.mark.django_db
def test_a_place_that_the_coordinator_gave_to_another_closes_its_request(kring, verzoek):
    Dienstplaats.objects.filter(dienst=verzoek.dienst, rol="dienstdoende").update(
        tandarts=colleague(kring, "C")
    )
    assert ruilwerk.do_due() == 1
    verzoek.refresh_from_db()
    assert verzoek.status == "vervallen"
    assert Zending.objects.count() == 0
