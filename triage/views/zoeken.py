"""Look for a patient of the kring."""

from django.shortcuts import render

from kern import logboek
from kern.tijd import db_now
from triage import zoeken
from triage.forms import ZoekForm
from triage.models import Oproep
from triage.views.basis import acting

_OPROEPEN = 3


def zoek(request):
    """Show the patients that fit, by POST: a name does not belong in an address or a server log.

    What was found by name alone is shown by name, year of birth and town, and no more.
    """
    form = ZoekForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_bound and form.is_valid():
        found = zoeken.search(kring_id=request.kring.pk, **form.cleaned_data)
        for patient in found.patienten:
            logboek.note_read(
                "patient.gevonden",
                by=acting(request),
                object_soort="patient",
                object_id=patient.pk,
                patient_id=patient.pk,
            )
    context = {
        "form": form,
        "gevonden": found,
        "rijen": _with_calls(found) if found else [],
        "maximum": zoeken.MAXIMUM,
        "nu": db_now(),
    }
    return render(request, "triage/zoek.html", context, status=422 if form.errors else 200)


def _with_calls(found: zoeken.Gevonden) -> list[dict]:
    """Return each patient with the newest calls, in one query; only where all may be shown."""
    calls: dict = {patient.pk: [] for patient in found.patienten}
    if found.is_volledig and calls:
        for call in Oproep.objects.filter(patient__in=calls).order_by("-aangenomen_op")[:200]:
            calls[call.patient_id].append(call)
    return [
        {"patient": patient, "oproepen": calls[patient.pk][:_OPROEPEN]}
        for patient in found.patienten
    ]
