"""The calendar file, read back by the parser that others use too."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import icalendar
import pytest

from kern.tijd import AMSTERDAM
from rooster.agenda.bestand import Afspraak, write_calendar

DIENST = UUID("0190f2aa-0000-7000-8000-000000000001")


def at(*moment, fold=0) -> datetime:
    return datetime(*moment, tzinfo=AMSTERDAM, fold=fold).astimezone(UTC)


def appointment(begin, einde, **kwargs) -> Afspraak:
    values = {"dienst": DIENST, "titel": "Spoeddienst: dienstdoende", "tekst": "Achterwacht: A"}
    values |= {"volgnummer": 0, "gewijzigd_op": at(2026, 11, 1, 9)}
    return Afspraak(begin=begin, einde=einde, **(values | kwargs))


def read(*afspraken, bezet=False):
    body = write_calendar("Spoeddienst", afspraken, bezet=bezet)
    return icalendar.Calendar.from_ical(body), body


@pytest.mark.parametrize(
    ("begin", "einde", "hours"),
    [
        (at(2027, 3, 27, 17), at(2027, 3, 28, 8), 14),
        (at(2027, 10, 30, 17), at(2027, 10, 31, 8), 16),
        (at(2028, 2, 28, 17), at(2028, 2, 29, 8), 15),
        (at(2026, 12, 31, 17), at(2027, 1, 1, 8), 15),
    ],
)
def test_a_night_keeps_its_real_length(begin, einde, hours):
    """Both nights of the clock change, leap day and new year: what comes back is what went in."""
    calendar, body = read(appointment(begin, einde))
    [event] = calendar.walk("VEVENT")
    assert event.decoded("dtstart").astimezone(UTC) == begin
    assert event.decoded("dtend").astimezone(UTC) == einde
    assert event.decoded("dtend").astimezone(UTC) - event.decoded("dtstart").astimezone(
        UTC
    ) == timedelta(hours=hours)
    assert b"DURATION" not in body.replace(b"REFRESH-INTERVAL;VALUE=DURATION", b"")


def test_times_are_local_with_the_rules_of_the_zone_in_the_file():
    calendar, body = read(appointment(at(2027, 3, 27, 17), at(2027, 3, 28, 8)))
    assert b"DTSTART;TZID=Europe/Amsterdam:20270327T170000" in body
    [zone] = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Amsterdam"
    # The file's own rules, not the reader's: 27 March is +1, 29 March is +2.
    rules = zone.to_tz()
    assert datetime(2027, 3, 27, 17, tzinfo=rules).utcoffset() == timedelta(hours=1)
    assert datetime(2027, 3, 29, 17, tzinfo=rules).utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_is_written_in_utc(fold):
    begin = at(2027, 10, 31, 2, 30, fold=fold)
    calendar, body = read(appointment(begin, at(2027, 10, 31, 8)))
    [event] = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == begin
    assert b"TZID=Europe/Amsterdam:20271031T0230" not in body


def test_a_duty_that_went_is_cancelled_under_the_same_uid_with_a_higher_sequence():
    before, _body = read(appointment(at(2027, 1, 4, 17), at(2027, 1, 5, 8)))
    after, _body = read(
        appointment(at(2027, 1, 4, 17), at(2027, 1, 5, 8), volgnummer=3, vervallen=True),
        bezet=True,
    )
    [old], [new] = before.walk("VEVENT"), after.walk("VEVENT")
    assert old["UID"] == new["UID"]
    assert (old["STATUS"], new["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert new["SEQUENCE"] > old["SEQUENCE"]
    # Whoever lost the duty is free again.
    assert new["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize(("bezet", "transp"), [(True, "OPAQUE"), (False, "TRANSPARENT")])
def test_busy_is_a_choice(bezet, transp):
    calendar, _body = read(appointment(at(2027, 1, 4, 17), at(2027, 1, 5, 8)), bezet=bezet)
    assert calendar.walk("VEVENT")[0]["TRANSP"] == transp


def test_text_that_looks_like_a_calendar_stays_text():
    text = "A;B,C\\n\r\nEND:VEVENT\r\nBEGIN:VEVENT"
    calendar, _body = read(appointment(at(2027, 1, 4, 17), at(2027, 1, 5, 8), titel=text))
    assert len(calendar.walk("VEVENT")) == 1
    assert "BEGIN:VEVENT" in calendar.walk("VEVENT")[0]["SUMMARY"]


def test_an_unchanged_roster_is_an_unchanged_file():
    rows = [appointment(at(2027, 1, day, 17), at(2027, 1, day + 1, 8)) for day in (4, 6)]
    rows[1] = appointment(at(2027, 1, 6, 17), at(2027, 1, 7, 8), dienst=UUID(int=7))
    assert read(*rows)[1] == read(*reversed(rows))[1]
