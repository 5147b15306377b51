"""Read models of the lists: fixed numbers of queries, rows ready to show."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from kern.tijd import to_local
from kring.models import Tandarts
from triage.bord import complaints_text
from triage.models import Oproep
from triage.querysets import HERHAALTERMIJN
from verslag.models import Verslag, Vervolgactie
from verslag.momentopname import is_owed
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
class Vervolgrij:
    """One follow-up of a patient without own dentist, as it stands on the list."""

    actie: Vervolgactie
    vandaag: date

    @property
    def is_te_laat(self) -> bool:
        return self.actie.uiterlijk is not None and self.actie.uiterlijk < self.vandaag

    @property
    def is_nu(self) -> bool:
        """Whether it has to be done today."""
        return self.actie.uiterlijk == self.vandaag


@dataclass(frozen=True)
class MijnPatienten:
    """What the list shows, in the order of work."""

    verwacht: list[Rij]
    te_doen: list[Rij]
    # Spoken only, in a kring that asks no report for that (T-14); it may be written.
    vrij: list[Rij]
    klaar: list[Rij]
    # Without own dentist: what cannot wait stays with the dentist of the duty (§2.2.4).
    vervolg: list[Vervolgrij]
    # Signed when nobody was known to send it to; now there is.
    te_versturen: list[Verslag]

    # Behaviour in my duties, of callers whom I did not treat: told to the dentist, always.
    gedrag: list[Oproep]

    def oproepen(self) -> list[Oproep]:
        """Return the call of every row, once: each is a look at a patient."""
        rows = [row.oproep for row in (*self.verwacht, *self.te_doen, *self.vrij, *self.klaar)]
        rows += [row.actie.verslag.oproep for row in self.vervolg]
        rows += [verslag.oproep for verslag in self.te_versturen]
        return list({row.pk: row for row in rows}.values())


def my_patients(tandarts: Tandarts, *, nu: datetime) -> MijnPatienten:
    """Return everything that still asks for a report, and the last ones that are done."""
    calls = (
        calls_of(tandarts)
        .select_related("patient", "verslag", "protocolversie")
        .prefetch_related("verslag__versies__overdrachten__bericht", "agressiestappen")
    )
    signed = Q(verslag__getekend_bij=F("verslag__versie"))
    # NULL in a negated condition would drop the calls without a report.
    todo = calls.exclude(pk__in=calls_of(tandarts).filter(signed)).order_by(
        "afspraak_om", "aangenomen_op"
    )
    done = calls.filter(signed).order_by("-aangenomen_op")[:KLAAR_MAX]
    rows = [_row(oproep, nu) for oproep in todo]
    free = [row for row in rows if row.verslag is None and not is_owed(row.oproep)]
    rows = [row for row in rows if row.verslag is not None or is_owed(row.oproep)]
    unsent = list(sendable_by(tandarts))
    later = {verslag.pk for verslag in unsent}
    return MijnPatienten(
        verwacht=[row for row in rows if row.is_verwacht and row.verslag is None],
        te_doen=[row for row in rows if not row.is_verwacht or row.verslag is not None],
        vrij=free,
        klaar=[_row(oproep, nu) for oproep in done if oproep.verslag.pk not in later],
        vervolg=[Vervolgrij(row, to_local(nu).date()) for row in open_follow_ups(tandarts)],
        te_versturen=unsent,
        gedrag=list(_misbehaved(tandarts, nu)),
    )


def open_follow_ups(tandarts: Tandarts) -> QuerySet[Vervolgactie]:
    """Return what this dentist still has to see to: without a day first, then the earliest day."""
    return (
        Vervolgactie.objects.filter(tandarts=tandarts, gesloten_op__isnull=True)
        .select_related("overgenomen_van", "verslag__oproep", "verslag__dossier__patient")
        .order_by(F("uiterlijk").asc(nulls_first=True), "aangemaakt_op")
    )


def sendable_by(tandarts: Tandarts) -> QuerySet[Verslag]:
    """Return reports of this dentist that never left, while the own dentist is known by now."""
    return (
        Verslag.objects.filter(auteur=tandarts)
        .never_sent()
        .select_related("oproep", "dossier__patient__eigen_tandarts")
        .order_by("aangemaakt_op")
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
