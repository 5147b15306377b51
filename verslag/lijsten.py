"""Read models of the lists: fixed numbers of queries, rows ready to show."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from kring.models import Tandarts
from triage.bord import complaints_text
from triage.models import Oproep
from triage.querysets import HERHAALTERMIJN
from verslag.models import Verslag
from verslag.querysets import calls_of
from verslag.stand import Stand, stand_of_verslag

KLAAR_MAX = 30


@dataclass(frozen=True)
class Rij:
    """One patient of mine."""

    oproep: Oproep
    verslag: Verslag | None
    stand: Stand

    @property
    def is_verwacht(self) -> bool:
        """Whether the patient still has to come."""
        return (
            self.oproep.gezien_op is None
            and self.oproep.status != Oproep.Status.GEZIEN
            and self.oproep.besluit == Oproep.Besluit.ZIEN
        )

    @property
    def klacht(self) -> str:
        """What the call is about: the story when it was noted, else the complaints in words."""
        return self.oproep.omschrijving or complaints_text(self.oproep.antwoorden.get("klachten"))


@dataclass(frozen=True)
class MijnPatienten:
    """What the list shows, in the order of work."""

    verwacht: list[Rij]
    te_doen: list[Rij]
    klaar: list[Rij]

    # Behaviour in my duties, of callers whom I did not treat: told to the dentist, always.
    gedrag: list[Oproep]

    def alle(self) -> list[Rij]:
        return [*self.verwacht, *self.te_doen, *self.klaar]


def my_patients(tandarts: Tandarts, *, nu: datetime) -> MijnPatienten:
    """Return everything that still asks for a report, and the last ones that are done."""
    calls = (
        calls_of(tandarts)
        .select_related("patient", "verslag")
        .prefetch_related("verslag__versies__overdrachten__bericht", "agressiestappen")
    )
    signed = Q(verslag__getekend_bij=F("verslag__versie"))
    # NULL in a negated condition would drop the calls without a report.
    todo = calls.exclude(pk__in=calls_of(tandarts).filter(signed)).order_by(
        "afspraak_om", "aangenomen_op"
    )
    done = calls.filter(signed).order_by("-aangenomen_op")[:KLAAR_MAX]
    rows = [_row(oproep, nu) for oproep in todo]
    return MijnPatienten(
        verwacht=[row for row in rows if row.is_verwacht and row.verslag is None],
        te_doen=[row for row in rows if not row.is_verwacht or row.verslag is not None],
        klaar=[_row(oproep, nu) for oproep in done],
        gedrag=list(_misbehaved(tandarts, nu)),
    )


def _misbehaved(tandarts: Tandarts, nu: datetime) -> QuerySet[Oproep]:
    """Return the calls in the duties of this dentist whose caller misbehaved (§3.2.1, §5.5)."""
    return (
        Oproep.objects.since(nu - HERHAALTERMIJN)
        .filter(~Q(gedrag="") | Q(uitkomst__melden_agressie=True))
        .filter(dienst__in=tandarts.dienstplaatsen.values("dienst"))
        .exclude(pk__in=calls_of(tandarts))
        .prefetch_related("agressiestappen")
        .order_by("-aangenomen_op")[:KLAAR_MAX]
    )


def _row(oproep: Oproep, nu: datetime) -> Rij:
    verslag = getattr(oproep, "verslag", None)
    return Rij(oproep, verslag, stand_of_verslag(verslag, nu=nu))
