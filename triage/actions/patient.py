"""Tie a patient to a call."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from kern.actor import Actor
from triage.actions.basis import check_versie, judge_again, lock, next_version, record_step
from triage.models import Oproep, Patient
from triage.overgangen import require_running

PATIENTVELDEN = (
    "naam",
    "geboortedatum",
    "adres",
    "postcode",
    "woonplaats",
    "telefoon",
    "bsn",
    "heeft_eigen_tandarts",
    "eigen_tandarts",
)


@transaction.atomic
def save_patient(
    oproep: Oproep,
    *,
    by: Actor,
    patient: Patient | None = None,
    gegevens: Mapping[str, Any] | None = None,
    versie: int | None = None,
    venster: str = "",
) -> Patient:
    """Tie a patient to the call: an existing one (`patient`), or what was typed (`gegevens`).

    An earlier patient of this call is replaced, never merged. Age and own dentist count in the
    outcome, so the call is judged again.
    """
    lock(oproep)
    require_running(oproep)
    check_versie(oproep, versie, venster)
    before = oproep.patient
    current = patient or before or Patient(kring_id=oproep.kring_id)
    is_new = current._state.adding
    for name, value in (gegevens or {}).items():
        if name not in PATIENTVELDEN:
            raise ValueError(f"unknown field: {name}")
        setattr(current, name, value)
    if is_new or gegevens:
        current.save()
    oproep.patient = current
    if current.telefoon:
        oproep.telefoon_beller = oproep.telefoon_beller or current.telefoon
    judge_again(oproep)
    next_version(oproep, venster)
    oproep.save()
    record_step(
        "patient.aangemaakt" if is_new else "patient.gewijzigd", "C" if is_new else "U", oproep, by
    )
    if before is not None and before != current and before.aangemaakt_op >= oproep.aangenomen_op:
        _drop_unused(before)
    return current


def _drop_unused(patient: Patient) -> None:
    """Remove the half-typed row that the chosen patient replaces, unless anything needs it."""
    if Oproep.objects.filter(patient=patient).exists():
        return
    try:
        with transaction.atomic():
            patient.delete()
    except ProtectedError:
        return
