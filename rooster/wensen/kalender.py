"""A period as months of whole weeks, for the wish page. Pure: no rows, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rooster.wensen.regels import Dagwens, Wensen


@dataclass(frozen=True)
class Dag:
    """One day of the period, with its holiday ("" on other days) and its wish, if any."""

    datum: date
    feestdag: str
    wens: Dagwens | None

    @property
    def vrij(self) -> bool:
        """Whether the day is a Saturday, Sunday or holiday."""
        return self.datum.weekday() >= 5 or bool(self.feestdag)


@dataclass(frozen=True)
class Maand:
    """One month: weeks of seven days from Monday; None lies outside the month or the period."""

    eerste: date
    weken: tuple[tuple[Dag | None, ...], ...]

    @property
    def feestdagen(self) -> list[Dag]:
        return [dag for week in self.weken for dag in week if dag and dag.feestdag]

    @property
    def wensen(self) -> int:
        """How many days of this month have a wish."""
        return sum(bool(dag and dag.wens) for week in self.weken for dag in week)


def months(
    eerste_dag: date, laatste_dag: date, feestdagen: Mapping[date, str], wensen: Wensen
) -> list[Maand]:
    """Return the months that the period touches, both days included."""
    found = []
    month = eerste_dag.replace(day=1)
    while month <= laatste_dag:
        following = (month + timedelta(days=31)).replace(day=1)
        begin, end = max(month, eerste_dag), min(following - timedelta(days=1), laatste_dag)
        found.append(Maand(month, _weeks(begin, end, feestdagen, wensen)))
        month = following
    return found


def _weeks(begin: date, end: date, feestdagen: Mapping[date, str], wensen: Wensen) -> tuple:
    monday = begin - timedelta(days=begin.weekday())
    weeks = []
    while monday <= end:
        days = (monday + timedelta(days=n) for n in range(7))
        weeks.append(
            tuple(
                Dag(day, feestdagen.get(day, ""), wensen.get(day)) if begin <= day <= end else None
                for day in days
            )
        )
        monday += timedelta(days=7)
    return tuple(weeks)


def stretch(van: date, tot: date, weekdagen: frozenset[int]) -> list[date]:
    """Return the days from `van` to `tot`, both included, that fall on these weekdays."""
    days = (van + timedelta(days=n) for n in range((tot - van).days + 1))
    return [day for day in days if day.weekday() in weekdagen]
