"""Who may be calling: patients alike, earlier calls."""

from datetime import datetime

from triage.forms import (
    PatientForm,
)
from triage.models import Oproep, Patient
from triage.querysets import HERHAALTERMIJN


def matches(oproep: Oproep, form: PatientForm, nu: datetime) -> list[dict]:
    """Return patients of the kring that may be this one; the assistant chooses, nothing merges."""
    part = form.changes() if form.is_bound else {}
    patient = oproep.patient
    known = {
        name: part.get(name) or getattr(patient, name, None)
        for name in ("telefoon", "bsn", "naam", "geboortedatum")
    }
    known["telefoon"] = known["telefoon"] or oproep.telefoon_beller
    found = list(
        Patient.objects.resembling(
            kring_id=oproep.kring_id, **{k: v or "" for k, v in known.items()}
        )
        .exclude(pk=oproep.patient_id)
        .exclude(naam="")
        .order_by("-gewijzigd_op")[:5]
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


def earlier_calls(oproep: Oproep, nu: datetime) -> list[Oproep]:
    """Return the calls of this patient in the last 96 hours: a second call is an alarm (U9)."""
    if oproep.patient_id is None:
        return []
    return list(
        Oproep.objects.since(nu - HERHAALTERMIJN)
        .filter(patient=oproep.patient_id, nummer__lt=oproep.nummer)
        .order_by("-aangenomen_op")[:3]
    )
