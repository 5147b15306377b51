"""The access log of this kring, for the functionaris gegevensbescherming only."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils.translation import gettext as _

from kern import csv, gebeurtenissen, logboek
from kern.models import Logregel
from kring.forms import LogboekForm

PER_PAGINA = 50
MAX_CSV = 50_000
"""Lines in one file: more does not open in a spreadsheet, and holds up the server."""

KOLOMMEN = {
    "volgnummer": "regelnummer",
    "tijdstip": "tijdstip",
    "gebeurtenis": "gebeurtenis (EventTypeCode)",
    "actie": "actie (EventActionCode)",
    "uitkomst": "uitkomst (EventOutcomeIndicator)",
    "gebruiker_id": "gebruiker (userID)",
    "gebruiker_naam": "naam (userName)",
    "rollen": "rollen (roleIDCode)",
    "namens_id": "namens gebruiker",
    "namens_naam": "namens",
    "doel": "doel (purposeOfUse)",
    "toegangspunt": "toegangspunt (networkAccessPointID)",
    "verzoek": "verzoek",
    "object_soort": "object (ObjectTypeCode)",
    "object_id": "objectnummer (ObjectID)",
    "patient_id": "patiëntnummer",
    "toegangstabel": "toegangsregels (autorisatieProtocol)",
}


def regels(request):
    """Show the newest lines; reading the log is itself a line of the log."""
    form = LogboekForm(request.GET, kring=request.kring)
    if not form.is_valid():
        return _refused(request, form)
    rows, ouder = _page(request, form)
    logboek.note_read(
        "logboek.geraadpleegd",
        by=request.actor,
        object_soort="logboek",
        patient_id=form.cleaned_data.get("patient"),
    )
    context = {
        "form": form,
        "regels": [(row, gebeurtenissen.words(row.gebeurtenis)) for row in rows],
        "ouder": ouder,
        "keuze": urlencode(form.query()),
    }
    return render(request, "kring/logboek.html", context)


def _refused(request, form):
    return render(request, "kring/logboek.html", {"form": form, "regels": []}, status=422)


def _page(request, form) -> tuple[list[Logregel], str]:
    """Return one page of lines and the query string of the next one (empty at the end).

    By the number of the last line, not by counting: the log grows to millions of lines.
    """
    rows = form.select(Logregel.objects.filter(kring=request.kring)).order_by("-id")
    page = list(rows[: PER_PAGINA + 1])
    if len(page) <= PER_PAGINA:
        return page, ""
    return page[:-1], urlencode(form.query() | {"voor": page[-2].pk})


def bestand(request):
    """Give the chosen lines as a file, for whoever examines the log; an export, logged as such."""
    form = LogboekForm(request.GET, kring=request.kring)
    if not form.is_valid():
        return _refused(request, form)
    rows = form.select(Logregel.objects.filter(kring=request.kring)).order_by("id")
    rows = list(rows.values_list(*KOLOMMEN)[: MAX_CSV + 1])
    if len(rows) > MAX_CSV:
        form.add_error("tot", _("Dit zijn te veel regels voor één bestand. Kies minder dagen."))
        return _refused(request, form)
    logboek.record(
        "logboek.csv",
        "E",
        by=request.actor,
        object_soort="logboek",
        patient_id=form.cleaned_data.get("patient"),
    )
    return csv.response("logboek.csv", list(KOLOMMEN.values()), rows)
