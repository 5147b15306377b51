"""A meeting as an appointment in a calendar (RFC 5545); the same meeting is the same event."""

from datetime import UTC

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from kern.tijd import AMSTERDAM, to_local
from reglement.models import Vergadering


def calendar_of(vergadering: Vergadering) -> bytes:
    """Return the file. Title, day and place only: an agenda may name a practice."""
    calendar = Calendar()
    calendar.add("prodid", "-//Spoeddienst//Vergadering//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", str(AMSTERDAM))
    event = Event()
    event.add("uid", f"vergadering-{vergadering.pk}@spoeddienst")
    event.add("sequence", vergadering.stap)
    event.add("dtstamp", vergadering.gewijzigd_op.astimezone(UTC))
    event.add("dtstart", to_local(vergadering.begint_op))
    event.add("dtend", to_local(vergadering.eindigt_op))
    event.add("summary", f"{vergadering.titel} ({vergadering.kring.naam})")
    event.add("location", vergadering.plaats)
    path = reverse(
        "reglement:vergadering",
        kwargs={"kring": vergadering.kring.slug, "vergadering": vergadering.pk},
    )
    event.add("description", settings.ADRES + path)
    off = vergadering.status == Vergadering.Status.AFGELAST
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()
