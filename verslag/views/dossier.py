"""The passantendossier: everything of one patient on one line of time."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from kern import logboek
from verslag.models import Passantendossier
from verslag.tijdlijn import timeline
from verslag.toegang import tandarts_of

MAXIMUM = 100


def overview(request):
    """List the dossiers that this dentist may read, newest first."""
    tandarts = tandarts_of(request)
    rows = []
    if tandarts:
        dossiers = Passantendossier.objects.readable_by(tandarts)
        rows = list(dossiers.for_list()[:MAXIMUM])
    for row in rows:
        _note_read(request, "dossier.in_lijst", row)
    context = {"dossiers": rows, "maximum": MAXIMUM, "tandarts": tandarts}
    return render(request, "verslag/dossiers.html", context)


def show(request, dossier):
    """Show one dossier; every look is logged."""
    return _page(request, _get(dossier))


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
    gebeurtenissen, verslagen = timeline(dossier)
    context = {
        "dossier": dossier,
        "patient": dossier.patient,
        "gebeurtenissen": gebeurtenissen,
        "verslagen": verslagen,
        **extra,
    }
    return render(request, "verslag/dossier.html", context)


def _note_read(request, gebeurtenis: str, dossier: Passantendossier) -> None:
    logboek.note_read(
        gebeurtenis,
        by=request.actor,
        object_soort="passantendossier",
        object_id=dossier.pk,
        patient_id=dossier.patient_id,
    )
