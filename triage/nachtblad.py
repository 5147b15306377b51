"""The shift sheet: what the desk needs on paper when the power or the line fails.

The calls of this duty and every one that still asks for something; who, at which number, and what
was promised. No BSN, no address, no story: paper lies on a desk. Four queries whatever the number.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from kern.weergave import format_moment, format_tijd
from rooster.wacht import Dienstkaart, duty_card
from triage import protocol_teksten as teksten
from triage.bord import complaints_text
from triage.models import Oproep, Verwijsadres

ZONDER_DIENST = timedelta(hours=24)
"""How far back the sheet goes when nobody is on duty."""
REGELS_MAX = 200


@dataclass(frozen=True)
class Regel:
    """One call on the sheet."""

    id: UUID
    nummer: int
    gebeld: str
    patient_id: UUID | None
    naam: str
    telefoon: str
    klacht: str
    uitkomst: str
    afspraak: str
    is_open: bool


@dataclass(frozen=True)
class Nachtblad:
    """Everything on the sheet."""

    nu: datetime
    vanaf: datetime
    kaart: Dienstkaart
    regels: list[Regel]
    verwijsadressen: list[Verwijsadres]


def read_sheet(nu: datetime, *, kring_id: int) -> Nachtblad:
    """Return the sheet of the duty of this moment."""
    kaart = duty_card(nu, kring_id=kring_id)
    vanaf = kaart.nu.begin if kaart.nu else nu - ZONDER_DIENST
    calls = (
        Oproep.objects.filter(kring_id=kring_id)
        .filter(Q(aangenomen_op__gte=vanaf) | ~Q(status=Oproep.Status.AFGEROND))
        .select_related("patient", "behandelaar")
        .order_by("nummer")[:REGELS_MAX]
    )
    return Nachtblad(
        nu=nu,
        vanaf=vanaf,
        kaart=kaart,
        regels=[_row(oproep, nu) for oproep in calls],
        verwijsadressen=list(Verwijsadres.objects.filter(kring_id=kring_id, actief=True)),
    )


def _row(oproep: Oproep, nu: datetime) -> Regel:
    patient = oproep.patient
    # Who was spoken to says more than that somebody is to be called.
    to_call = oproep.contact and not oproep.behandelaar_id
    return Regel(
        id=oproep.pk,
        nummer=oproep.nummer,
        gebeld=format_moment(oproep.aangenomen_op, nu=nu),
        patient_id=oproep.patient_id,
        naam=patient.naam if patient else "",
        telefoon=oproep.telefoon_beller or (patient.telefoon if patient else ""),
        klacht=complaints_text(oproep.antwoorden.get("klachten")),
        uitkomst=_(teksten.CONTACT[oproep.contact]) if to_call else "",
        afspraak=_promised(oproep),
        is_open=oproep.status != Oproep.Status.AFGEROND,
    )


def _promised(oproep: Oproep) -> str:
    """Return what was agreed, with the times that somebody has to watch by hand."""
    parts = []
    if oproep.behandelaar:
        parts.append(_("gesproken met %(naam)s") % {"naam": oproep.behandelaar.naam})
    if oproep.besluit:
        parts.append(oproep.get_besluit_display())
    if oproep.afspraak_om:
        parts.append(_("komt om %(tijd)s") % {"tijd": format_tijd(oproep.afspraak_om)})
    elif oproep.zien_voor and oproep.besluit in ("", Oproep.Besluit.ZIEN):
        parts.append(_("gezien vóór %(tijd)s") % {"tijd": format_tijd(oproep.zien_voor)})
    if oproep.status == Oproep.Status.TERUGBELLEN:
        parts.append(_("terugbellen om %(tijd)s") % {"tijd": format_tijd(oproep.terugbellen_om)})
    if oproep.gedrag:
        parts.append(_("gedrag: %(gedrag)s") % {"gedrag": oproep.get_gedrag_display()})
    return ", ".join(str(part) for part in parts)
