"""Who cannot serve on which day of a roster, and why: wishes, exemptions, rest over the border."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from kern.tijd import to_local
from rooster.kader.kalender import last_day
from rooster.models import (
    Categorie,
    Conceptdienst,
    Dienstplaats,
    Roosterperiode,
    Vrijstelling,
    Wens,
)


@dataclass
class Dagen:
    """What one person cannot or would rather not, by day."""

    reden: dict[date, str] = field(default_factory=dict)
    liever_niet: dict[date, int] = field(default_factory=dict)
    graag: dict[date, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Rooster:
    """The duties of one period, with the days they cover and the rules of this instance.

    `uitval` is who fell ill: rows of tandarts, van and tot (ISO days).
    """

    periode: Roosterperiode
    diensten: list[Conceptdienst]
    regels: Mapping[str, object]
    uitval: Sequence[Mapping[str, str]] = ()

    @cached_property
    def maandag(self) -> date:
        """The Monday of week 0."""
        return self.periode.eerste_dag - timedelta(days=self.periode.eerste_dag.weekday())

    @cached_property
    def eerste(self) -> date:
        return min((d.eerste_dag for d in self.diensten), default=self.periode.eerste_dag)

    @cached_property
    def laatste(self) -> date:
        return max((d.laatste_dag for d in self.diensten), default=self.periode.laatste_dag)

    def week(self, dag: date) -> int:
        return (dag - self.maandag).days // 7

    def days(self, van: date, tot: date) -> Iterable[date]:
        """Return the days from `van` to `tot` that lie within the roster."""
        van, tot = max(van, self.eerste), min(tot, self.laatste)
        return (van + timedelta(n) for n in range((tot - van).days + 1))

    @cached_property
    def weekenden(self) -> dict[int, set[date]]:
        """The days of the weekend duties, by week."""
        uit: dict[int, set[date]] = {}
        for d in self.diensten:
            if d.categorie == Categorie.WEEKEND:
                dagen = self.days(d.eerste_dag, d.laatste_dag)
                uit.setdefault(self.week(d.eerste_dag), set()).update(dagen)
        return uit


def days_of(rooster: Rooster) -> defaultdict[object, Dagen]:
    """Return per dentist the days of wishes, exemptions and rest over the border."""
    dagen: defaultdict[object, Dagen] = defaultdict(Dagen)
    for wie, dag in _rest_days(rooster):
        dagen[wie].reden[dag] = "rust"
    vrij = Vrijstelling.objects.filter(
        kring_id=rooster.periode.kring_id, deel=100, eerste_dag__lte=rooster.laatste
    ).exclude(laatste_dag__lt=rooster.eerste)
    for rij in vrij.only("tandarts_id", "eerste_dag", "laatste_dag"):
        for dag in rooster.days(rij.eerste_dag, rij.laatste_dag or rooster.laatste):
            dagen[rij.tandarts_id].reden[dag] = "vrijgesteld"
    wensen = Wens.objects.filter(periode=rooster.periode)
    for wie, dag, soort, gewicht in wensen.values_list("tandarts_id", "dag", "soort", "gewicht"):
        if soort == Wens.Soort.GEBLOKKEERD:
            dagen[wie].reden[dag] = "geblokkeerd"
        elif soort == Wens.Soort.LIEVER_NIET:
            dagen[wie].liever_niet[dag] = gewicht
        else:
            dagen[wie].graag[dag] = gewicht
    for rij in rooster.uitval:
        van, tot = date.fromisoformat(rij["van"]), date.fromisoformat(rij["tot"])
        for dag in rooster.days(van, tot):
            dagen[UUID(rij["tandarts"])].reden[dag] = "uitval"
    return dagen


def _rest_days(rooster: Rooster) -> Iterable[tuple[object, date]]:
    """Yield the days of this roster on which a published duty outside it asks for rest."""
    rust = timedelta(days=int(rooster.regels["rustdagen"]))
    marge = max(rust, timedelta(days=14)) + timedelta(days=7)
    buren = Dienstplaats.objects.filter(
        kring_id=rooster.periode.kring_id,
        begin__date__gte=rooster.eerste - marge,
        begin__date__lte=rooster.laatste + marge,
    ).exclude(dienst__roosterperiode=rooster.periode)
    for wie, begin, einde, categorie in buren.values_list(
        "tandarts_id", "begin", "einde", "dienst__categorie"
    ):
        van = to_local(begin).date()
        for dag in rooster.days(van - rust, last_day(van, einde) + rust):
            yield wie, dag
        if rooster.regels["geen_aaneengesloten_weekenden"] and categorie == Categorie.WEEKEND:
            week = rooster.week(van)
            for dag in (d for w in range(week - 1, week + 2) for d in rooster.weekenden.get(w, ())):
                yield wie, dag
