"""The access log of this kring, for the functionaris gegevensbescherming only."""

from urllib.parse import urlencode

from django.shortcuts import render

from kern import logboek
from kern.models import Logregel
from kring.forms import LogboekForm

PER_PAGINA = 50


def regels(request):
    """Show the newest lines; reading the log is itself a line of the log."""
    form = LogboekForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        return render(request, "kring/logboek.html", {"form": form, "regels": []}, status=422)
    rows, ouder = _page(request, form)
    logboek.note_read(
        "logboek.geraadpleegd",
        by=request.actor,
        object_soort="logboek",
        patient_id=form.cleaned_data.get("patient") if form.is_bound else None,
    )
    return render(request, "kring/logboek.html", {"form": form, "regels": rows, "ouder": ouder})


def _page(request, form) -> tuple[list[Logregel], str]:
    """Return one page of lines and the query string of the next one (empty at the end).

    By the number of the last line, not by counting: the log grows to millions of lines.
    """
    rows = Logregel.objects.filter(kring=request.kring).order_by("-id")
    chosen = form.cleaned_data if form.is_bound else {}
    if chosen.get("patient"):
        rows = rows.filter(patient_id=chosen["patient"])
    if form.is_bound and (periode := form.periode()):
        rows = rows.filter(tijdstip__gte=periode[0], tijdstip__lt=periode[1])
    if chosen.get("voor"):
        rows = rows.filter(id__lt=chosen["voor"])
    page = list(rows[: PER_PAGINA + 1])
    if len(page) <= PER_PAGINA:
        return page, ""
    keep = {name: chosen[name] for name in ("datum", "patient") if chosen.get(name)}
    return page[:-1], urlencode(keep | {"voor": page[-2].pk})
