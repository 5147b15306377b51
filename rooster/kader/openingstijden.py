"""The regular hours of practices as rows, and the use of the duty that follows (RO-1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from kring.models import Deelnemer
from rooster.actions.kader import Uren
from rooster.kader.gebruik import ZELF, Gebruik, usage
from rooster.kader.kalender import make_duties
from rooster.kader.rijen import holidays_of, lines, valid
from rooster.models import Dienstsoort, Openingstijd
from rooster.regels import AMSTERDAM, Periode, Praktijktijden, regular_hours

WEEK = timedelta(days=7)


@dataclass
class Praktijkweek:
    """One week of one practice. `bekend` False: it filled nothing in, the usual hours count."""

    deelnemer: Deelnemer
    uren: list[Openingstijd] = field(default_factory=list)
    gebruik: list[Gebruik] = field(default_factory=list)

    @property
    def bekend(self) -> bool:
        return bool(self.uren)

    @property
    def zelf(self) -> list[Gebruik]:
        """The hours in which neither the practice nor the duty is there for its patients."""
        return [row for row in self.gebruik if row.wat == ZELF]


def weeks_of(deelnemers: Iterable[Deelnemer], maandag: date) -> list[Praktijkweek]:
    """Return the week of each practice; 3 queries whatever their number."""
    weken = [Praktijkweek(deelnemer) for deelnemer in deelnemers]
    if not weken:
        return []
    kring_id = weken[0].deelnemer.kring_id
    zondag = maandag + timedelta(days=6)
    bereik = Periode(_at(maandag, time()), _at(maandag + WEEK, time()))
    vrij = holidays_of(kring_id, maandag, zondag)
    diensten = _covered(kring_id, maandag, zondag, vrij)
    hours: dict[object, list[Openingstijd]] = {}
    rows = Openingstijd.objects.filter(valid("geldig", maandag, zondag), kring_id=kring_id)
    for row in rows.order_by("weekdag", "van"):
        hours.setdefault(row.deelnemer_id, []).append(row)
    for week in weken:
        week.uren = hours.get(week.deelnemer.pk, [])
        opened = (
            _opened(week.uren, maandag, vrij)
            if week.bekend
            else regular_hours(bereik, Praktijktijden(), vrij)
        )
        week.gebruik = usage(diensten, opened, bereik)
    return weken


def usual_hours() -> list[Uren]:
    """Return the hours that count for a practice that filled nothing in."""
    usual = Praktijktijden()
    return [Uren(day, usual.van, usual.tot) for day in sorted(usual.dagen)]


def _covered(kring_id: int, maandag: date, zondag: date, vrij: dict[date, str]) -> list[Periode]:
    """Return when patients can be referred: to the duty, or to a spoedpraktijk (RO-12)."""
    spoed, rooster = Dienstsoort.Vervuld.SPOEDPRAKTIJK, Dienstsoort.Vervuld.ROOSTER
    soorten = [
        replace(soort, vervuld_door=rooster) if soort.vervuld_door == spoed else soort
        for soort in lines(kring_id, maandag - WEEK, zondag)
    ]
    # From a week before: a weekend that began on Friday still runs on Monday morning.
    found = make_duties(soorten, maandag - WEEK, zondag, vrij).diensten
    return [Periode(dienst.begin, dienst.einde) for dienst in found]


def _opened(uren: list[Openingstijd], maandag: date, vrij: dict[date, str]) -> list[Periode]:
    found = []
    for row in uren:
        day = maandag + timedelta(days=row.weekdag)
        until = row.geldig_tot or date.max
        if row.geldig_vanaf <= day <= until and day not in vrij:
            found.append(Periode(_at(day, row.van), _at(day, row.tot)))
    return found


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=AMSTERDAM).astimezone(UTC)
