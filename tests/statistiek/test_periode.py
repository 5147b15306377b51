"""Periods are whole days in Amsterdam; together they cover the time without gap or overlap."""

import itertools
from datetime import date, timedelta

import pytest

from statistiek import periode
from tests.statistiek.conftest import local


def test_a_month_with_a_clock_change():
    oktober, maart = periode.month(2026, 10), periode.month(2027, 3)
    assert oktober.einde - oktober.begin == timedelta(days=31, hours=1)
    assert maart.einde - maart.begin == timedelta(days=31, hours=-1)


@pytest.mark.parametrize("jaar", [2026, 2028])
def test_months_and_quarters_fill_the_year(jaar):
    for parts in (
        [periode.month(jaar, number) for number in range(1, 13)],
        [periode.quarter(jaar, number) for number in range(1, 5)],
    ):
        assert parts[0].begin == periode.year(jaar).begin
        assert parts[-1].einde == periode.year(jaar).einde
        for one, two in itertools.pairwise(parts):
            assert one.einde == two.begin


def test_thirty_days_with_today():
    found = periode.last_days(local(2026, 11, 23, 0, 30))
    assert (found.begin, found.einde) == (local(2026, 10, 25), local(2026, 11, 24))
    assert found.laatste_dag == date(2026, 11, 23)


def test_today_is_that_of_amsterdam():
    """At 23:30 UTC on 31 December the new year has begun here."""
    found = periode.options(local(2027, 1, 1, 0, 30))
    assert {"m2027-01", "m2026-12", "m2026-01", "k2027-1", "k2025-2", "j2027", "j2025"} <= {
        p.code for p in found
    }
    assert len(found) == 1 + 13 + 8 + 3
    assert len({p.code for p in found}) == len(found)


def test_free_has_both_days():
    found = periode.free(date(2026, 2, 1), date(2026, 3, 1))
    assert (found.begin, found.einde) == (local(2026, 2, 1), local(2026, 3, 2))
    assert found.titel == "1 februari 2026 tot en met 1 maart 2026"


@pytest.mark.parametrize(
    "wanneer",
    [
        periode.month(2026, 10),
        periode.quarter(2026, 4),
        periode.year(2028),
        periode.free(date(2026, 3, 27), date(2027, 11, 3)),
        periode.last_days(local(2026, 11, 23)),
    ],
    ids=str,
)
def test_steps_cover_the_period(wanneer):
    steps = wanneer.steps()
    assert (steps[0][1], steps[-1][2]) == (wanneer.begin, wanneer.einde)
    for (_day, _begin, einde), (_next_day, begin, _einde) in itertools.pairwise(steps):
        assert einde == begin


def test_a_short_period_goes_by_week_a_long_one_by_month():
    assert [day for day, _b, _e in periode.month(2026, 11).steps()] == [
        date(2026, 11, 1),
        *(date(2026, 11, n) for n in (2, 9, 16, 23, 30)),
    ]
    assert [day.month for day, _b, _e in periode.year(2026).steps()] == list(range(1, 13))
