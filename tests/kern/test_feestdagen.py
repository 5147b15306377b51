"""Dutch holidays, against dates that an almanac gives."""

from datetime import UTC, date, datetime

import pytest

from kern.feestdagen import (
    after_workdays,
    around,
    easter,
    first_workday,
    holidays,
    kings_day,
)
from kern.tijd import from_local, to_local


@pytest.mark.parametrize(
    ("jaar", "dag"),
    [
        (1818, date(1818, 3, 22)),  # the earliest there is
        (1943, date(1943, 4, 25)),  # the latest
        (2000, date(2000, 4, 23)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
        (2076, date(2076, 4, 19)),
    ],
)
def test_easter(jaar: int, dag: date) -> None:
    assert easter(jaar) == dag


def test_kings_day_is_never_a_sunday() -> None:
    assert kings_day(2025) == date(2025, 4, 26)
    assert kings_day(2026) == date(2026, 4, 27)
    assert all(kings_day(jaar).weekday() != 6 for jaar in range(2014, 2100))


def test_the_days_of_a_year() -> None:
    assert list(holidays(2027)) == [
        date(2027, 1, 1),
        date(2027, 3, 28),
        date(2027, 3, 29),
        date(2027, 4, 27),
        date(2027, 5, 6),
        date(2027, 5, 16),
        date(2027, 5, 17),
        date(2027, 12, 25),
        date(2027, 12, 26),
    ]


@pytest.mark.parametrize(
    ("jaar", "keuze", "vrij"),
    [
        (2030, "lustrum", True),
        (2027, "lustrum", False),
        (2027, "elk_jaar", True),
        (2030, "nooit", False),
    ],
)
def test_liberation_day_is_a_choice(jaar: int, keuze: str, vrij: bool) -> None:
    assert (date(jaar, 5, 5) in holidays(jaar, bevrijdingsdag=keuze)) is vrij


def test_good_friday_is_a_choice() -> None:
    assert date(2026, 4, 3) not in holidays(2026)
    assert holidays(2026, goede_vrijdag=True)[date(2026, 4, 3)] == "Goede Vrijdag"


def test_new_years_eve_in_the_netherlands_knows_the_next_year() -> None:
    # Half past midnight in Amsterdam, still the old year in UTC.
    assert date(2028, 12, 25) in around(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert date(2027, 1, 1) in around(datetime(2026, 12, 31, 20, 0, tzinfo=UTC))


def test_first_workday_after_christmas() -> None:
    assert first_workday(date(2026, 12, 25), around(datetime(2026, 12, 24, tzinfo=UTC))) == date(
        2026, 12, 28
    )


@pytest.mark.parametrize(
    ("van", "tot"),
    [
        # Tuesday evening: Thursday evening.
        ("2026-11-24 23:00", "2026-11-26 23:00"),
        # Friday: Tuesday, the weekend does not count.
        ("2026-11-20 21:30", "2026-11-24 21:30"),
        # A night in the weekend counts from Monday morning.
        ("2026-11-21 03:00", "2026-11-25 00:00"),
        ("2026-11-22 23:59", "2026-11-25 00:00"),
        # Christmas Eve, a Thursday: Friday, Saturday and Sunday are free.
        ("2026-12-24 22:00", "2026-12-29 22:00"),
        # Maundy Thursday over Easter and the change to summer time.
        ("2027-03-25 20:00", "2027-03-30 20:00"),
        # Over the change to winter time.
        ("2026-10-23 20:00", "2026-10-27 20:00"),
        # New Year's Eve knows the next year.
        ("2026-12-31 23:30", "2027-01-05 23:30"),
    ],
)
def test_two_working_days_later(van: str, tot: str) -> None:
    moment = from_local(datetime.fromisoformat(van))
    assert to_local(after_workdays(moment, 2)).strftime("%Y-%m-%d %H:%M") == tot
