"""The published roster around a duty as the planner sees it: rows in, an instance and plan out.

The same partners and rules that make a roster judge what happens to it afterwards (RO-8).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from kern.tijd import from_local, to_local
from rooster.kader import rijen as kader
from rooster.kader.aandelen import Vrijstelregel, shares
from rooster.kader.kalender import last_day
from rooster.models import Dienst as DienstRij
from rooster.models import Dienstplaats, Roosterperiode, Wens
from rooster.planner.instantie import Dienst, Instantie, Praktijk, Regels, Tandarts
from rooster.planner.stand import Stand

RAND = timedelta(days=14)
"""Duties beside the stretch count for rest and weekends."""
ZONDER_PERIODE = timedelta(days=182)
"""How far to both sides, for a duty that was planned by hand outside a period."""
GEWONE_RUST = 1
"""Rest days where no period sets a rule: never two days running."""
DAG = timedelta(days=1)
_MAANDAG = date(2000, 1, 3)


def seat_key(tandarts_id: UUID, deelnemer_id: UUID) -> str:
    """Return the id of a dentist at a practice, as the instance knows it."""
    return f"{tandarts_id}|{deelnemer_id}"


def read_key(sleutel: str) -> tuple[UUID, UUID]:
    """Return dentist and practice. Raises ValueError for anything else."""
    tandarts, _streep, deelnemer = sleutel.partition("|")
    return UUID(tandarts), UUID(deelnemer)


def served_days(begin: datetime, einde: datetime) -> tuple[date, date]:
    """Return first and last day on which a duty is served; a night counts for its evening."""
    first = to_local(begin).date()
    return first, last_day(first, einde)


@dataclass(frozen=True)
class Lopend:
    """A stretch of the published roster: what the planner needs to find partners."""

    inst: Instantie
    toewijzing: dict[str, dict[str, str | None]]
    begin: dict[str, datetime]

    @cached_property
    def stand(self) -> Stand:
        return Stand(self.inst, self.toewijzing)


def roster_around(dienst: DienstRij, *, regels: Regels | None = None) -> Lopend:
    """Return the roster of the period of a duty. `regels` replaces the rules of the kring."""
    periode = _periode_of(dienst)
    first, last = _stretch(dienst, periode)
    duties, begin, plan, holders = _duties(dienst.kring_id, first, last)
    dentists = list(_dentists(dienst.kring_id, (first, last), periode, duties, holders))
    inst = Instantie(
        naam="",
        diensten=tuple(duties),
        praktijken=tuple(Praktijk(p, {}) for p in dict.fromkeys(t.praktijk for t in dentists)),
        tandartsen=tuple(dentists),
        regels=regels or _rules(periode),
    )
    return Lopend(inst, plan, begin)


def _periode_of(dienst: DienstRij) -> Roosterperiode | None:
    if dienst.roosterperiode_id:
        return dienst.roosterperiode
    day = to_local(dienst.begin).date()
    return Roosterperiode.objects.filter(
        kring_id=dienst.kring_id, eerste_dag__lte=day, laatste_dag__gte=day
    ).first()


def _stretch(dienst: DienstRij, periode: Roosterperiode | None) -> tuple[date, date]:
    if periode:
        return periode.eerste_dag - RAND, periode.laatste_dag + RAND
    day = to_local(dienst.begin).date()
    return day - ZONDER_PERIODE, day + ZONDER_PERIODE


def _rules(periode: Roosterperiode | None) -> Regels:
    if periode is None:
        return Regels(rustdagen=GEWONE_RUST, geen_aaneengesloten_weekenden=False)
    return Regels(
        rustdagen=periode.rustdagen,
        geen_aaneengesloten_weekenden=periode.geen_aaneengesloten_weekenden,
    )


def _duties(kring_id: int, first: date, last: date):
    """Return duties, their begin, who holds what, and the (dentist, practice) pairs that do."""
    rows = DienstRij.objects.filter(
        kring_id=kring_id, begin__gte=_midnight(first), begin__lt=_midnight(last + DAG)
    ).values_list("pk", "begin", "einde", "categorie")
    duties, begins, plan = [], {}, {}
    for pk, begin, einde, categorie in rows:
        begins[str(pk)] = begin
        eerste, laatste = served_days(begin, einde)
        week = (eerste - _MAANDAG).days // 7
        duties.append(Dienst(str(pk), eerste, laatste, categorie, week))
        plan[str(pk)] = dict.fromkeys(Dienstplaats.Rol.values)
    holders = set()
    places = Dienstplaats.objects.filter(
        kring_id=kring_id, begin__gte=_midnight(first), begin__lt=_midnight(last + DAG)
    ).values_list("dienst_id", "rol", "tandarts_id", "deelnemer_id", "tandarts__deelnemer_id")
    for dienst_id, rol, tandarts_id, voor, eigen in places:
        seat = tandarts_id, voor or eigen
        holders.add(seat)
        plan[str(dienst_id)][rol] = seat_key(*seat)
    return duties, begins, plan, holders


def _midnight(day: date) -> datetime:
    return from_local(datetime.combine(day, time()))


def _dentists(
    kring_id: int,
    dagen: tuple[date, date],
    periode: Roosterperiode | None,
    duties: list[Dienst],
    holders: set,
) -> Iterator[Tandarts]:
    """Yield everybody who serves, and whoever holds a place and serves no more."""
    first, last = dagen
    inzet = kader.inzet_between(kring_id, first, last)
    vrij = kader.exemptions_between(kring_id, first, last)
    saldi = kader.saldi_before(kring_id, periode.eerste_dag) if periode else {}
    aantallen = Counter(dienst.categorie for dienst in duties)
    owed = shares(inzet, vrij, saldi, aantallen, dagen).per_tandarts
    off = _days_off(vrij, periode, first, last)
    serving = {(row.tandarts, row.praktijk) for row in inzet if row.doet_dienst}
    everything = frozenset(_days(first - RAND, last + RAND))
    for seat in serving | holders:
        yield Tandarts(
            id=seat_key(*seat),
            praktijk=str(seat[1]),
            streef=owed.get(seat, 0.0),
            afwezig=frozenset(off[seat[0]]) if seat in serving else everything,
            persoon=str(seat[0]),
        )


def _days_off(
    vrij: list[Vrijstelregel], periode: Roosterperiode | None, first: date, last: date
) -> dict[UUID, set[date]]:
    """Return the days on which somebody is not asked: exempt, or blocked in the wishes."""
    found: dict[UUID, set[date]] = defaultdict(set)
    for regel in vrij:
        if regel.deel == 100:
            found[regel.tandarts] |= set(
                _days(max(regel.vanaf, first), min(regel.tot or last, last))
            )
    if periode:
        blocked = Wens.objects.filter(periode=periode, soort=Wens.Soort.GEBLOKKEERD)
        for tandarts, dag in blocked.values_list("tandarts_id", "dag"):
            found[tandarts].add(dag)
    return found


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(n) for n in range((last - first).days + 1))
