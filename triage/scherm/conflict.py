"""Where two windows differ."""

from typing import Any

from django.utils.translation import gettext as _

from kern.weergave import format_datum, format_telefoon, mask_bsn
from triage.forms import (
    AntwoordenForm,
    PatientForm,
)
from triage.models import Oproep, Patient
from triage.patientstand import merge, print_of


def differences(oproep: Oproep, form: AntwoordenForm) -> list[dict]:
    """Return where this window's answers differ from what another window saved meanwhile."""
    mine = {**form.valid_part()}
    theirs = {**oproep.antwoorden, "omschrijving": oproep.omschrijving}
    rows = []
    for name, value in mine.items():
        other = theirs.get(name)
        if (value or None) != (other or None) and not (value is False and other is None):
            rows.append(
                {
                    "label": form[name].label,
                    "mijn": _shown(form, name, value),
                    "hun": _shown(form, name, other),
                }
            )
    return rows


def _shown(form, name: str, value: Any) -> str:
    if value in (None, "", []):
        return _("leeg")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    labels = dict(getattr(form.fields[name], "choices", []))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(item, item)) for item in values)


def patient_conflict(oproep: Oproep, form: PatientForm) -> dict:
    """Return where both changed the patient, and what the two buttons have to send.

    `keuze` names each field with the hash of the other's value that is on the screen: whoever
    keeps their own does so knowing that one, and not a later one.
    """
    patient = oproep.patient or Patient()
    fields = merge(patient, form.changes(), form.stand, gekozen={}).botsingen
    seen = [f"{name}:{print_of(name, getattr(patient, name))}" for name in fields]
    return {
        "versie": oproep.versie,
        "keuze": " ".join([str(oproep.versie), *seen]),
        "verschillen": [_row(form, patient, name) for name in fields],
        "formulier": "patient",
    }


def corrected_by_others(oproep: Oproep, form: PatientForm) -> list[dict]:
    """Return the fields of which this window still shows what somebody else corrected."""
    patient = oproep.patient or Patient()
    return [
        _row(form, patient, name)
        for name, value in form.changes().items()
        if value != getattr(patient, name)
    ]


def _row(form: PatientForm, patient: Patient, name: str) -> dict:
    mine, theirs = form.cleaned_data[name], getattr(patient, name)
    return {
        "label": form[name].label,
        "mijn": _patient_value(form, name, mine),
        "hun": _patient_value(form, name, theirs),
    }


def _patient_value(form: PatientForm, name: str, value: Any) -> str:
    if value in (None, ""):
        return _("leeg")
    show = {"telefoon": format_telefoon, "bsn": mask_bsn, "geboortedatum": format_datum}
    if name in show:
        return show[name](value)
    return str(value) if name == "eigen_tandarts" else _shown(form, name, value)
