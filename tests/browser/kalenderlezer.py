"""Read a calendar feed as somebody else's program does: by the rules in the file alone."""

import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar


@dataclass(frozen=True)
class Gebeurtenis:
    """One event; moments in UTC, `uid` and `volgnummer` (SEQUENCE) as they stand in the file."""

    uid: str
    volgnummer: int
    begin: datetime
    einde: datetime
    titel: str
    tekst: str
    status: str

    @property
    def duur(self) -> timedelta:
        return self.einde - self.begin


def fetch(adres: str) -> bytes:
    with urllib.request.urlopen(adres, timeout=30) as answer:  # noqa: S310  our own house
        assert answer.headers["Content-Type"].startswith("text/calendar")
        return answer.read()


def status_of(adres: str) -> int:
    """Return the status code of an address, whatever it is."""
    try:
        with urllib.request.urlopen(adres, timeout=30) as answer:  # noqa: S310  our own house
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def read_events(body: bytes) -> list[Gebeurtenis]:
    """Return the events in order of time, local times by the file's own VTIMEZONE."""
    calendar = Calendar.from_ical(body)
    zones = {str(zone["TZID"]): zone.to_tz() for zone in calendar.walk("VTIMEZONE")}

    def moment(event, name: str) -> datetime:
        prop = event[name]
        zone = prop.params.get("TZID")
        if zone is None:
            assert prop.dt.utcoffset() == timedelta(0), f"{name} without a zone is not UTC"
            return prop.dt.astimezone(UTC)
        return prop.dt.replace(tzinfo=zones[zone]).astimezone(UTC)

    return sorted(
        (
            Gebeurtenis(
                uid=str(event["UID"]),
                volgnummer=int(event.get("SEQUENCE", 0)),
                begin=moment(event, "DTSTART"),
                einde=moment(event, "DTEND"),
                titel=str(event["SUMMARY"]),
                tekst=str(event.get("DESCRIPTION", "")),
                status=str(event["STATUS"]),
            )
            for event in calendar.walk("VEVENT")
        ),
        key=lambda row: (row.begin, row.uid),
    )
