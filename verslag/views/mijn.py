"""The dentist's own list: whom I owe a report, and what still has to happen."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kern import logboek
from kern.tijd import db_now
from triage.actions import mark_gezien
from triage.models import Oproep
from triage.overgangen import StapGeweigerd
from verslag import actions
from verslag.forms import VervolgForm
from verslag.lijsten import my_patients
from verslag.models import Vervolgactie
from verslag.toegang import tandarts_of


def mine(request):
    """List the patients of my duties: without a report first."""
    tandarts = tandarts_of(request)
    rows = my_patients(tandarts, nu=db_now()) if tandarts else None
    for oproep in rows.oproepen() if rows else []:
        logboek.note_read(
            "patient.in_lijst",
            by=request.actor,
            object_soort="oproep",
            object_id=oproep.pk,
            patient_id=oproep.patient_id,
        )
    return render(request, "verslag/mijn.html", {"tandarts": tandarts, "lijst": rows})


@require_POST
def seen(request, oproep):
    """Note that the patient was here."""
    oproep = get_object_or_404(Oproep, pk=oproep)
    try:
        mark_gezien(oproep, by=request.actor)
    except StapGeweigerd as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Genoteerd: patiënt gezien. Maak nu het verslag."))
    return redirect("verslag:mijn", kring=request.kring.slug)


def follow_up(request, vervolg):
    """Show one follow-up, and take what became of it: done, handed over, another day."""
    vervolg = get_object_or_404(
        Vervolgactie.objects.select_related(
            "tandarts", "overgenomen_van", "verslag__oproep", "verslag__dossier__patient"
        ),
        pk=vervolg,
    )
    form = VervolgForm(request.POST if request.method == "POST" else None, vervolg=vervolg)
    if form.is_bound and form.is_valid():
        try:
            messages.success(request, _change(request, vervolg, form))
        except actions.VervolgGeweigerd as error:
            form.add_error(error.veld or None, str(error))
        else:
            return redirect("verslag:mijn", kring=request.kring.slug)
    logboek.note_read(
        "dossier.gelezen",
        by=request.actor,
        object_soort="vervolgactie",
        object_id=vervolg.pk,
        patient_id=vervolg.verslag.dossier.patient_id,
    )
    context = {
        "vervolg": vervolg,
        "patient": vervolg.verslag.dossier.patient,
        "form": form,
        "nu": db_now(),
    }
    return render(request, "verslag/vervolg.html", context, status=422 if form.errors else 200)


def _change(request, vervolg: Vervolgactie, form: VervolgForm) -> str:
    """Do what was pressed; return the sentence that says so."""
    data = form.cleaned_data
    if data["doel"] == "datum":
        actions.date_vervolg(vervolg, uiterlijk=data["uiterlijk"], by=request.actor)
        return _("De dag is bewaard.")
    if data["doel"] == "draag_over":
        actions.hand_vervolg(
            vervolg, naar=data["naar"], toelichting=data["toelichting"], by=request.actor
        )
        return _("Het vervolg staat nu op de lijst van %s.") % data["naar"]
    actions.end_vervolg(
        vervolg, afloop=data["doel"], toelichting=data["toelichting"], by=request.actor
    )
    return _("Het vervolg is afgesloten.")
