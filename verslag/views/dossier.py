"""The passantendossier: everything of one patient on one line of time."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from kern import logboek
from kern.tijd import db_now
from kern.toegang import Rol
from triage import zoeken
from triage.forms import ZoekForm
from triage.models import Patient
from verslag.dossierblad import Dossierblad, read
from verslag.dubbelen import Paar
from verslag.models import Passantendossier
from verslag.toegang import tandarts_of, treated_of

MAXIMUM = 100


def overview(request):
    """List the dossiers that this dentist may read, newest first; or those that fit, by POST.

    A name does not belong in an address or a server log.
    """
    tandarts = tandarts_of(request)
    form = ZoekForm(request.POST if request.method == "POST" else None)
    rows, is_meer = [], False
    if tandarts:
        dossiers = Passantendossier.objects.readable_by(tandarts)
        if form.is_bound:
            found = _found(request, form, dossiers)
            dossiers, is_meer = dossiers.filter(patient__in=found.patienten), found.is_meer
        rows = list(dossiers.for_list()[:MAXIMUM])
    for row in rows:
        _note_read(request, "dossier.in_lijst", row)
    context = {
        "dossiers": rows,
        "maximum": MAXIMUM,
        "tandarts": tandarts,
        "form": form,
        "gezocht": form.is_bound and not form.errors,
        "is_meer": is_meer,
        "zoek_maximum": zoeken.MAXIMUM,
    }
    return render(request, "verslag/dossiers.html", context, status=422 if form.errors else 200)


def _found(request, form: ZoekForm, dossiers) -> zoeken.Gevonden:
    """Look only among the patients of these dossiers: nobody learns who else is known here."""
    if not form.is_valid():
        return zoeken.Gevonden()
    onder = Patient.objects.living().filter(dossier__in=dossiers)
    return zoeken.search(kring_id=request.kring.pk, onder=onder, **form.cleaned_data)


def show(request, dossier):
    """Show one dossier; every look is logged. An address from before a joining leads on."""
    dossier = _get(dossier)
    if dossier.patient.opgegaan_in_id:
        living = get_object_or_404(Passantendossier, patient=dossier.patient.opgegaan_in_id)
        return redirect("verslag:dossier", kring=request.kring.slug, dossier=living.pk)
    return _page(request, dossier)


@require_POST
def show_bsn(request, dossier):
    """Show the whole BSN once, because somebody asked for it; each time is a line in the log."""
    dossier = _get(dossier)
    logboek.record(
        "bsn.getoond",
        "R",
        by=request.actor,
        object_soort="passantendossier",
        object_id=dossier.pk,
        patient_id=dossier.patient_id,
    )
    context = {"bsn_voluit": dossier.patient.bsn, "bsn_gevraagd": True}
    if request.htmx:
        return render(request, "bsn_voluit.html", context)
    return _page(request, dossier, **context)


def _get(pk) -> Passantendossier:
    return get_object_or_404(
        Passantendossier.objects.select_related("patient__eigen_tandarts"), pk=pk
    )


def _page(request, dossier: Passantendossier, **extra):
    _note_read(request, "dossier.gelezen", dossier)
    blad = read(dossier, nu=db_now())
    context = {
        "dossier": dossier,
        "patient": dossier.patient,
        "blad": blad,
        "vergelijkbaar": _own_doubles(request, blad),
        **extra,
    }
    return render(request, "verslag/dossier.html", context)


def _own_doubles(request, blad: Dossierblad) -> list[Paar]:
    """Return the doubles that this dentist treats too; of the others nothing is told."""
    if not blad.dubbelen or Rol.COORDINATOR in request.actor.rollen:
        return blad.dubbelen
    own = treated_of(request, [paar.ander.pk for paar in blad.dubbelen])
    return [paar for paar in blad.dubbelen if paar.ander.pk in own]


def _note_read(request, gebeurtenis: str, dossier: Passantendossier) -> None:
    logboek.note_read(
        gebeurtenis,
        by=request.actor,
        object_soort="passantendossier",
        object_id=dossier.pk,
        patient_id=dossier.patient_id,
    )
