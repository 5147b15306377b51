"""The law of the wheel: rhythms over short months and leap years, and how a turn stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reglement.jaarwiel import regels
from reglement.jaarwiel.regels import Beurt, Feit, Stand, reminders, turns

DAG = date(2026, 11, 23)


def _beurt(feit=None):
    return Beurt(
        "extra|1",
        regels.EXTRA,
        "Materiaal nakijken",
        DAG - timedelta(days=10),
        DAG,
        "4.2",
        feit,
    )


def test_the_thirtyfirst_comes_back_after_a_short_month():
    found = list(turns(regels.MAAND, date(2027, 10, 31), date(2028, 1, 1), date(2028, 4, 30)))
    assert found == [date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30)]


def test_a_leap_day_is_the_last_of_february_in_other_years():
    found = list(turns(regels.JAAR, date(2028, 2, 29), date(2028, 1, 1), date(2032, 12, 31)))
    assert [(dag.month, dag.day) for dag in found] == [(2, 29), (2, 28), (2, 28), (2, 28), (2, 29)]


@pytest.mark.parametrize(
    ("ritme", "aantal"),
    [
        (regels.WEEK, 53),
        (regels.MAAND, 12),
        (regels.KWARTAAL, 4),
        (regels.HALFJAAR, 2),
        (regels.JAAR, 1),
    ],
)
def test_a_year_has_so_many_turns_also_when_the_rhythm_began_long_ago(ritme, aantal):
    # 2026 begins and ends on a Thursday, as 4 January 2001 was one.
    found = list(turns(ritme, date(2001, 1, 4), date(2026, 1, 1), date(2026, 12, 31)))
    assert len(found) == aantal
    assert all(date(2026, 1, 1) <= dag <= date(2026, 12, 31) for dag in found)


def test_nothing_before_the_first_turn():
    assert list(turns(regels.WEEK, DAG, DAG - timedelta(days=30), DAG)) == [DAG]
    assert list(turns(regels.MAAND, DAG, DAG - timedelta(days=90), DAG)) == [DAG]


@pytest.mark.parametrize(
    ("days", "stand"),
    [(-11, Stand.STRAKS), (-10, Stand.NU), (0, Stand.NU), (1, Stand.TE_LAAT)],
)
def test_a_turn_stands_by_the_day(days, stand):
    assert _beurt().stand(DAG + timedelta(days=days)) == stand


def test_done_on_the_last_day_is_in_time_and_a_day_later_is_not():
    assert _beurt(Feit(DAG, "brief")).stand(DAG + timedelta(days=99)) == Stand.GEDAAN
    late = _beurt(Feit(DAG + timedelta(days=1), "brief"))
    assert late.stand(DAG + timedelta(days=99)) == Stand.TE_LAAT_GEDAAN


def test_what_was_for_a_week_that_is_over_is_missed_and_nobody_is_told_any_more():
    week = replace(_beurt(), vervalt=DAG + timedelta(days=6))
    stands = [week.stand(DAG + timedelta(days=n)) for n in (0, 6, 7)]
    assert stands == [Stand.NU, Stand.TE_LAAT, Stand.GEMIST]
    assert not reminders(week, DAG, DAG + timedelta(days=7))
    assert replace(week, feit=Feit(DAG, "brief")).stand(DAG + timedelta(days=99)) == Stand.GEDAAN


def test_it_is_reminded_of_three_times_and_never_when_done():
    days = [DAG + timedelta(days=n) for n in range(-30, 30)]
    told = [dag for dag in days if reminders(_beurt(), None, dag)]
    assert told == [DAG - timedelta(days=10), DAG, DAG + timedelta(days=7)]
    assert not any(reminders(_beurt(Feit(DAG, "x")), None, dag) for dag in days)


def test_a_house_that_was_down_says_it_on_the_first_day_it_is_up():
    assert reminders(_beurt(), DAG - timedelta(days=1), DAG + timedelta(days=3))
    assert not reminders(_beurt(), DAG, DAG + timedelta(days=3))


def test_the_last_day_to_call_a_meeting_of_this_year():
    assert regels.last_day_to_call(2026, 3) == date(2026, 12, 10)
