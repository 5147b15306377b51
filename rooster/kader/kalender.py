"""The calendar of a roster: which duties begin when, by the kinds of duty and the holidays.

Pure. Kinds of duty are wall clock of Amsterdam, duties are moments in UTC: a night over a clock
change is an hour shorter or longer (RO-3). The lines of a kring tile the week: every hour is a
duty of the roster, or one in which the practices are open themselves or a spoedpraktijk helps
(RO-12). What is missing or double is an objection, never a guess (RO-1, §5.4.1).
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from rooster.regels import AMSTERDAM

DOORDEWEEKS, WEEKEND, FEESTDAG = "doordeweeks", "weekend", "feestdag"
MIDDAG = time(12)
MARGE = timedelta(days=5)
"""Longer than the longest duty: what began before a period may still run in it."""

Feestdagregel = Literal["niet", "ook", "alleen"]


@dataclass(frozen=True)
class EigenDag:
    """What a kring changes in the national calendar; `vervalt` takes a day out."""

    datum: date
    naam: str = ""
    vervalt: bool = False


@dataclass(frozen=True)
class Soort:
    """One line of the frame: what begins on which days (Monday is 0), from when till when.

    `feestdagen` says what a holiday does on those days: nothing begins then ("niet"), as on any
    day ("ook"), or only then ("alleen"). `vervuld_door` other than "rooster" makes no duty: the
    hours are covered otherwise. `dubbel_uur` names the first (0) or the second (1) of two equal
    times in the autumn night; without it such a time is an objection.
    """

    sleutel: Hashable
    naam: str
    categorie: str
    dagen: frozenset[int]
    begin: time
    einde: time
    dagen_later: int
    feestdagen: Feestdagregel = "niet"
    vervuld_door: str = "rooster"
    geldig_vanaf: date = date.min
    geldig_tot: date | None = None
    dubbel_uur: int | None = None

    def begins_on(self, dag: date, feestdag: bool) -> bool:
        """Return whether a duty of this kind begins on a day."""
        if dag < self.geldig_vanaf or dag > (self.geldig_tot or date.max):
            return False
        allowed = {"niet": not feestdag, "ook": True, "alleen": feestdag}[self.feestdagen]
        return allowed and dag.weekday() in self.dagen


@dataclass(frozen=True)
class Kalenderdienst:
    """One duty: moments in UTC, and the days that count for rest, wishes and category."""

    begin: datetime
    einde: datetime
    eerste_dag: date
    laatste_dag: date
    categorie: str
    soort: Hashable


@dataclass(frozen=True)
class Bezwaar:
    """Why these lines make no calendar.

    `regel` is gat, overlap, uur_bestaat_niet or uur_dubbel; `soorten` are the keys of the lines
    concerned, the stretch is the first time that it goes wrong, `keren` how often it does.
    """

    regel: str
    soorten: tuple[Hashable, ...]
    begin: datetime
    einde: datetime
    keren: int = 1


class Kalender(NamedTuple):
    """The duties that begin within a period, in order, and what is wrong with its lines."""

    diensten: tuple[Kalenderdienst, ...]
    bezwaren: tuple[Bezwaar, ...]


class _Stuk(NamedTuple):
    """A stretch of time that a line covers."""

    begin: datetime
    einde: datetime
    dag: date
    soort: Soort


@lru_cache(maxsize=64)
def national_holidays(jaar: int) -> Mapping[date, str]:
    """Return the days of art. 3 Algemene termijnenwet, Goede Vrijdag among them (§5.4.2).

    The default set of the library lacks 5 May outside lustrum years and calls Goede Vrijdag
    optional; two that coincide share one label.
    """
    import holidays  # the calendars of every people on earth; few processes ask for one

    found = holidays.country_holidays(
        "NL", years=jaar, categories=("public", "optional"), language="nl"
    )
    return {day: str(found[day]) for day in sorted(found)}


def holidays_between(
    eerste_dag: date, laatste_dag: date, eigen: Iterable[EigenDag] = ()
) -> dict[date, str]:
    """Return the holidays of a kring, in order, of every year that the days touch.

    Also those just outside, which the first and the last duty may need. An own day on a national
    one shares its label: "Bevrijdingsdag; Hemelvaartsdag".
    """
    jaren = range((eerste_dag - MARGE).year, (laatste_dag + MARGE).year + 1)
    found = {day: naam for jaar in jaren for day, naam in national_holidays(jaar).items()}
    for dag in eigen:
        if dag.datum.year not in jaren:
            continue
        if dag.vervalt:
            found.pop(dag.datum, None)
        else:
            names = found[dag.datum].split("; ") if dag.datum in found else []
            found[dag.datum] = "; ".join([*names, *({dag.naam} - set(names))])
    return dict(sorted(found.items()))


def usual_own_days(jaar: int) -> dict[date, str]:
    """Return days outside the law that kringen often agree on, to choose from (RO-2)."""
    names = {
        naam: day for day, label in national_holidays(jaar).items() for naam in label.split("; ")
    }
    pasen, hemelvaart = names["Eerste paasdag"], names["Hemelvaartsdag"]
    return {
        pasen - timedelta(days=49): "Carnavalszondag",
        pasen - timedelta(days=48): "Carnavalsmaandag",
        pasen - timedelta(days=47): "Carnavalsdinsdag",
        hemelvaart + timedelta(days=1): "Vrijdag na Hemelvaartsdag",
        date(jaar, 12, 24): "Kerstavond",
        date(jaar, 12, 31): "Oudejaarsdag",
    }


def make_duties(
    soorten: Sequence[Soort],
    eerste_dag: date,
    laatste_dag: date,
    feestdagen: Mapping[date, str],
) -> Kalender:
    """Return the duties that begin on these days, and every objection to the lines.

    `feestdagen` also holds the days just outside (see `holidays_between`). A duty counts as
    feestdag when one of its days is a holiday, whatever its line says: who serves a whole weekend
    with Christmas in it has served Christmas.
    """
    bezwaren: list[Bezwaar] = []
    stukken = [
        stuk
        for dag in _days(eerste_dag - MARGE, laatste_dag)
        for soort in soorten
        if soort.begins_on(dag, dag in feestdagen)
        for stuk in _stretch(soort, dag, bezwaren)
    ]
    stukken.sort(key=lambda stuk: (stuk.begin, stuk.einde))
    bezwaren += _overlaps(stukken, eerste_dag)
    bezwaren += _holes(stukken, soorten, eerste_dag, laatste_dag)
    diensten = tuple(
        _duty(stuk, feestdagen)
        for stuk in stukken
        if stuk.dag >= eerste_dag and stuk.soort.vervuld_door == "rooster"
    )
    return Kalender(diensten, _gathered(bezwaren))


def last_day(eerste_dag: date, einde: datetime) -> date:
    """Return the last day on which a duty is served: a morning after does not count.

    A night until 08:00 belongs to the evening before, as everybody counts it.
    """
    local = einde.astimezone(AMSTERDAM)
    day = local.date() - timedelta(days=local.time() <= MIDDAG)
    return max(day, eerste_dag)


def wall_moment(dag: date, clock: time, fold: int | None = None) -> datetime:
    """Return the moment in UTC at which the Amsterdam clock shows this time.

    Raises `LookupError` with "uur_bestaat_niet" or, without `fold`, "uur_dubbel".
    """
    wall = datetime.combine(dag, clock)
    first, second = (wall.replace(tzinfo=AMSTERDAM, fold=which).astimezone(UTC) for which in (0, 1))
    if first == second:
        return first
    # In both nights the two differ; only in autumn the clock really shows the time.
    if first.astimezone(AMSTERDAM).replace(tzinfo=None) != wall:
        raise LookupError("uur_bestaat_niet")
    if fold is None:
        raise LookupError("uur_dubbel")
    return second if fold else first


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _midnight(dag: date) -> datetime:
    return datetime.combine(dag, time(), tzinfo=AMSTERDAM).astimezone(UTC)


def _stretch(soort: Soort, dag: date, bezwaren: list[Bezwaar]) -> Iterator[_Stuk]:
    """Yield the stretch that begins on a day; a time in the hour of a clock change is told."""
    try:
        begin = wall_moment(dag, soort.begin, soort.dubbel_uur)
        einde = wall_moment(dag + timedelta(days=soort.dagen_later), soort.einde, soort.dubbel_uur)
    except LookupError as error:
        start = _midnight(dag)
        bezwaren.append(Bezwaar(error.args[0], (soort.sleutel,), start, start + timedelta(days=1)))
    else:
        yield _Stuk(begin, einde, dag, soort)


def _duty(stuk: _Stuk, feestdagen: Mapping[date, str]) -> Kalenderdienst:
    last = last_day(stuk.dag, stuk.einde)
    holiday = any(dag in feestdagen for dag in _days(stuk.dag, last))
    categorie = FEESTDAG if holiday else stuk.soort.categorie
    return Kalenderdienst(stuk.begin, stuk.einde, stuk.dag, last, categorie, stuk.soort.sleutel)


def _overlaps(stukken: list[_Stuk], eerste_dag: date) -> Iterator[Bezwaar]:
    """Yield what overlaps; what happened wholly before the period is not its business."""
    reached: _Stuk | None = None
    for stuk in stukken:
        if reached and stuk.begin < reached.einde and stuk.dag >= eerste_dag:
            einde = min(stuk.einde, reached.einde)
            both = (reached.soort.sleutel, stuk.soort.sleutel)
            yield Bezwaar("overlap", both, stuk.begin, einde)
        if reached is None or stuk.einde > reached.einde:
            reached = stuk


def _holes(
    stukken: list[_Stuk], soorten: Sequence[Soort], eerste_dag: date, laatste_dag: date
) -> Iterator[Bezwaar]:
    """Yield the hours of the period that no line covers, with the lines before and after."""
    reached, einde = _midnight(eerste_dag), _midnight(laatste_dag + timedelta(days=1))
    before: tuple[Hashable, ...] = ()
    day_before = eerste_dag - timedelta(days=1)
    known = any(s.geldig_vanaf <= day_before <= (s.geldig_tot or date.max) for s in soorten)
    if not known and stukken and stukken[0].dag == eerste_dag:
        # The lines begin with the period: who had the morning before is not known here.
        reached = stukken[0].begin
    for stuk in stukken:
        if stuk.begin > reached:
            yield Bezwaar("gat", (*before, stuk.soort.sleutel), reached, stuk.begin)
        if stuk.einde > reached:
            reached, before = stuk.einde, (stuk.soort.sleutel,)
    if reached < einde:
        yield Bezwaar("gat", before, reached, einde)


def _gathered(bezwaren: list[Bezwaar]) -> tuple[Bezwaar, ...]:
    """Return each objection once, the first of its kind: the same hole every day is one fault."""
    found: dict[tuple, list[Bezwaar]] = {}
    for bezwaar in sorted(bezwaren, key=lambda bezwaar: bezwaar.begin):
        begin, einde = (m.astimezone(AMSTERDAM) for m in (bezwaar.begin, bezwaar.einde))
        length = einde.date() - begin.date()
        same = (bezwaar.regel, bezwaar.soorten, begin.time(), einde.time(), length)
        found.setdefault(same, []).append(bezwaar)
    return tuple(
        Bezwaar(first.regel, first.soorten, first.begin, first.einde, len(all_))
        for all_ in found.values()
        for first in all_[:1]
    )
