"""Wall time in, moment out: both clock changes, leap years, odd text."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from kern.tijd import (
    AMSTERDAM,
    KloktijdField,
    LokaalMomentField,
    TijdBestaatNiet,
    TijdDubbel,
    db_now,
    from_local,
    next_at,
    to_local,
)


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        ("2026-11-21T23:40", "2026-11-21T22:40"),
        ("2026-07-01T00:00", "2026-06-30T22:00"),
        ("2028-02-29T12:00", "2028-02-29T11:00"),
        ("2026-03-29T01:59", "2026-03-29T00:59"),
        ("2026-03-29T03:00", "2026-03-29T01:00"),
        ("2026-10-25T01:59", "2026-10-24T23:59"),
        ("2026-10-25T03:00", "2026-10-25T02:00"),
    ],
)
def test_wall_time_becomes_utc(wall, utc):
    assert from_local(datetime.fromisoformat(wall)) == datetime.fromisoformat(f"{utc}+00:00")


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_skipped_hour_does_not_exist(minute):
    with pytest.raises(TijdBestaatNiet):
        from_local(datetime(2026, 3, 29, 2, minute))  # noqa: DTZ001


def test_doubled_hour_asks_which_one():
    wall = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001
    with pytest.raises(TijdDubbel):
        from_local(wall)
    assert from_local(wall, fold=1) - from_local(wall, fold=0) == timedelta(hours=1)


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_every_moment_survives_the_wall_clock(moment):
    moment = moment.replace(tzinfo=UTC)
    local = to_local(moment)
    assert from_local(local.replace(tzinfo=None, fold=0), fold=local.fold) == moment


@pytest.mark.parametrize(
    ("begin", "einde", "hours"),
    [("2026-03-28T17:00", "2026-03-29T08:00", 14), ("2026-10-24T17:00", "2026-10-25T08:00", 16)],
)
def test_clock_change_nights_have_their_real_length(begin, einde, hours):
    night = from_local(datetime.fromisoformat(einde)) - from_local(datetime.fromisoformat(begin))
    assert night == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["21-11-2026 23:40", "2026-11-21T23:40", " 2026-11-21 23:40 "])
def test_field_reads_what_people_type(text):
    assert LokaalMomentField().clean(text) == datetime(2026, 11, 21, 22, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-03-29T02:30", "skipped"),
        ("2026-10-25T02:30", "doubled"),
        ("2026-02-30T12:00", "invalid"),
        ("9999-12-31T23:59", "invalid"),
        ("0001-01-01T00:00", "invalid"),
        ("gisteren", "invalid"),
        ("\x00", "invalid"),
        ("9" * 65536, "invalid"),
    ],
)
def test_field_refuses_with_a_sentence(text, code):
    with pytest.raises(ValidationError) as refused:
        LokaalMomentField().clean(text)
    assert refused.value.code == code


def test_field_takes_the_named_half_of_the_doubled_hour():
    first = LokaalMomentField().clean("2026-10-25T02:30 eerste")
    assert LokaalMomentField().clean("2026-10-25T02:30 tweede") - first == timedelta(hours=1)


def test_widget_shows_amsterdam_time():
    field = LokaalMomentField()
    moment = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    assert field.widget.format_value(moment) == "2026-07-01T12:00"
    assert field.widget.format_value("onzin") == "onzin"


@pytest.mark.parametrize(
    ("clock", "now", "moment"),
    [
        ("23:15", "2026-11-21T22:00+01:00", "2026-11-21T23:15+01:00"),
        ("00:20", "2026-11-21T23:55+01:00", "2026-11-22T00:20+01:00"),
        ("23:50", "2026-11-22T00:10+01:00", "2026-11-21T23:50+01:00"),
        ("23:00", "2026-11-22T00:10+01:00", "2026-11-22T23:00+01:00"),
        ("09:00", "2028-02-28T22:00+01:00", "2028-02-29T09:00+01:00"),
        ("03:15", "2026-03-29T01:50+01:00", "2026-03-29T03:15+02:00"),
        ("02:30", "2026-10-25T01:50+02:00", "2026-10-25T02:30+02:00"),
        ("02:30", "2026-10-25T02:50+01:00", "2026-10-25T02:30+01:00"),
        ("08:00", "2026-10-24T23:00+02:00", "2026-10-25T08:00+01:00"),
    ],
)
def test_clock_time_is_the_nearest_one_ahead(clock, now, moment):
    found = next_at(time.fromisoformat(clock), datetime.fromisoformat(now))
    assert found == datetime.fromisoformat(moment)


def test_clock_time_in_the_skipped_hour_does_not_exist():
    with pytest.raises(TijdBestaatNiet):
        next_at(time(2, 30), datetime.fromisoformat("2026-03-29T01:50+01:00"))


@pytest.mark.parametrize("text", ["{:%H:%M}", "{:%H%M}", "{:%H.%M}", " {:%H:%M} uur", "{:%H %M}"])
def test_clock_field_reads_what_people_type(db, text):
    soon = (to_local(db_now()) + timedelta(minutes=20)).replace(second=0, microsecond=0)
    assert KloktijdField().clean(text.format(soon)) == soon
    assert KloktijdField().widget.format_value(soon) == f"{soon:%H:%M}"


@pytest.mark.parametrize("text", ["25:00", "12:60", "straks", "99999", "\x00", "9" * 65536])
def test_clock_field_refuses_with_a_sentence(db, text):
    with pytest.raises(ValidationError, match="23:15"):
        KloktijdField().clean(text)


def test_database_clock_is_aware(db):
    assert abs(db_now() - datetime.now(AMSTERDAM)) < timedelta(minutes=1)
