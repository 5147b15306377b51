"""On a holiday the practices are closed, so a hole by day is a hole (RO-2)."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from bereikbaarheid.bericht import compose
from rooster.kader.feestdagen import free_days, named_days
from rooster.models import Feestdag
from rooster.regels import AMSTERDAM, Periode
from rooster.views import dienst

MAANDAG = date(2026, 12, 21)


def moment(day: int, hour: int, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=AMSTERDAM)


WEEK = Periode(moment(21, 0), moment(28, 0))


@pytest.fixture
def own_days(kring):
    Feestdag.objects.create(kring=kring, datum=date(2026, 12, 24), naam="Middag voor Kerst")
    Feestdag.objects.create(kring=kring, datum=date(2026, 12, 25), naam="Kerst", vervalt=True)


def test_the_calendar_of_the_country(kring):
    year = Periode(moment(1, 0, month=1), datetime(2027, 1, 2, tzinfo=AMSTERDAM))
    days = free_days(year, kring_id=kring.pk)
    assert {date(2026, 1, 1), date(2026, 4, 27), date(2026, 12, 26), date(2027, 1, 1)} <= days
    assert date(2026, 12, 24) not in days


def test_the_days_are_those_that_a_roster_is_planned_by(kring):
    """One calendar: Good Friday counts here as in the duties of a period (§5.4.2)."""
    easter = Periode(
        datetime(2027, 3, 22, tzinfo=AMSTERDAM), datetime(2027, 4, 1, tzinfo=AMSTERDAM)
    )
    assert named_days(easter, kring_id=kring.pk) == {
        date(2027, 3, 26): "Goede vrijdag",
        date(2027, 3, 28): "Eerste paasdag",
        date(2027, 3, 29): "Tweede paasdag",
    }


def test_own_days_count_and_dropped_ones_do_not(kring, own_days):
    days = free_days(WEEK, kring_id=kring.pk)
    assert date(2026, 12, 24) in days
    assert date(2026, 12, 25) not in days


def test_another_kring_keeps_its_own_calendar(kring, andere_kring, own_days):
    assert date(2026, 12, 25) in free_days(WEEK, kring_id=andere_kring.pk)
    assert date(2026, 12, 24) not in free_days(WEEK, kring_id=andere_kring.pk)


def test_weekly_notice_calls_christmas_day_a_hole(kring):
    holes = compose(kring, MAANDAG, moment(17, 9)).gaten
    assert holes[-1] == Periode(moment(24, 17), moment(28, 0))


def test_weekly_notice_follows_the_own_days(kring, own_days):
    holes = compose(kring, MAANDAG, moment(17, 9)).gaten
    assert Periode(moment(23, 17), moment(25, 8)) in holes


def test_overview_shows_the_hole_of_a_holiday(als, coordinator, kring, monkeypatch):
    monkeypatch.setattr(dienst, "db_now", lambda: moment(17, 9))
    page = als(coordinator).get(
        reverse("rooster:overzicht", kwargs={"kring": kring.slug}), {"vanaf": "2026-12-21"}
    )
    holes = [rij.periode for week in page.context["weken"] for rij in week.rijen]
    assert Periode(moment(24, 17), moment(28, 8)) in holes
