"""What is read for the board, and what each open call asks for next.

A fixed number of queries whatever the number of calls or kringen: the calls, the attempts, the
clocks and the duties. Row-level security says of which kringen.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kern.vastevraag import VasteVraag
from kern.weergave import format_tijd
from rooster.wacht import Wacht, watches_by_kring
from triage import protocol_teksten as teksten
from triage.contact import GEMIST, Bereik, reach
from triage.models import Contactpoging, Oproep, Termijn
from triage.protocol import STANDAARD, Instellingen

# What a clock counts to, in as few words as fit in a column.
KLOKNAMEN = {
    Termijn.Soort.CONTACT_TANDARTS: gettext_lazy("tandarts bellen"),
    Termijn.Soort.ZIEN: gettext_lazy("gezien vóór"),
    Termijn.Soort.STREEF: gettext_lazy("liefst vóór"),
    Termijn.Soort.TERUGBELLEN: gettext_lazy("terugbellen"),
    Termijn.Soort.BLOEDING: gettext_lazy("bloedt nog"),
    "afspraak": gettext_lazy("afspraak"),
}


@dataclass(frozen=True, slots=True)
class Klok:
    """One clock of a row: what it counts to, and when that is."""

    soort: str
    om: datetime


@dataclass(frozen=True, slots=True)
class Rij:
    """One open call, in words."""

    id: UUID
    kring_id: int
    nummer: int
    tijd: str
    patient_id: UUID | None
    patient: str
    telefoon: str
    is_tweede: bool
    klacht: str
    contact: str
    urgentie: str
    status: str
    klokken: tuple[Klok, ...]
    ongeval_om: datetime | None
    wachtrij: str  # "" | patient (rings back) | dienst (rings back itself, T-20)
    bereik: str
    stap: str
    gewijzigd_op: datetime
    is_nagevoerd: bool

    @property
    def deadline(self) -> datetime | None:
        """Return the moment this row is sorted by."""
        return self.klokken[0].om if self.klokken else None


@dataclass(frozen=True)
class Bord:
    """Everything on the board; `wachten` are the duties per kring, the running one first."""

    nu: datetime
    rijen: list[Rij]
    wachten: dict[int, list[Wacht]]

    def queue(self, wachtrij: str) -> list[Rij]:
        return [rij for rij in self.rijen if rij.wachtrij == wachtrij]


_NIET_GEBELD = reach([], datetime.min.replace(tzinfo=UTC))


_OPROEPEN = VasteVraag(Oproep.objects.for_board)
_POGINGEN = VasteVraag(
    lambda: Contactpoging.objects.exclude(oproep__status=Oproep.Status.AFGEROND).as_events(
        "oproep_id"
    )
)
_KLOKKEN = VasteVraag(
    lambda: (
        Termijn.objects.running()
        .order_by("vervalt_op")
        .values_list("oproep_id", "soort", "vervalt_op")
    )
)


class _Woorden:
    """The words of one board: what many rows say is looked up and put together once."""

    def __init__(self) -> None:
        self.klachten = cache(lambda *klachten: complaints_text(list(klachten)))
        self.urgentie = cache(lambda soort: _(teksten.URGENTIE[soort]) if soort else "")
        self.rol = cache(lambda rol: str(Contactpoging.Rol(rol).label))
        self.resultaat = cache(lambda soort: str(Contactpoging.Resultaat(soort).label))
        self.doen = cache(self._to_do)

    def _to_do(self, contact: str, besluit: str, gesproken: bool, rol: str) -> str:
        if not contact:
            return _("Klacht uitvragen")
        if besluit == Oproep.Besluit.ZIEN:
            return _("Afspraak maken")
        if besluit:
            return _("Besluit vertellen en afronden")
        if gesproken:
            return _("Besluit van de tandarts vastleggen")
        if contact == Oproep.Contact.VERPLICHT:
            return _("Bel de %(rol)s") % {"rol": self.rol(rol)}
        recommended = contact == Oproep.Contact.AANBEVOLEN
        return _("Overleg, of noteer waarom niet") if recommended else _("Advies geven en afronden")


def read_board(nu: datetime) -> Bord:
    """Return the open calls of the open kringen, the one with the least time left first."""
    pogingen = defaultdict(list)
    for oproep_id, *poging in _POGINGEN.rows():
        pogingen[oproep_id].append(poging)
    wachten = watches_by_kring(nu)
    sinds = {
        kring_id: next((wacht.begin for wacht in rij if wacht.begin <= nu), None)
        for kring_id, rij in wachten.items()
    }
    klokken = defaultdict(list)
    for oproep_id, soort, om in _KLOKKEN.rows():
        klokken[oproep_id].append(Klok(soort, om))
    w = _Woorden()
    rijen = [
        _row(o, _reach(o, pogingen.get(o.pk), nu, sinds.get(o.kring_id)), klokken[o.pk], nu, w)
        for o in _OPROEPEN.rows()
    ]
    rijen.sort(key=lambda rij: (rij.deadline is None, rij.deadline or nu, rij.kring_id, rij.nummer))
    return Bord(nu, rijen, wachten)


def _reach(oproep, pogingen: list | None, nu: datetime, sinds: datetime | None) -> Bereik:
    """Return how far the attempts have come, by the settings of the call's own version."""
    if pogingen is None:
        return _NIET_GEBELD
    return reach(pogingen, nu, _escalation(oproep.na_pogingen, oproep.na_min), sinds=sinds)


@cache
def _escalation(pogingen: int | None, minuten: int | None) -> Instellingen:
    """Return settings with these terms of escalation; an old version may lack them."""
    own = {"achterwacht_na_pogingen": pogingen, "achterwacht_na_min": minuten}
    return replace(STANDAARD, **{name: value for name, value in own.items() if value is not None})


def _row(oproep, bereik: Bereik, klokken: list[Klok], nu: datetime, w: _Woorden) -> Rij:
    klokken = sort_clocks(klokken, oproep, nu)
    wachtrij = _queue(oproep, klokken, nu)
    return Rij(
        id=oproep.pk,
        kring_id=oproep.kring_id,
        nummer=oproep.nummer,
        tijd=format_tijd(oproep.aangenomen_op),
        patient_id=oproep.patient_id,
        patient=oproep.patient__naam or "",
        telefoon=oproep.telefoon_beller,
        is_tweede=oproep.is_tweede,
        klacht=w.klachten(*(oproep.antwoorden__klachten or ())),
        contact=oproep.contact,
        urgentie=w.urgentie(oproep.urgentie),
        status=oproep.status,
        klokken=tuple(klokken),
        ongeval_om=_accident(oproep),
        wachtrij=wachtrij,
        bereik=_reach_text(oproep, bereik, w),
        stap=_next_step(oproep, bereik, wachtrij, w),
        gewijzigd_op=oproep.gewijzigd_op,
        is_nagevoerd=oproep.is_nagevoerd,
    )


def sort_clocks(klokken: list[Klok], oproep, nu: datetime) -> list[Klok]:
    """Return the clocks of a call, the first to run out in front.

    A target that was missed asks for nothing any more: it stands last and does not decide where
    the call stands on the board.
    """
    if oproep.status == Oproep.Status.AFSPRAAK:
        klokken = [*klokken, Klok("afspraak", oproep.afspraak_om)]
    return sorted(klokken, key=lambda k: (k.soort == Termijn.Soort.STREEF and k.om <= nu, k.om))


def _queue(oproep, klokken: list[Klok], nu: datetime) -> str:
    """T-20: at expiry the service itself rings, whether or not a sweeper has come by."""
    om = next((k.om for k in klokken if k.soort == Termijn.Soort.TERUGBELLEN), None)
    if om is None or oproep.status != Oproep.Status.TERUGBELLEN:
        return ""
    return "dienst" if om <= nu else "patient"


def _accident(oproep) -> datetime | None:
    """T-08: the clock of the tooth itself, beside the norm and never instead of it."""
    minutes = oproep.antwoorden__ongeval_minuten_geleden
    return None if minutes is None else oproep.aangenomen_op - timedelta(minutes=minutes)


def complaints_text(klachten: list[str] | None) -> str:
    """Return the complaints in words, as they stand on the keys."""
    return ", ".join(_(teksten.KLACHTEN[k]) for k in klachten or [] if k in teksten.KLACHTEN)


def _next_step(oproep, bereik: Bereik, wachtrij: str, w: _Woorden) -> str:
    """Return what has to happen now."""
    if wachtrij:
        return _("Bel de patiënt terug") if wachtrij == "dienst" else _("Patiënt belt terug")
    if oproep.status == Oproep.Status.GEZIEN:
        return _("Gezien. Oproep afronden")
    if oproep.status == Oproep.Status.AFSPRAAK:
        return _("Patiënt komt om %(tijd)s") % {"tijd": format_tijd(oproep.afspraak_om)}
    return w.doen(oproep.contact, oproep.besluit, bereik.gesproken, bereik.rol)


def _reach_text(oproep, bereik: Bereik, w: _Woorden) -> str:
    if bereik.gesproken:
        naam = oproep.behandelaar__naam or _("tandarts")
        return _("Gesproken: %(naam)s") % {"naam": naam}
    if not bereik.laatste_resultaat:
        return ""
    text = _("%(rol)s: %(resultaat)s om %(tijd)s")
    if bereik.laatste_resultaat in GEMIST:
        text = _("%(rol)s: %(resultaat)s om %(tijd)s (%(aantal)s×)")
    return text % {
        "rol": w.rol(bereik.laatste_rol).capitalize(),
        "resultaat": w.resultaat(bereik.laatste_resultaat),
        "tijd": format_tijd(bereik.laatste_moment),
        "aantal": bereik.gemist,
    }
