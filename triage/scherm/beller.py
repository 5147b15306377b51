"""Who may be calling: patients alike, and the story of the earlier calls (U9).

The software shows and a person chooses: no patient and no call is ever joined by itself.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kern.velden import phone_prefix
from kern.weergave import format_tijd
from triage import protocol
from triage import protocol_teksten as teksten
from triage.bord import complaints_text
from triage.forms import PatientForm
from triage.models import Contactpoging, Oproep, Patient
from triage.querysets import HERHAALTERMIJN, alike, begins_with

_TREFFERS = 5
_OPROEPEN = 4


def known_of(oproep: Oproep, form: PatientForm) -> dict[str, Any]:
    """Return what is known of the caller: what was typed just now, else what is stored.

    Of the phone number what is typed so far; a number that is not right yet finds all the same.
    """
    part = form.changes() if form.is_bound else {}
    patient = oproep.patient
    known = {
        name: part.get(name) or getattr(patient, name, None) or ""
        for name in ("telefoon", "bsn", "naam", "geboortedatum")
    }
    typed = form["telefoon"].value() if form.is_bound else ""
    known["telefoon"] = phone_prefix(typed or known["telefoon"] or oproep.telefoon_beller)
    return known


def matches(oproep: Oproep, known: dict[str, Any], nu: datetime) -> list[dict]:
    """Return patients of the kring that may be this one; the assistant chooses, nothing merges."""
    found = list(
        Patient.objects.resembling(kring_id=oproep.kring_id, **known)
        .exclude(pk=oproep.patient_id)
        .exclude(naam="")
        .order_by("-gewijzigd_op")[:_TREFFERS]
    )
    recent = (
        set(
            Oproep.objects.since(nu - HERHAALTERMIJN)
            .filter(patient__in=found)
            .exclude(pk=oproep.pk)
            .values_list("patient_id", flat=True)
        )
        if found
        else set()
    )
    return [{"patient": p, "recent": p.pk in recent} for p in found]


@dataclass(frozen=True)
class Eerdere:
    """An earlier call that may be about the same complaint, told in a few lines."""

    oproep: Oproep
    waarom: str
    klacht: str
    uitkomst: str
    adviezen: list[str]
    gedaan: list[str]
    terugbellen: datetime | None
    is_gekoppeld: bool


def earlier_calls(oproep: Oproep, known: dict[str, Any], nu: datetime) -> list[Eerdere]:
    """Return the calls of the last 96 hours of this patient or number: an alarm (U9).

    Also those without a patient: who hung up or stayed anonymous is known by the number.
    """
    same = alike(Patient, kring_id=oproep.kring_id, at="patient__", **known)
    if known["telefoon"]:
        same |= begins_with("telefoon_beller", known["telefoon"])
    if oproep.patient_id:
        same |= Q(patient=oproep.patient_id)
    if oproep.herhaling_van_id:
        same |= Q(pk=oproep.herhaling_van_id)
    rows = (
        Oproep.objects.recent_before(oproep, nu)
        .filter(same)
        .select_related("patient", "behandelaar")
        .prefetch_related("contactpogingen")[:_OPROEPEN]
    )
    return [_story(row, oproep, known) for row in rows]


def _story(row: Oproep, oproep: Oproep, known: dict[str, Any]) -> Eerdere:
    waits = row.status == Oproep.Status.TERUGBELLEN
    return Eerdere(
        oproep=row,
        waarom=_why(row, oproep, known),
        klacht=complaints_text(row.antwoorden.get("klachten")),
        uitkomst=_outcome(row),
        adviezen=_advice(row),
        gedaan=_done(row),
        terugbellen=row.terugbellen_om if waits else None,
        is_gekoppeld=row.pk == oproep.herhaling_van_id,
    )


def _why(row: Oproep, oproep: Oproep, known: dict[str, Any]) -> str:
    if row.patient_id and row.patient_id == oproep.patient_id:
        return _("zelfde patiënt")
    numbers = [row.telefoon_beller, row.patient.telefoon if row.patient else ""]
    prefix = known["telefoon"]
    if prefix and any(number.startswith(prefix) for number in numbers):
        return _("zelfde nummer")
    if known["bsn"] and row.patient and row.patient.bsn == known["bsn"]:
        return _("zelfde BSN")
    if row.pk == oproep.herhaling_van_id:
        return _("gekoppeld")
    return _("zelfde naam en geboortedatum")


def _outcome(row: Oproep) -> str:
    if not row.uitkomst:
        return _("nog geen uitkomst")
    parts = (teksten.CONTACT[row.contact], teksten.URGENTIE[row.urgentie])
    return " · ".join(str(_(part)) for part in parts)


def _advice(row: Oproep) -> list[str]:
    if not row.uitkomst:
        return []
    # The texts of the edition that judged the call: what the caller was told then.
    regelset = protocol.regelset(row.uitkomst["protocolversie"])
    advice = regelset.in_reading_order(row.uitkomst["adviezen"])
    return [_(item.tekst) for item in advice if item.voorlezen]


def _done(row: Oproep) -> list[str]:
    """Return what was done since, in the order of a call."""
    done = []
    if attempts := sorted(row.contactpogingen.all(), key=lambda poging: poging.moment):
        done.append(_attempt(row, attempts[-1]))
    if row.besluit:
        done.append(_("Besluit: %(besluit)s") % {"besluit": row.get_besluit_display()})
    if row.gezien_op:
        done.append(_("Gezien om %(tijd)s") % {"tijd": format_tijd(row.gezien_op)})
    elif row.afspraak_om:
        done.append(_("Afspraak om %(tijd)s") % {"tijd": format_tijd(row.afspraak_om)})
    done.append(str(row.toestand))
    return done


def _attempt(row: Oproep, poging: Contactpoging) -> str:
    naam = row.behandelaar.naam if row.behandelaar else poging.get_rol_display()
    return _("%(wie)s %(resultaat)s om %(tijd)s") % {
        "wie": naam,
        "resultaat": poging.get_resultaat_display(),
        "tijd": format_tijd(poging.moment),
    }
