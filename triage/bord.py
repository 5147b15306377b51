"""The board: what each open call asks for next, and how much time is left.

A fixed number of queries whatever the number of calls: one for the key of the board, one for the
calls, one for the attempts and two for the duty. A poll that finds nothing new costs the key only.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from kern.weergave import format_tijd, klok_stand
from rooster.wacht import Dienstkaart, duty_card
from triage import protocol_teksten as teksten
from triage.contact import Bereik, reach
from triage.models import Contactpoging, Oproep

# Every open call and the coming duties weigh in, so no change of any of them goes unnoticed;
# a maximum would miss a change that was committed after a later one.
_KEY_SQL = """
SELECT clock_timestamp(), count(*), coalesce(sum(extract(epoch FROM gewijzigd_op)), 0),
       (SELECT coalesce(sum(extract(epoch FROM d.gewijzigd_op)), 0) FROM rooster_dienst d
        WHERE d.einde > clock_timestamp() AND d.begin < clock_timestamp() + interval '2 days')
FROM triage_oproep WHERE status <> 'afgerond'
"""


@dataclass(frozen=True)
class Sleutel:
    """The state of the board as one short text, with the database clock at which it was read."""

    nu: datetime
    tekst: str

    def etag(self, gebruiker_id: int) -> str:
        """Return the tag of this state, sealed: it also says what this user has been shown."""
        body = f"{self.nu.timestamp():.6f}.{self.tekst}"
        return f'"{body}.{_seal(body, gebruiker_id)}"'

    def seen_at(self, etag: str, gebruiker_id: int) -> datetime | None:
        """Return when this user was shown the board of `etag`; None for a tag that is not ours."""
        body, _dot, seal = etag.strip('"').rpartition(".")
        if not constant_time_compare(seal, _seal(body, gebruiker_id)):
            return None
        return datetime.fromtimestamp(float(".".join(body.split(".")[:2])), UTC)

    def matches(self, etag: str, gebruiker_id: int) -> bool:
        """Whether `etag` describes this very state."""
        return (
            self.seen_at(etag, gebruiker_id) is not None
            and etag.strip('"').split(".", 2)[2].rpartition(".")[0] == self.tekst
        )


def _seal(body: str, gebruiker_id: int) -> str:
    return salted_hmac("triage.bord", f"{gebruiker_id}:{body}").hexdigest()[:20]


def read_key() -> Sleutel:
    """Read the state of the board, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_KEY_SQL)
        nu, count, changed, duties = cursor.fetchone()
    # The minute: an escalation or an expired call-back changes the text without a change of rows.
    parts = f"{count}-{changed}-{duties}-{int(nu.timestamp() // 60)}"
    return Sleutel(nu, parts.replace(".", "_"))


@dataclass(frozen=True)
class Rij:
    """One open call, written out for the template."""

    id: UUID
    nummer: int
    url: str
    tijd: str
    patient_id: UUID | None
    patient: str
    klacht: str
    contact: str
    urgentie: str
    status: str
    deadline: datetime | None
    klok_tot: str
    klok_naam: str
    kleur: str
    bereik: str
    stap: str
    gewijzigd_op: datetime


@dataclass(frozen=True)
class Bord:
    """Everything on the board."""

    nu: datetime
    rijen: list[Rij]
    kaart: Dienstkaart


def read_board(nu: datetime, *, kring_slug: str) -> Bord:
    """Return the open calls of the kring, the one with the least time left first."""
    pogingen = defaultdict(list)
    for oproep_id, *poging in (
        Contactpoging.objects.exclude(oproep__status=Oproep.Status.AFGEROND)
        .order_by("moment")
        .values_list("oproep_id", "rol", "resultaat", "moment")
    ):
        pogingen[oproep_id].append(poging)
    # One reverse for the whole board; 30 of them cost as much as the query.
    placeholder = UUID(int=0)
    url = reverse("triage:oproep", kwargs={"kring": kring_slug, "pk": placeholder})
    rijen = [
        _row(o, reach(pogingen[o.pk], nu), nu, url.replace(str(placeholder), str(o.pk)))
        for o in Oproep.objects.for_board()
    ]
    rijen.sort(key=lambda rij: (rij.deadline is None, rij.deadline or nu, rij.nummer))
    return Bord(nu, rijen, duty_card(nu))


def _row(oproep, bereik: Bereik, nu: datetime, url: str) -> Rij:
    stap, deadline = next_step(oproep, bereik, nu)
    return Rij(
        id=oproep.pk,
        nummer=oproep.nummer,
        url=url,
        tijd=format_tijd(oproep.aangenomen_op),
        patient_id=oproep.patient_id,
        patient=oproep.patient__naam or "",
        klacht=complaints_text(oproep.antwoorden__klachten),
        contact=oproep.contact,
        urgentie=_(teksten.URGENTIE[oproep.urgentie]) if oproep.urgentie else "",
        status=oproep.status,
        deadline=deadline,
        klok_tot=_clock_until(oproep) if deadline else "",
        klok_naam=_("oproep %(nummer)s") % {"nummer": oproep.nummer},
        kleur=_colour(oproep, deadline, nu),
        bereik=_reach_text(oproep, bereik),
        stap=stap,
        gewijzigd_op=oproep.gewijzigd_op,
    )


def complaints_text(klachten: list[str] | None) -> str:
    """Return the complaints in words, as they stand on the keys."""
    return ", ".join(_(teksten.KLACHTEN[k]) for k in klachten or [] if k in teksten.KLACHTEN)


def next_step(oproep, bereik: Bereik, nu: datetime) -> tuple[str, datetime | None]:
    """Return what has to happen now and before when."""
    waits = {
        Oproep.Status.GEZIEN: _after_visit,
        Oproep.Status.AFSPRAAK: _until_visit,
        Oproep.Status.TERUGBELLEN: _until_callback,
    }.get(oproep.status)
    return waits(oproep, nu) if waits else (_to_do(oproep, bereik), _seen_before(oproep))


def _after_visit(oproep, nu: datetime) -> tuple[str, datetime | None]:
    return _("Gezien. Oproep afronden"), None


def _until_visit(oproep, nu: datetime) -> tuple[str, datetime | None]:
    tijd = format_tijd(oproep.afspraak_om)
    return _("Patiënt komt om %(tijd)s") % {"tijd": tijd}, oproep.afspraak_om


def _until_callback(oproep, nu: datetime) -> tuple[str, datetime | None]:
    # T-20: at expiry the service itself calls back.
    is_over = oproep.terugbellen_om <= nu
    return _("Bel de patiënt terug") if is_over else _("Patiënt belt terug"), oproep.terugbellen_om


def _seen_before(oproep) -> datetime | None:
    return oproep.zien_voor if oproep.besluit in ("", Oproep.Besluit.ZIEN) else None


def _clock_until(oproep) -> str:
    """Return what the clock counts to: it need not be the term that stands beside it."""
    return {
        Oproep.Status.AFSPRAAK: _("afspraak"),
        Oproep.Status.TERUGBELLEN: _("terugbellen"),
    }.get(oproep.status) or _("gezien vóór")


def _to_do(oproep, bereik: Bereik) -> str:
    if not oproep.contact:
        return _("Klacht uitvragen")
    if oproep.besluit == Oproep.Besluit.ZIEN:
        return _("Afspraak maken")
    if oproep.besluit:
        return _("Besluit vertellen en afronden")
    if bereik.gesproken:
        return _("Besluit van de tandarts vastleggen")
    return {
        Oproep.Contact.VERPLICHT: _("Bel de %(rol)s") % {"rol": bereik.rol},
        Oproep.Contact.AANBEVOLEN: _("Overleg, of noteer waarom niet"),
        Oproep.Contact.NIET_NODIG: _("Advies geven en afronden"),
    }[oproep.contact]


def _reach_text(oproep, bereik: Bereik) -> str:
    if bereik.gesproken:
        naam = oproep.behandelaar__naam or _("tandarts")
        return _("Gesproken: %(naam)s") % {"naam": naam}
    if not bereik.gemist:
        return ""
    resultaat = Contactpoging.Resultaat(bereik.laatste_resultaat).label
    return _("%(rol)s: %(resultaat)s om %(tijd)s (%(aantal)s×)") % {
        "rol": bereik.laatste_rol.capitalize(),
        "resultaat": resultaat,
        "tijd": format_tijd(bereik.laatste_moment),
        "aantal": bereik.gemist,
    }


def _colour(oproep, deadline: datetime | None, nu: datetime) -> str:
    if deadline is None:
        return ""
    stand = klok_stand((deadline - nu).total_seconds())
    return {"te_laat": "rood", "bijna": "rood", "straks": "amber"}.get(stand, "")
