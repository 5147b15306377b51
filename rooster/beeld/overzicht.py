"""The overview: the duties of a stretch of weeks with the holes between them, in order."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from rooster.models import Dienst
from rooster.regels import AMSTERDAM, Periode, clock_change, gaps

WEKEN = 8


@dataclass(frozen=True)
class Rij:
    """One line of the overview: a duty, or (without one) a hole."""

    periode: Periode
    dienst: Dienst | None = None
    loopt: bool = False

    @property
    def klokwissel(self) -> timedelta:
        """How much longer this really lasts than the clock says; zero on ordinary days."""
        return clock_change(self.periode)


@dataclass(frozen=True)
class Week:
    maandag: date
    nummer: int
    rijen: list[Rij]


def stretch_from(day: date) -> Periode:
    """Return the stretch that is shown: eight weeks of Amsterdam days."""
    return Periode(_midnight(day), _midnight(day + timedelta(weeks=WEKEN)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=AMSTERDAM).astimezone(UTC)


def build_overview(
    diensten: Iterable[Dienst], bereik: Periode, nu: datetime, feestdagen: Collection[date] = ()
) -> list[Week]:
    """Return the rows by week. Holes that are already over help nobody and are left out."""
    diensten = list(diensten)
    rows = [Rij(dienst.periode, dienst, dienst.begin <= nu < dienst.einde) for dienst in diensten]
    holes = gaps([dienst.periode for dienst in diensten], bereik, feestdagen=feestdagen)
    rows += [Rij(hole) for hole in holes if hole.einde > nu]
    weeks: dict[date, list[Rij]] = {}
    for row in sorted(rows, key=lambda row: row.periode):
        first = max(row.periode.begin, bereik.begin).astimezone(AMSTERDAM).date()
        weeks.setdefault(first - timedelta(days=first.weekday()), []).append(row)
    return [Week(monday, monday.isocalendar().week, rows) for monday, rows in weeks.items()]


def planned_until(weken: Iterable[Week]) -> datetime | None:
    """Return when the last duty of the overview ends; None when there is no duty at all."""
    ends = [rij.periode.einde for week in weken for rij in week.rijen if rij.dienst]
    return max(ends, default=None)


def count_holes(weken: Iterable[Week], *, before: datetime | None) -> int:
    """Return how many holes begin before this moment."""
    holes = [rij for week in weken for rij in week.rijen if rij.dienst is None]
    return sum(before is not None and hole.periode.begin < before for hole in holes)
