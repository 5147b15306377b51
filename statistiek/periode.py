"""The periods of the figures: whole days in Amsterdam time, kept as moments (U14).

A day begins at midnight on the wall clock, so that a month with a clock change is an hour shorter
or longer and no call falls between two months. Midnight itself is never skipped or doubled here.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kern.tijd import from_local, to_local

MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
    *("augustus", "september", "oktober", "november", "december"),
)
STANDAARD = "30d"
_DAGEN_TERUG = 30
_PER_WEEK_TOT = timedelta(days=100)
MIN_DAGEN_VRIJ = 28
"""A free period is at least this long: two that differ by a day would give away one day."""


@dataclass(frozen=True, slots=True)
class Periode:
    """From `begin` up to, not including, `einde`; both aware moments. `code` names it in a URL."""

    code: str
    titel: str
    begin: datetime
    einde: datetime

    @property
    def per_week(self) -> bool:
        """Whether a trend is drawn by week; a longer period goes by month."""
        return self.einde - self.begin <= _PER_WEEK_TOT

    def steps(self) -> list[tuple[date, datetime, datetime]]:
        """Return (first day, begin, end) of every week or month; the first and last may be part."""
        day, last = to_local(self.begin).date(), self.laatste_dag
        found = []
        while day <= last:
            if self.per_week:
                after = day + timedelta(days=7 - day.weekday())
            else:
                after = _first_after(day.year, day.month)
            after = min(after, last + timedelta(days=1))
            found.append((day, _midnight(day), _midnight(after)))
            day = after
        return found

    @property
    def laatste_dag(self) -> date:
        return to_local(self.einde).date() - timedelta(days=1)


def between(code: str, titel: str, eerste: date, na: date) -> Periode:
    """Return the period of whole days from `eerste` up to, not including, `na`."""
    return Periode(code, titel, _midnight(eerste), _midnight(na))


def month(year: int, number: int) -> Periode:
    titel = f"{MAANDEN[number - 1]} {year}"
    return between(
        f"m{year}-{number:02d}", titel, date(year, number, 1), _first_after(year, number)
    )


def quarter(year: int, number: int) -> Periode:
    first = 3 * number - 2
    return between(
        f"k{year}-{number}",
        f"{number}e kwartaal {year}",
        date(year, first, 1),
        _first_after(year, first + 2),
    )


def year(number: int) -> Periode:
    return between(f"j{number}", str(number), date(number, 1, 1), date(number + 1, 1, 1))


def last_days(nu: datetime) -> Periode:
    """Return thirty days, today included."""
    today = to_local(nu).date()
    first = today - timedelta(days=_DAGEN_TERUG - 1)
    return between(STANDAARD, "afgelopen 30 dagen", first, today + timedelta(days=1))


def free(van: date, tot: date) -> Periode:
    """Return the days from `van` up to and including `tot`."""
    titel = f"{van.day} {MAANDEN[van.month - 1]} {van.year} tot en met "
    titel += f"{tot.day} {MAANDEN[tot.month - 1]} {tot.year}"
    return between("vrij", titel, van, tot + timedelta(days=1))


def options(nu: datetime) -> list[Periode]:
    """Return the periods to choose from: thirty days, thirteen months, eight quarters, 3 years."""
    today = to_local(nu).date()
    months = [_month_back(today, back) for back in range(13)]
    here = (today.month + 2) // 3
    quarters = [divmod(4 * today.year + here - 1 - back, 4) for back in range(8)]
    return [
        last_days(nu),
        *(month(*found) for found in months),
        *(quarter(number, index + 1) for number, index in quarters),
        *(year(today.year - back) for back in range(3)),
    ]


def _month_back(day: date, back: int) -> tuple[int, int]:
    years, index = divmod(12 * day.year + day.month - 1 - back, 12)
    return years, index + 1


def _first_after(number: int, month_number: int) -> date:
    years, index = divmod(12 * number + month_number, 12)
    return date(years, index + 1, 1)


def _midnight(day: date) -> datetime:
    return from_local(datetime.combine(day, time()))
