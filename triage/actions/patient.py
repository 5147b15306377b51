"""Tie a patient to a call."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from kern.actor import Actor
from triage.actions.basis import (
    PatientConflict,
    check_versie,
    judge_again,
    lock,
    next_version,
    record_step,
)
from triage.models import Oproep, Patient
from triage.overgangen import require_running
from triage.patientstand import PATIENTVELDEN, merge, next_stand


@transaction.atomic
def save_patient(
    oproep: Oproep,
    *,
    by: Actor,
    patient: Patient | None = None,
    gegevens: Mapping[str, Any] | None = None,
    versie: int | None = None,
    venster: str = "",
    stand: str = "",
    gekozen: Mapping[str, str] | None = None,
) -> Patient:
    """Tie a patient to the call: an existing one (`patient`), or what was typed (`gegevens`).

    An earlier patient of this call is replaced, never merged. Age and own dentist count in the
    outcome, so the call is judged again. `stand` is what the window knew of the patient: what
    somebody else corrected since stays, and `PatientConflict` when both changed the same field,
    unless it is in `gekozen` (see `triage.patientstand.merge`).
    """
    lock(oproep)
    require_running(oproep)
    check_versie(oproep, versie, venster)
    gegevens = dict(gegevens or {})
    if unknown := set(gegevens) - set(PATIENTVELDEN):
        raise ValueError(f"unknown fields: {', '.join(sorted(unknown))}")
    before = oproep.patient
    current = _locked(patient or before) or Patient(kring_id=oproep.kring_id)
    is_new = current._state.adding
    known = oproep.patient_stand if venster and venster == oproep.venster else ""
    known = known or stand
    merged = merge(current, gegevens, known, gekozen=gekozen or {})
    if merged.botsingen:
        raise PatientConflict(oproep, current, merged.botsingen)
    if not (merged.nieuw or is_new or patient):
        oproep.patient = current
        return current
    for name, value in merged.nieuw.items():
        setattr(current, name, value)
    if is_new:
        current.save()
    elif merged.nieuw:
        current.save(update_fields=[*merged.nieuw, "gewijzigd_op"])
    oproep.patient = current
    if current.telefoon:
        oproep.telefoon_beller = oproep.telefoon_beller or current.telefoon
    judge_again(oproep)
    next_version(oproep, venster)
    oproep.patient_stand = next_stand(current, gegevens, known) if known else ""
    oproep.save()
    record_step(
        "patient.aangemaakt" if is_new else "patient.gewijzigd", "C" if is_new else "U", oproep, by
    )
    if before is not None and before != current and before.aangemaakt_op >= oproep.aangenomen_op:
        _drop_unused(before)
    return current


def _locked(patient: Patient | None) -> Patient | None:
    """Return the newest row, held until the end: the dentist may be correcting it right now.

    After the call, as everybody does, and not against those who only point at the row.
    """
    if patient is None or patient._state.adding:
        return patient
    rows = Patient.objects.select_for_update(no_key=True)
    row = rows.get(pk=patient.pk)
    # Merged into another one since the window saw it.
    return row if row.opgegaan_in_id is None else rows.get(pk=row.levend.pk)


def _drop_unused(patient: Patient) -> None:
    """Remove the half-typed row that the chosen patient replaces, unless anything needs it."""
    if Oproep.objects.filter(patient=patient).exists():
        return
    try:
        with transaction.atomic():
            patient.delete()
    except ProtectedError:
        return
