"""The calendar: holidays, nights over a clock change, leap years, and lines that do not fit."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooster.kader.kalender import (
    EigenDag,
    holidays_between,
    last_day,
    make_duties,
    national_holidays,
    usual_own_days,
    wall_moment,
)
from tests.rooster.soorten import ACHT, BLOK, DAGEN, FEEST, NACHT, OPEN, VIJF, WEEKEND, line


def calendar(soorten, eerste, laatste, eigen=()):
    return make_duties(soorten, eerste, laatste, holidays_between(eerste, laatste, eigen))


def hours(dienst) -> float:
    return (dienst.einde - dienst.begin).total_seconds() / 3600


def on(kalender, dag):
    return [dienst for dienst in kalender.diensten if dienst.eerste_dag == dag]


@pytest.mark.parametrize("jaar", [2023, 2024, 2026, 2028])
@pytest.mark.parametrize(("soorten", "dagdiensten"), [(DAGEN, True), (BLOK, False)])
def test_a_year_is_tiled_without_a_hole_also_in_a_leap_year(jaar, soorten, dagdiensten):
    first, last = date(jaar, 1, 1), date(jaar, 12, 31)
    kalender = calendar(soorten, first, last)
    assert kalender.bezwaren == ()
    assert {dienst.eerste_dag.year for dienst in kalender.diensten} == {jaar}
    if dagdiensten:
        days = (last - first).days + 1
        by_day = sum(dag.weekday() < 5 for dag in national_holidays(jaar))
        assert len(kalender.diensten) == days + by_day


@pytest.mark.parametrize(
    ("dag", "uren"), [(date(2026, 3, 28), 23), (date(2026, 10, 24), 25), (date(2026, 5, 16), 24)]
)
def test_the_night_of_a_clock_change_is_an_hour_shorter_or_longer(dag, uren):
    """The Saturday before: from eight till eight, with the change in between (RO-3)."""
    (dienst,) = on(calendar(DAGEN, dag, dag), dag)
    assert hours(dienst) == uren
    assert dienst.begin.tzinfo is UTC
    assert dienst.eerste_dag == dienst.laatste_dag == dag


@pytest.mark.parametrize(("dag", "uren"), [(date(2027, 3, 26), 62), (date(2027, 10, 29), 64)])
def test_a_whole_weekend_over_a_clock_change(dag, uren):
    (dienst,) = [d for d in on(calendar(BLOK, dag, dag), dag) if d.soort == "weekend"]
    assert hours(dienst) == uren
    assert (dienst.eerste_dag, dienst.laatste_dag) == (dag, dag + timedelta(days=2))


def test_both_clock_changes_leave_no_hole_and_no_overlap_between_short_duties():
    """Handing over at 23:00 and 08:00, the way a kring splits evening and night."""
    fijn = [
        OPEN,
        FEEST,
        line("avond", range(7), VIJF, time(23), feestdagen="ook"),
        line("nacht", range(7), time(23), ACHT, 1, feestdagen="ook"),
        line("zaterdag", {5, 6}, ACHT, VIJF, feestdagen="ook", categorie="weekend"),
    ]
    kalender = calendar(fijn, date(2026, 1, 1), date(2026, 12, 31))
    assert kalender.bezwaren == ()
    nights = {d.eerste_dag: hours(d) for d in kalender.diensten if d.soort == "nacht"}
    assert (nights[date(2026, 3, 28)], nights[date(2026, 10, 24)]) == (8, 10)
    assert all(d.laatste_dag == d.eerste_dag for d in kalender.diensten)


@pytest.mark.parametrize(
    ("dag", "regel"), [(date(2026, 3, 28), "uur_bestaat_niet"), (date(2026, 10, 24), "uur_dubbel")]
)
def test_a_boundary_in_the_hour_of_a_clock_change_is_an_objection(dag, regel):
    half_drie = line("nacht", {5}, VIJF, time(2, 30), 1)
    kalender = calendar([half_drie], dag, dag)
    assert [(b.regel, b.soorten) for b in kalender.bezwaren if b.regel != "gat"] == [
        (regel, ("nacht",))
    ]
    assert kalender.diensten == ()


def test_the_doubled_hour_can_be_made_explicit_the_skipped_one_cannot():
    lengths = []
    for which in (0, 1):
        soort = line("nacht", {5}, VIJF, time(2, 30), 1, dubbel_uur=which)
        lengths += [hours(d) for d in calendar([soort], *[date(2026, 10, 24)] * 2).diensten]
    assert lengths == [9.5, 10.5]
    soort = line("nacht", {5}, VIJF, time(2, 30), 1, dubbel_uur=1)
    assert calendar([soort], *[date(2026, 3, 28)] * 2).diensten == ()


def test_two_and_three_o_clock_at_the_clock_changes():
    with pytest.raises(LookupError, match="uur_bestaat_niet"):
        wall_moment(date(2026, 3, 29), time(2))
    assert wall_moment(date(2026, 3, 29), time(3)) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    with pytest.raises(LookupError, match="uur_dubbel"):
        wall_moment(date(2026, 10, 25), time(2))
    assert wall_moment(date(2026, 10, 25), time(3)) == datetime(2026, 10, 25, 2, tzinfo=UTC)


def test_a_holiday_counts_as_one_whatever_the_line_says():
    kalender = calendar(DAGEN, date(2026, 12, 24), date(2026, 12, 28))
    assert [(d.eerste_dag.day, d.soort, d.categorie) for d in kalender.diensten] == [
        (24, "nacht", "doordeweeks"),
        (25, "feest", "feestdag"),
        (25, "nacht", "feestdag"),
        (26, "weekend", "feestdag"),
        (27, "weekend", "weekend"),
        (28, "nacht", "doordeweeks"),
    ]


def test_a_weekend_with_a_holiday_in_it_has_served_the_holiday():
    kalender = calendar(BLOK, date(2026, 4, 2), date(2026, 4, 6))
    assert [(d.eerste_dag.day, d.laatste_dag.day, d.categorie) for d in kalender.diensten] == [
        (2, 2, "doordeweeks"),
        (3, 3, "feestdag"),  # Goede Vrijdag by day
        (3, 5, "feestdag"),  # with Eerste paasdag
        (6, 6, "feestdag"),
        (6, 6, "feestdag"),
    ]
    # Begins on an ordinary Friday, with Eerste pinksterdag on Sunday.
    (whitsun,) = on(calendar(BLOK, date(2026, 5, 22), date(2026, 5, 22)), date(2026, 5, 22))
    assert (whitsun.soort, whitsun.categorie) == ("weekend", "feestdag")


def test_the_national_days_with_the_traps_of_the_library():
    assert national_holidays(2026)[date(2026, 5, 5)] == "Bevrijdingsdag"
    assert national_holidays(2026)[date(2026, 4, 3)] == "Goede vrijdag"
    assert national_holidays(2025)[date(2025, 4, 26)] == "Koningsdag"
    assert date(2025, 4, 27) not in national_holidays(2025)
    assert national_holidays(2016)[date(2016, 5, 5)] == "Bevrijdingsdag; Hemelvaartsdag"
    assert [date(2026, 12, 24), date(2026, 12, 31)] == [
        d for d in usual_own_days(2026) if d not in national_holidays(2026) and d.month == 12
    ]


def test_own_days_are_added_merged_and_taken_out():
    eigen = [
        EigenDag(date(2027, 12, 31), "Oudejaarsdag"),
        EigenDag(date(2027, 5, 6), "Praktijkuitje"),
        EigenDag(date(2027, 5, 5), vervalt=True),
        EigenDag(date(2040, 1, 5), "Veel later"),
    ]
    found = holidays_between(date(2027, 1, 8), date(2027, 12, 20), eigen)
    assert found[date(2027, 12, 31)] == "Oudejaarsdag"
    assert found[date(2027, 5, 6)] == "Hemelvaartsdag; Praktijkuitje"
    assert date(2027, 5, 5) not in found
    assert {day.year for day in found} == {2027}
    assert national_holidays(2027)[date(2027, 5, 5)] == "Bevrijdingsdag"


def test_the_days_around_a_turn_of_the_year_know_both_years():
    found = holidays_between(date(2027, 1, 1), date(2027, 12, 31))
    assert date(2026, 12, 26) in found
    assert date(2028, 1, 1) in found


def test_carnaval_and_the_friday_after_hemelvaart_can_be_chosen():
    chosen = usual_own_days(2027)
    assert chosen[date(2027, 2, 8)] == "Carnavalsmaandag"
    assert chosen[date(2027, 5, 7)] == "Vrijdag na Hemelvaartsdag"
    assert usual_own_days(2016)[date(2016, 5, 6)] == "Vrijdag na Hemelvaartsdag"


def test_a_hole_is_named_once_with_its_lines_and_how_often():
    late = replace(NACHT, begin=time(18))
    (hole,) = calendar([OPEN, late, WEEKEND], date(2027, 2, 1), date(2027, 2, 5)).bezwaren
    assert (hole.regel, hole.soorten, hole.keren) == ("gat", ("open", "nacht"), 5)
    assert hole.begin == wall_moment(date(2027, 2, 1), VIJF)
    assert hole.einde == wall_moment(date(2027, 2, 1), time(18))
    year = calendar([OPEN, late, WEEKEND, FEEST], date(2027, 1, 1), date(2027, 12, 31)).bezwaren
    by_day = sum(dag.weekday() < 5 for dag in national_holidays(2027))
    assert {b.soorten: b.keren for b in year} == {
        ("open", "nacht"): 261 - by_day,
        ("feest", "nacht"): by_day,
    }


def test_a_holiday_that_no_line_serves_is_a_hole():
    kalender = calendar([OPEN, NACHT, WEEKEND], date(2027, 3, 29), date(2027, 3, 29))
    (hole,) = kalender.bezwaren
    assert (hole.regel, hole.begin) == ("gat", wall_moment(date(2027, 3, 29), ACHT))


def test_an_overlap_names_both_lines():
    long = replace(NACHT, einde=time(9))
    bezwaren = calendar([OPEN, long, WEEKEND, FEEST], date(2027, 2, 1), date(2027, 2, 4)).bezwaren
    assert {(b.regel, b.soorten) for b in bezwaren} == {("overlap", ("nacht", "open"))}


def test_lines_that_follow_each_other_on_a_day():
    """A change begins at a day: the weekend that still runs then is an overlap."""
    friday = date(2027, 2, 5)
    old = [replace(s, geldig_tot=friday) for s in BLOK]
    new = [replace(s, sleutel=f"{s.sleutel}2", geldig_vanaf=date(2027, 2, 6)) for s in DAGEN]
    (overlap, *_) = calendar([*old, *new], date(2027, 2, 6), date(2027, 3, 1)).bezwaren
    assert (overlap.regel, overlap.soorten) == ("overlap", ("weekend", "weekend2"))
    old = [replace(s, geldig_tot=date(2027, 2, 7)) for s in BLOK]
    new = [replace(s, geldig_vanaf=date(2027, 2, 8)) for s in new]
    kalender = calendar([*old, *new], date(2027, 2, 5), date(2027, 3, 1))
    assert kalender.bezwaren == ()
    assert [d.soort for d in kalender.diensten[:2]] == ["weekend", "nacht2"]


def test_hours_of_a_spoedpraktijk_make_no_duty_and_no_hole():
    contract = replace(WEEKEND, vervuld_door="spoedpraktijk")
    kalender = calendar([OPEN, NACHT, contract, FEEST], date(2027, 2, 1), date(2027, 2, 7))
    assert kalender.bezwaren == ()
    assert {d.soort for d in kalender.diensten} == {"nacht"}


@pytest.mark.parametrize(
    ("dagen_later", "clock", "dag"),
    [
        (1, time(8), 1),
        (1, time(12), 1),
        (1, time(12, 30), 2),
        (0, time(11), 1),
        (0, time(23), 1),
    ],
)
def test_the_morning_after_is_not_a_day_of_the_duty(dagen_later, clock, dag):
    moment = wall_moment(date(2027, 2, 1 + dagen_later), clock)
    assert last_day(date(2027, 2, 1), moment) == date(2027, 2, dag)


def test_the_leap_day_has_its_duty():
    (dienst,) = on(calendar(DAGEN, date(2028, 2, 1), date(2028, 3, 1)), date(2028, 2, 29))
    assert (dienst.soort, hours(dienst)) == ("nacht", 15)


@given(
    first=st.dates(date(2024, 1, 1), date(2035, 1, 1)),
    length=st.integers(0, 40),
    soorten=st.sampled_from([DAGEN, BLOK]),
)
def test_any_stretch_of_any_year_is_tiled(first, length, soorten):
    last = first + timedelta(days=length)
    kalender = calendar(soorten, first, last)
    assert kalender.bezwaren == ()
    assert all(a.einde <= b.begin for a, b in pairwise(kalender.diensten))
    assert all(first <= dienst.eerste_dag <= last for dienst in kalender.diensten)
