"""The calendar of a month: whole weeks of days, each with the duties that begin on it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from rooster.regels import AMSTERDAM, Periode, gaps
from rooster.versie.rijen import Roosterrij

MIDDAG = time(12)
"""A duty that still runs at noon fills that day too: a weekend from Friday shows on Saturday."""


@dataclass
class Dag:
    datum: date
    in_maand: bool
    is_vandaag: bool
    voorbij: bool
    feestdag: str = ""
    rijen: list[Roosterrij] = field(default_factory=list)
    lopend: list[Roosterrij] = field(default_factory=list)
    """Duties that began on an earlier day and last beyond noon."""
    gaten: list[Periode] = field(default_factory=list)

    @property
    def is_weekend(self) -> bool:
        return self.datum.weekday() >= 5

    @property
    def is_leeg(self) -> bool:
        return not (self.rijen or self.lopend or self.gaten)


@dataclass(frozen=True)
class Kalenderweek:
    nummer: int
    dagen: list[Dag]


def month_stretch(maand: date) -> Periode:
    """Return the whole weeks around the month of this day, as Amsterdam days."""
    first = maand.replace(day=1)
    last = next_month(maand) - timedelta(days=1)
    monday = first - timedelta(days=first.weekday())
    return Periode(midnight(monday), midnight(last + timedelta(days=7 - last.weekday())))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=AMSTERDAM).astimezone(UTC)


def next_month(maand: date) -> date:
    return (maand.replace(day=28) + timedelta(days=4)).replace(day=1)


def previous_month(maand: date) -> date:
    return (maand.replace(day=1) - timedelta(days=1)).replace(day=1)


def build_month(
    rijen: Iterable[Roosterrij], maand: date, nu: datetime, feestdagen: Mapping[date, str]
) -> list[Kalenderweek]:
    """Return the weeks of the month of this day. Holes that are over help nobody: left out."""
    rijen = list(rijen)
    bereik = month_stretch(maand)
    today = nu.astimezone(AMSTERDAM).date()
    first = bereik.begin.astimezone(AMSTERDAM).date()
    count = round(bereik.duur / timedelta(days=1))
    days = {
        day: Dag(
            datum=day,
            in_maand=day.month == maand.month,
            is_vandaag=day == today,
            voorbij=day < today,
            feestdag=feestdagen.get(day, ""),
        )
        for day in (first + timedelta(days=n) for n in range(count))
    }
    for rij in rijen:
        if rij.dag in days:
            days[rij.dag].rijen.append(rij)
        for day in _runs_on(rij):
            if day in days:
                days[day].lopend.append(rij)
    for gat in _holes(rijen, bereik, nu):
        days[gat.begin.astimezone(AMSTERDAM).date()].gaten.append(gat)
    all_days = list(days.values())
    return [
        Kalenderweek(week[0].datum.isocalendar().week, week)
        for week in (all_days[n : n + 7] for n in range(0, len(all_days), 7))
    ]


def _runs_on(rij: Roosterrij) -> Iterable[date]:
    """Yield the days after the first on which the duty still runs at noon."""
    day = rij.dag + timedelta(days=1)
    while datetime.combine(day, MIDDAG, tzinfo=AMSTERDAM) < rij.einde:
        yield day
        day += timedelta(days=1)


def _holes(rijen: list[Roosterrij], bereik: Periode, nu: datetime) -> list[Periode]:
    """Return the holes between the first and the last duty that are not over."""
    if not rijen:
        return []
    planned = Periode(
        max(bereik.begin, min(rij.begin for rij in rijen)),
        min(bereik.einde, max(rij.einde for rij in rijen)),
    )
    return [gat for gat in gaps([rij.periode for rij in rijen], planned) if gat.einde > nu]
