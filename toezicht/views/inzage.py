"""The overview that a patient may ask for: find the patient, show it, give it on paper."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from kern import logboek
from kern.tijd import db_now
from toezicht import overzicht
from toezicht import pdf as letter
from toezicht.forms import ZoekPatientForm
from triage.models import Patient

MAXIMUM = 20


def search(request):
    """Find a patient by POST: a name does not belong in an address or a server log."""
    form = ZoekPatientForm(request.POST if request.method == "POST" else None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = _matching(request.kring, **form.cleaned_data)
        for patient in found[:MAXIMUM]:
            _note(request, "inzage.gevonden", patient)
    context = {
        "form": form,
        "patienten": found[:MAXIMUM] if found is not None else None,
        "meer": found is not None and len(found) > MAXIMUM,
        "maximum": MAXIMUM,
    }
    return render(request, "toezicht/zoek.html", context, status=422 if form.errors else 200)


def _matching(kring, *, naam: str, geboortedatum) -> list[Patient]:
    rows = Patient.objects.filter(kring=kring, naam__unaccent__icontains=naam)
    if geboortedatum:
        rows = rows.filter(geboortedatum=geboortedatum)
    return list(rows.order_by("naam", "geboortedatum")[: MAXIMUM + 1])


def show(request, patient):
    """Show every access to a patient."""
    patient = get_object_or_404(Patient, pk=patient, kring=request.kring)
    context = {"patient": patient, "toegangen": overzicht.accesses(patient.pk), "nu": db_now()}
    _note(request, "inzage.getoond", patient)
    return render(request, "toezicht/inzage.html", context)


def pdf(request, patient):
    """Give the overview on paper."""
    patient = get_object_or_404(Patient, pk=patient, kring=request.kring)
    content = letter.render(request.kring, patient, overzicht.accesses(patient.pk), db_now())
    logboek.record(
        "inzage.pdf",
        "E",
        by=request.actor,
        object_soort="patient",
        object_id=patient.pk,
        patient_id=patient.pk,
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, "inzageoverzicht.pdf")
    return response


def _note(request, gebeurtenis: str, patient: Patient) -> None:
    logboek.note_read(
        gebeurtenis,
        by=request.actor,
        object_soort="patient",
        object_id=patient.pk,
        patient_id=patient.pk,
    )
