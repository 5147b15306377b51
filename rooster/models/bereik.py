"""Stretches of time as PostgreSQL compares them in exclusion constraints."""

from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeBoundary
from django.db.models import Func


class TsTzRange(Func):
    """The half-open period [begin, einde): one duty ends at 08:00, the next begins then."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class DateRange(Func):
    """Days, the last one included; an empty last day means for ever."""

    function = "DATERANGE"
    output_field = DateRangeField()


PERIODE = TsTzRange("begin", "einde", RangeBoundary())
DAGEN = DateRange("eerste_dag", "laatste_dag", RangeBoundary(inclusive_upper=True))
GELDIG = DateRange("geldig_vanaf", "geldig_tot", RangeBoundary(inclusive_upper=True))
