"""Two rows of one person: find them, join them, take them apart again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kern import logboek
from triage import zoeken
from triage.forms import ZoekForm
from triage.models import Patient
from verslag import actions
from verslag.actions.samenvoegen import later_facts, objection_to_undo, person_of
from verslag.dubbel import judge
from verslag.dubbelen import MAXIMUM, calls_of_both, compare, probable_pairs
from verslag.forms import SamenvoegForm, SplitsForm
from verslag.models import Passantendossier, Samenvoeging

RECENT = 20


def doubles(request):
    """List the pairs that look alike, what was joined lately, and look for two others."""
    form = ZoekForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_bound and form.is_valid():
        found = zoeken.search(kring_id=request.kring.pk, **form.cleaned_data)
    pairs = probable_pairs(request.kring.pk)
    recent = list(Samenvoeging.objects.select_related("blijft", "gedaan_door")[:RECENT])
    shown = [patient for pair in pairs for patient in (pair.een, pair.ander)]
    shown += [row.blijft for row in recent] + (found.patienten if found else [])
    for patient in {row.pk: row for row in shown}.values():
        _note_read(request, "patient.in_dubbellijst", patient)
    context = {
        "paren": pairs,
        "recent": recent,
        "form": form,
        "gevonden": found,
        "maximum": MAXIMUM,
    }
    return render(request, "verslag/dubbel.html", context, status=422 if form.errors else 200)


def choose(request):
    """Go to the comparison of the two that were ticked."""
    chosen = [pk for pk in request.POST.getlist("patient") if _is_patient(pk)]
    if len(set(chosen)) != 2:
        messages.error(request, _("Vink precies twee patiënten aan om te vergelijken."))
        return redirect("verslag:dubbel", kring=request.kring.slug)
    een, ander = chosen
    return redirect("verslag:samenvoegen", kring=request.kring.slug, patient=een, ander=ander)


def _is_patient(pk: str) -> bool:
    try:
        return Patient.objects.living().filter(pk=pk).exists()
    except ValidationError:
        return False


def merge(request, patient, ander):
    """Compare two rows side by side, and join them; the first one stays."""
    rows = Patient.objects.living().select_related("eigen_tandarts")
    een, ander = get_object_or_404(rows, pk=patient), get_object_or_404(rows, pk=ander)
    form = SamenvoegForm(request.POST if request.method == "POST" else None, een=een, ander=ander)
    if form.is_bound and form.is_valid():
        try:
            actions.merge_patients(
                een,
                ander,
                overnemen=form.overnemen(),
                reden=form.cleaned_data["reden"],
                by=request.actor,
            )
        except actions.SamenvoegenGeweigerd as error:
            form.add_error(error.veld or None, str(error))
        else:
            messages.success(request, _("Samengevoegd. Een vergissing? Maak het hier ongedaan."))
            return _to_merge(request, een)
    for row in (een, ander):
        _note_read(request, "patient.vergeleken", row)
    context = {
        "een": een,
        "ander": ander,
        "rijen": compare(een, ander),
        "oordeel": judge(person_of(een), person_of(ander)),
        "tellingen": [calls_of_both(een, ander)[row.pk] for row in (een, ander)],
        "form": form,
    }
    return render(request, "verslag/samenvoegen.html", context, status=422 if form.errors else 200)


def _to_merge(request, patient: Patient):
    row = Samenvoeging.objects.filter(blijft=patient).first()
    return redirect("verslag:samenvoeging", kring=request.kring.slug, samenvoeging=row.pk)


def undo(request, samenvoeging):
    """Show one joining, and undo it; when that cannot be done any more, say why."""
    row = get_object_or_404(
        Samenvoeging.objects.select_related("blijft", "vervallen", "gedaan_door", "ongedaan_door"),
        pk=samenvoeging,
    )
    form = SplitsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.undo_merge(row, reden=form.cleaned_data["reden"], by=request.actor)
        except actions.SamenvoegenGeweigerd as error:
            form.add_error(error.veld or None, str(error))
        else:
            messages.success(request, _("Ongedaan gemaakt: het zijn weer twee patiënten."))
            return redirect(request.path)
    for patient in (row.blijft, row.vervallen):
        _note_read(request, "patient.vergeleken", patient)
    context = {
        "rij": row,
        "form": form,
        "bezwaar": "" if row.ongedaan_op else objection_to_undo(row, row.blijft, row.vervallen),
        "daarna": later_facts(row),
        "aantal": sum(len(keys) for keys in row.verplaatst.values()),
        "dossier": Passantendossier.objects.filter(patient=row.blijft).first(),
        "mag_dossier": "tandarts" in request.actor.rollen,
    }
    return render(request, "verslag/samenvoeging.html", context, status=422 if form.errors else 200)


def _note_read(request, gebeurtenis: str, patient: Patient) -> None:
    logboek.note_read(
        gebeurtenis,
        by=request.actor,
        object_soort="patient",
        object_id=patient.pk,
        patient_id=patient.pk,
    )
