"""What the pages of swapping show: own duties, what was asked of whom, and the choices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import to_local
from kern.weergave import format_moment
from kring.models import Deelnemer, Tandarts
from rooster.models import Dienst, Dienstplaats, Ruilaanbod, Ruilverzoek
from rooster.ruil.partners import Kandidaat
from rooster.ruil.recht import own_offers, own_places
from rooster.ruil.regels import UITVAL_VANAF

DIENSTEN = 12
"""Own duties on the page at first: a year of them is a long scroll on a phone."""
VERZOEKEN = 10


@dataclass(frozen=True)
class EigenDienst:
    """An own place to come, with the request that runs for it."""

    plaats: Dienstplaats
    verzoek: Ruilverzoek | None
    begonnen: bool
    ziek_kan: bool


def own_duties(by: Actor, nu: datetime, *, most: int | None = None) -> list[EigenDienst]:
    """Return the places to come of whom this person speaks for, the first one first."""
    rows = (
        Dienstplaats.objects.filter(own_places(by), kring_id=by.kring_id, einde__gt=nu)
        .select_related("tandarts__deelnemer", "deelnemer", "dienst")
        .order_by("begin", "rol")
    )
    return with_requests(list(rows[:most]), nu)


def with_requests(plaatsen: list[Dienstplaats], nu: datetime) -> list[EigenDienst]:
    """Return these places with their open request; one query."""
    rows = Ruilverzoek.objects.filter(
        dienst__in={plaats.dienst_id for plaats in plaatsen}, status=Ruilverzoek.Status.OPEN
    )
    open_ones = {(row.dienst_id, row.rol): row for row in rows}
    return [
        EigenDienst(
            plaats,
            open_ones.get((plaats.dienst_id, plaats.rol)),
            plaats.begin <= nu,
            plaats.begin - UITVAL_VANAF <= nu,
        )
        for plaats in plaatsen
    ]


def asked_of(by: Actor, nu: datetime) -> list[Ruilaanbod]:
    """Return what waits for an answer of this person, the most urgent first."""
    rows = Ruilaanbod.objects.filter(
        own_offers(by),
        kring_id=by.kring_id,
        status=Ruilaanbod.Status.GEVRAAGD,
        verzoek__status=Ruilverzoek.Status.OPEN,
        verzoek__uiterlijk_op__gt=nu,
    )
    return list(
        rows.select_related(
            *("tandarts", "verzoek__dienst", "verzoek__tandarts", "verzoek__deelnemer"),
            "terug_dienst",
        ).order_by("verzoek__uiterlijk_op", "volgorde")
    )


def own_requests(by: Actor) -> list[Ruilverzoek]:
    """Return the last requests of whom this person speaks for."""
    rows = Ruilverzoek.objects.filter(own_offers(by), kring_id=by.kring_id)
    return list(rows.select_related("dienst", "tandarts")[:VERZOEKEN])


def open_requests(kring_id: int) -> list[Ruilverzoek]:
    """Return every open request of the kring, the most urgent first."""
    rows = Ruilverzoek.objects.filter(kring_id=kring_id, status=Ruilverzoek.Status.OPEN)
    return list(rows.select_related("dienst", "tandarts", "deelnemer").order_by("uiterlijk_op"))


@dataclass(frozen=True)
class Keuze:
    """A candidate in words; for a swap with the duty that comes back."""

    kandidaat: Kandidaat
    naam: str
    praktijk: str
    dienst: Dienst | None = None

    @property
    def sleutel(self) -> str:
        return self.kandidaat.sleutel

    @property
    def label(self) -> str:
        """One line for a checkbox."""
        if self.dienst is None:
            return f"{self.naam} ({self.praktijk})"
        return _("%(begin)s, %(rol)s van %(naam)s (%(praktijk)s)") % {
            "begin": format_moment(self.dienst.begin),
            "rol": Dienstplaats.Rol(self.kandidaat.terug_rol).label,
            "naam": self.naam,
            "praktijk": self.praktijk,
        }


def in_words(kandidaten: Iterable[Kandidaat]) -> list[Keuze]:
    """Return these candidates with names and duties; three queries whatever their number."""
    rows = list(kandidaten)
    people = Tandarts.objects.in_bulk({een.tandarts for een in rows})
    practices = Deelnemer.objects.in_bulk({een.deelnemer for een in rows})
    duties = Dienst.objects.in_bulk({een.terug_dienst for een in rows if een.terug_dienst})
    return [
        Keuze(
            een,
            people[een.tandarts].naam,
            practices[een.deelnemer].naam,
            duties.get(een.terug_dienst),
        )
        for een in rows
    ]


def months_of(keuzes: list[Keuze]) -> list[date]:
    """Return the first days of the months in which something can come back."""
    return sorted({_month(keuze) for keuze in keuzes})


def in_month(keuzes: list[Keuze], maand: date) -> list[Keuze]:
    """Return the swaps of one month by date; on one day whoever is furthest below first."""
    found = [keuze for keuze in keuzes if _month(keuze) == maand]
    return sorted(found, key=lambda keuze: (keuze.dienst.begin, -keuze.kandidaat.tekort))


def nearest_month(maanden: list[date], wanted: date) -> date | None:
    """Return the month that is shown first: the wanted one, else the nearest."""
    return min(maanden, key=lambda maand: abs(maand - wanted), default=None)


def _month(keuze: Keuze) -> date:
    return to_local(keuze.dienst.begin).date().replace(day=1)


def shortfall_words(tekort: float) -> str:
    """Return how far somebody is from the own share, in words."""
    aantal = abs(round(float(tekort)))
    if aantal == 0:
        return _("op het eigen deel")
    soort = _("dienst") if aantal == 1 else _("diensten")
    if tekort > 0:
        return _("%(aantal)s %(soort)s onder het eigen deel") % {"aantal": aantal, "soort": soort}
    return _("%(aantal)s %(soort)s boven het eigen deel") % {"aantal": aantal, "soort": soort}


def parse_month(text: str, otherwise: date) -> date:
    """Return the month of "2026-12"; odd text gives the other one."""
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return otherwise.replace(day=1)
