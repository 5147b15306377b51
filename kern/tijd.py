"""Dutch time: stored in UTC, shown and reasoned in Europe/Amsterdam.

Twice a year the wall clock jumps. A moment in the skipped hour does not exist and is refused;
a moment in the doubled hour exists twice and the person has to say which one is meant.
"""

import re
from datetime import UTC, datetime, time, timedelta
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


def next_at(clock: time, now: datetime) -> datetime:
    """Return the moment at which the Amsterdam clock shows `clock`, from an hour ago onwards.

    An hour back, because an appointment may be noted while the patient walks in. In the doubled
    hour the first of the two that still lies ahead. Raises `TijdBestaatNiet` in the skipped hour.
    """
    earliest = now - timedelta(hours=1)
    day = to_local(earliest).date()
    for date in (day, day + timedelta(days=1)):
        wall = datetime.combine(date, clock)
        # In the skipped hour both folds name a moment that shows another time on the clock.
        moments = [wall.replace(tzinfo=AMSTERDAM, fold=fold).astimezone(UTC) for fold in (0, 1)]
        ahead = [moment for moment in moments if moment >= earliest]
        if ahead:
            if to_local(ahead[0]).time() != clock:
                raise TijdBestaatNiet(wall)
            return min(ahead)
    raise AssertionError("a clock shows every time within 25 hours")


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

    widget: type[forms.Widget] = LokaalMomentWidget
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


class KloktijdWidget(forms.TextInput):
    """A short text input that shows the wall time of a moment."""

    def __init__(self, attrs=None):
        usual = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "23:15"}
        super().__init__({**usual, **(attrs or {})})

    def format_value(self, value):
        return f"{to_local(value):%H:%M}" if isinstance(value, datetime) else value


class KloktijdField(LokaalMomentField):
    """The time on the clock for something within a day: "23:15", "2315" or a whole moment.

    Nobody at night types a date, and the browser's own date field follows the language of the
    browser, not of the page: an English one would ask for month, day and AM. `vanaf` is another
    moment than now to count from: what was agreed in a call that is entered later.
    """

    widget = KloktijdWidget
    vanaf: datetime | None = None
    default_error_messages = {
        "invalid": _("Vul een tijd in, bijvoorbeeld 23:15."),
        "skipped": _(
            "Deze tijd bestaat niet: vannacht gaat de klok van 02:00 naar 03:00. "
            "Kies een tijd vóór 02:00 of vanaf 03:00."
        ),
    }

    def to_python(self, value):
        match = re.fullmatch(r"\s*([0-9]{1,2})[:. ]?([0-9]{2})\s*(?:uur|u)?", str(value or ""))
        if match is None:
            return super().to_python(value)
        try:
            return next_at(time(int(match[1]), int(match[2])), self.vanaf or db_now())
        except TijdBestaatNiet as error:
            raise ValidationError(self.error_messages["skipped"], code="skipped") from error
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
