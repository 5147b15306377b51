"""A calendar feed as RFC 5545 wants it. Pure: plain values in, bytes out.

Times are Amsterdam wall time with the rules of that zone in the file, so that a phone abroad is
right too. Always a begin and an end, never a length: readers disagree about a length over a
clock change. The doubled hour of the autumn night has no unambiguous local form and is written
in UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
VERVERS = timedelta(hours=1)
"""How often a reader may come back; most phones choose their own pace."""


@dataclass(frozen=True)
class Afspraak:
    """One duty in one calendar. `dienst` makes the UID: the same duty is always the same event.

    `volgnummer` (SEQUENCE) only ever rises; moments are aware.
    """

    dienst: UUID
    begin: datetime
    einde: datetime
    titel: str
    tekst: str
    volgnummer: int
    gewijzigd_op: datetime
    vervallen: bool = False


def write_calendar(naam: str, afspraken: Iterable[Afspraak], *, bezet: bool) -> bytes:
    """Return the feed. `bezet`: the duty blocks the reader's day, which not everybody wants."""
    calendar = Calendar()
    calendar.add("prodid", "-//Spoeddienst//Rooster//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", naam)
    calendar.add("x-wr-timezone", str(AMSTERDAM))
    calendar.add("refresh-interval", VERVERS, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for afspraak in sorted(afspraken, key=lambda row: (row.begin, row.dienst)):
        calendar.add_component(_event(afspraak, bezet))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(afspraak: Afspraak, bezet: bool) -> Event:
    event = Event()
    event.add("uid", f"dienst-{afspraak.dienst}@spoeddienst")
    event.add("sequence", afspraak.volgnummer)
    # Not the moment of asking: an unchanged roster is then an unchanged file.
    event.add("dtstamp", afspraak.gewijzigd_op.astimezone(UTC))
    event.add("last-modified", afspraak.gewijzigd_op.astimezone(UTC))
    event.add("dtstart", _wall(afspraak.begin))
    event.add("dtend", _wall(afspraak.einde))
    event.add("summary", afspraak.titel)
    if afspraak.tekst:
        event.add("description", afspraak.tekst)
    event.add("status", "CANCELLED" if afspraak.vervallen else "CONFIRMED")
    blocks = bezet and not afspraak.vervallen
    event.add("transp", "OPAQUE" if blocks else "TRANSPARENT")
    return event


def _wall(moment: datetime) -> datetime:
    """Return the moment as a reader takes it: local, or UTC in the hour that comes twice."""
    local = moment.astimezone(AMSTERDAM)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return moment.astimezone(UTC) if twice else local
