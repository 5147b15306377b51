"""The pure law: lengths in real hours, gaps, who may stand with whom."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rooster.regels import (
    AMSTERDAM,
    Bezetting,
    Periode,
    Praktijktijden,
    check_dienst,
    clock_change,
    gaps,
)

HOUR = timedelta(hours=1)
EEN, ANDER = Bezetting("jansen", "de brug"), Bezetting("smit", "het plein")


def period(begin: str, einde: str) -> Periode:
    return Periode(
        *(datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM) for text in (begin, einde))
    )


@pytest.mark.parametrize(
    ("begin", "einde", "hours", "change"),
    [
        ("2026-11-21 17:00", "2026-11-22 08:00", 15, 0),
        ("2027-03-27 17:00", "2027-03-28 08:00", 14, -1),
        ("2026-10-24 17:00", "2026-10-25 08:00", 16, 1),
        ("2028-02-28 17:00", "2028-02-29 08:00", 15, 0),
        ("2028-02-29 17:00", "2028-03-01 08:00", 15, 0),
        ("2027-03-26 17:00", "2027-03-29 08:00", 62, -1),
    ],
)
def test_length_is_real_hours(begin, einde, hours, change):
    night = period(begin, einde)
    assert night.duur == hours * HOUR
    assert clock_change(night) == change * HOUR


def test_length_is_the_same_for_moments_in_utc():
    night = period("2027-03-27 17:00", "2027-03-28 08:00")
    assert Periode(*(moment.astimezone(UTC) for moment in night)).duur == 14 * HOUR


@pytest.mark.parametrize(
    ("einde", "dienstdoende", "achterwacht", "rules"),
    [
        ("2026-12-02 08:00", EEN, ANDER, []),
        ("2026-12-01 17:00", EEN, ANDER, ["einde_na_begin"]),
        ("2026-12-08 17:00", EEN, ANDER, []),
        ("2026-12-08 17:01", EEN, ANDER, ["te_lang"]),
        ("2026-12-02 08:00", EEN, EEN, ["zelfde_tandarts"]),
        ("2026-12-02 08:00", EEN, Bezetting("smit", "de brug"), ["zelfde_praktijk"]),
        ("2026-11-30 08:00", EEN, EEN, ["einde_na_begin", "zelfde_tandarts"]),
    ],
)
def test_objections(einde, dienstdoende, achterwacht, rules):
    found = check_dienst(period("2026-12-01 17:00", einde), dienstdoende, achterwacht)
    assert [bezwaar.regel for bezwaar in found] == rules


def test_the_second_two_o_clock_comes_after_the_first():
    first = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM, fold=0)
    second = first.replace(fold=1)
    assert check_dienst(Periode(first, second), EEN, ANDER) == ()
    assert Periode(first, second).duur == HOUR


WEEK = period("2026-11-23 00:00", "2026-11-30 00:00")  # Monday to Monday


def test_a_week_without_duties_is_a_gap_outside_the_regular_hours():
    found = gaps([], WEEK)
    assert found[0] == period("2026-11-23 00:00", "2026-11-23 08:00")
    assert found[-1] == period("2026-11-27 17:00", "2026-11-30 00:00")
    assert len(found) == 6


def test_a_full_week_has_no_gaps():
    nights = [period(f"2026-11-{day} 17:00", f"2026-11-{day + 1} 08:00") for day in range(22, 27)]
    assert gaps([*nights, period("2026-11-27 17:00", "2026-11-30 08:00")], WEEK) == []


def test_a_gap_is_cut_to_what_is_missing():
    nights = [period(f"2026-11-{day} 17:00", f"2026-11-{day + 1} 08:00") for day in range(22, 27)]
    weekend = [
        period("2026-11-27 17:00", "2026-11-28 08:00"),
        period("2026-11-28 12:00", "2026-11-30 08:00"),
    ]
    assert gaps([*nights, *weekend], WEEK) == [period("2026-11-28 08:00", "2026-11-28 12:00")]


def test_on_a_holiday_the_practices_are_closed():
    """Christmas Day on a Friday: the whole day is open, from Thursday 17:00 on."""
    christmas = period("2026-12-21 00:00", "2026-12-28 00:00")
    ordinary, found = (gaps([], christmas, feestdagen=days) for days in ((), {date(2026, 12, 25)}))
    assert period("2026-12-24 17:00", "2026-12-25 08:00") in ordinary
    assert found[-1] == period("2026-12-24 17:00", "2026-12-28 00:00")
    assert found[:4] == ordinary[:4]


def test_without_regular_hours_every_hour_counts():
    never = Praktijktijden(dagen=frozenset())
    assert gaps([], WEEK, never) == [WEEK]
    day = period("2026-11-24 00:00", "2026-11-25 00:00")
    assert gaps([day], WEEK, never) == [
        period("2026-11-23 00:00", "2026-11-24 00:00"),
        period("2026-11-25 00:00", "2026-11-30 00:00"),
    ]


def test_duties_that_overlap_or_stick_out_make_no_gap():
    never = Praktijktijden(dagen=frozenset())
    duties = [
        period("2026-11-20 00:00", "2026-11-26 00:00"),
        period("2026-11-25 00:00", "2026-12-03 00:00"),
    ]
    assert gaps(duties, WEEK, never) == []


def test_gaps_in_both_clock_change_nights_have_their_real_length():
    spring = period("2027-03-27 17:00", "2027-03-28 08:00")
    autumn = period("2026-10-24 17:00", "2026-10-25 08:00")
    assert [gap.duur for gap in gaps([], spring)] == [14 * HOUR]
    assert [gap.duur for gap in gaps([], autumn)] == [16 * HOUR]
