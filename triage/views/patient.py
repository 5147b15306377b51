"""The patient of a call."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from kern import logboek
from kring.actions import add_eigen_tandarts
from triage import actions, scherm
from triage.forms import (
    EigenTandartsForm,
    PatientForm,
)
from triage.models import Oproep, Patient
from triage.overgangen import StapGeweigerd
from triage.views.basis import (
    acting,
    get_oproep,
    note_matches,
    note_shown,
    refused,
    to_call,
    versie_of,
    whole_page,
)


def patient(request, pk):
    """Save the valid fields of the patient; the rest keeps its text and gets its sentence."""
    oproep = get_oproep(pk)
    form = PatientForm(request.POST, instance=oproep.patient)
    versie, venster = versie_of(request.POST)
    gekozen, overgenomen = _choices(request.POST)
    changes = {k: v for k, v in form.changes().items() if k not in overgenomen}
    try:
        if _has_news(oproep, changes):
            actions.save_patient(
                oproep,
                gegevens=changes,
                versie=versie,
                venster=venster,
                stand=form.stand,
                gekozen=gekozen,
                by=acting(request),
            )
        else:
            # The call as it was read above may be older than what is drawn beside it below.
            actions.lock(oproep)
    except actions.PatientConflict as error:
        # The row as it is now: the other value on the screen must be the one that is stored.
        oproep.patient = error.patient
        return refused(request, oproep, error, patient=form, venster=venster)
    except StapGeweigerd as error:
        return refused(request, oproep, error, patient=form, venster=venster)
    if request.htmx:
        context = scherm.page(oproep, patient=form, venster=venster)
        if corrected := scherm.corrected_by_others(oproep, form):
            context["conflict"] = {"versie": oproep.versie, "verbeterd": corrected}
        note_matches(request, oproep, context)
        return render(request, "triage/_na_patient.html", context)
    if form.errors:
        return whole_page(request, oproep, status=422, patient=form)
    return to_call(request, oproep, "#wie")


def _choices(data) -> tuple[dict[str, str], set[str]]:
    """Return for which fields a person chose their own value, and for which that of the other."""
    kept = dict(part.split(":", 1) for part in data.get("overschrijven", "").split() if ":" in part)
    taken = {part.split(":")[0] for part in data.get("overnemen", "").split() if ":" in part}
    return kept, taken


def _has_news(oproep: Oproep, changes: dict) -> bool:
    """Whether anything differs from what is stored; an empty form makes no patient."""
    stored = oproep.patient or Patient()
    return any(value != getattr(stored, name) for name, value in changes.items())


def bsn_tonen(request, pk):
    """Show the whole BSN once, because somebody asked for it; each time is a line in the log."""
    oproep = get_oproep(pk)
    logboek.record(
        "bsn.getoond",
        "R",
        by=request.actor,
        object_soort="oproep",
        object_id=oproep.pk,
        patient_id=oproep.patient_id,
    )
    context = {"bsn_voluit": oproep.patient.bsn, "bsn_gevraagd": True}
    if request.htmx:
        return render(request, "bsn_voluit.html", context)
    context |= scherm.page(oproep)
    note_shown(request, oproep, "oproep.getoond", oproep.patient_id)
    note_matches(request, oproep, context)
    return render(request, "triage/oproep.html", context)


def patient_kies(request, pk):
    """Tie an earlier patient to this call, or an empty new one: a person chooses, always."""
    oproep = get_oproep(pk)
    chosen = request.POST.get("patient", "")
    try:
        patient = (
            get_object_or_404(Patient, pk=chosen) if chosen else Patient(kring_id=oproep.kring_id)
        )
    except ValidationError:
        messages.error(request, _("Deze patiënt is niet gevonden."))
        return to_call(request, oproep, "#wie")
    try:
        actions.save_patient(oproep, patient=patient, by=acting(request))
    except StapGeweigerd as error:
        messages.error(request, str(error))
    return to_call(request, oproep, "#wie")


def eigen_tandarts(request, pk):
    """Add an own dentist to the address book and tie them to the patient."""
    oproep = get_oproep(pk)
    form = EigenTandartsForm(request.POST, prefix="et")
    if form.is_valid():
        try:
            dentist = add_eigen_tandarts(
                kring_id=oproep.kring_id, by=acting(request), **form.cleaned_data
            )
            actions.save_patient(
                oproep,
                gegevens={"eigen_tandarts": dentist, "heeft_eigen_tandarts": "ja"},
                by=acting(request),
            )
        except ValidationError as error:
            form.add_error(None, error)
        except StapGeweigerd as error:
            form.add_error(None, str(error))
        else:
            return to_call(request, oproep, "#wie")
    return whole_page(request, oproep, status=422, eigen_tandarts=form)
