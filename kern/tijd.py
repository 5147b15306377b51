"""Dutch time: stored in UTC, shown and reasoned in Europe/Amsterdam.

Twice a year the wall clock jumps. A moment in the skipped hour does not exist and is refused;
a moment in the doubled hour exists twice and the person has to say which one is meant.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext_lazy as _

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WALL_FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M")
DOUBLED = {"eerste": 0, "tweede": 1}


class TijdBestaatNiet(ValueError):
    """The wall time falls in the hour that the clock skips in spring."""


class TijdDubbel(ValueError):
    """The wall time falls in the hour that the clock repeats in autumn."""


def to_local(moment: datetime) -> datetime:
    """Return an aware moment on the Amsterdam wall clock."""
    return moment.astimezone(AMSTERDAM)


def from_local(wall: datetime, *, fold: int | None = None) -> datetime:
    """Return the UTC moment of a naive Amsterdam wall time.

    `fold` says which of the two is meant in the doubled hour (0 = first, summer time).
    Raises `TijdBestaatNiet` in the skipped hour, `TijdDubbel` in the doubled hour without `fold`.
    """
    first = wall.replace(tzinfo=AMSTERDAM, fold=0)
    second = wall.replace(tzinfo=AMSTERDAM, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    # In both cases the offsets differ; only a real moment survives the round trip.
    if first.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) != wall:
        raise TijdBestaatNiet(wall)
    if fold is None:
        raise TijdDubbel(wall)
    return (second if fold else first).astimezone(UTC)


def db_now() -> datetime:
    """Return the database clock: the only clock that deadlines are judged by."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


class LokaalMomentWidget(forms.DateTimeInput):
    """A `datetime-local` input that shows Amsterdam wall time and keeps odd text as typed."""

    input_type = "datetime-local"

    def format_value(self, value):
        if isinstance(value, datetime):
            wall = to_local(value) if value.tzinfo else value
            return wall.strftime("%Y-%m-%dT%H:%M")
        return value


class LokaalMomentField(forms.Field):
    """Amsterdam wall time in, UTC moment out.

    In the doubled autumn hour the text may end in " eerste" or " tweede"; the error says so.
    """

    widget = LokaalMomentWidget
    default_error_messages = {
        "invalid": _("Vul een datum en tijd in, bijvoorbeeld 21-11-2026 23:40."),
        "skipped": _(
            "Deze tijd bestaat niet: in deze nacht gaat de klok van 02:00 naar 03:00. "
            "Kies een tijd vóór 02:00 of vanaf 03:00."
        ),
        "doubled": _(
            "Deze tijd komt twee keer voor: in deze nacht gaat de klok van 03:00 terug naar 02:00. "
            "Kies een tijd vóór 02:00 of vanaf 03:00."
        ),
    }

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value if value.tzinfo else self._to_utc(value, None)
        text = str(value).strip()
        stem, _space, last = text.rpartition(" ")
        fold = DOUBLED.get(last)
        return self._to_utc(self._parse(stem if fold is not None else text), fold)

    def has_changed(self, initial, data):
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True

    def _parse(self, text: str) -> datetime:
        for wall_format in WALL_FORMATS:
            try:
                wall = datetime.strptime(text, wall_format)  # noqa: DTZ007 (from_local adds the zone)
            except ValueError:
                continue
            # Years far away overflow in time zone arithmetic and are typing errors anyway.
            if 1900 <= wall.year <= 2200:
                return wall
        raise ValidationError(self.error_messages["invalid"], code="invalid")

    def _to_utc(self, wall: datetime, fold: int | None) -> datetime:
        try:
            return from_local(wall, fold=fold)
        except TijdBestaatNiet as error:
            raise ValidationError(self.error_messages["skipped"], code="skipped") from error
        except TijdDubbel as error:
            raise ValidationError(self.error_messages["doubled"], code="doubled") from error
