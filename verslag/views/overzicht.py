"""What became of the reports of a period: the page and the file, for the coordinator."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kern import csv, logboek
from kern.tijd import db_now
from statistiek.forms import PeriodeForm
from verslag.overzicht import lezen
from verslag.overzicht.regels import Regel, Stap

MEESTE = 100
"""Lines on the page; the file has all of them."""
KOLOMMEN = (
    *("oproep", "tandarts", "dienst begin", "dienst einde", "gezien of gesproken", "stand"),
    *("getekend", "verstuurd", "bezorgd", "gelezen", "minuten tot bezorging", "over de termijn"),
)
# (words, kind of pill, icon)
STANDEN = {
    Stap.ONTBREEKT: (gettext_lazy("Verslag ontbreekt"), "rood", "let-op"),
    Stap.NIET_VERSTUURD: (gettext_lazy("Getekend, niet verstuurd"), "rood", "let-op"),
    Stap.NIET_BEZORGD: (gettext_lazy("Verstuurd, niet bezorgd"), "amber", "wachten"),
    Stap.ONGELEZEN: (gettext_lazy("Bezorgd, niet gelezen"), "amber", "wachten"),
    Stap.IN_DIENST: (gettext_lazy("Dienst loopt nog"), "grijs", "wachten"),
    Stap.GEEN_ONTVANGER: (gettext_lazy("Getekend, geen ontvanger"), "grijs", "gelukt"),
    Stap.KLAAR: (gettext_lazy("Klaar"), "groen", "gelukt"),
}


def overzicht(request):
    """Show what waits for somebody, then the figures of every duty."""
    nu = db_now()
    form = PeriodeForm(request.GET, nu=nu)
    if not form.is_valid():
        return render(request, "verslag/overzicht.html", {"form": form}, status=422)
    found = lezen.read(request.kring.pk, form.chosen(), nu)
    todo = found.te_doen
    context = {
        "form": form,
        "overzicht": found,
        "te_doen": [(row, *STANDEN[row.stap]) for row in todo[:MEESTE]],
        "meer": max(len(todo) - MEESTE, 0),
        "diensten": found.diensten[:MEESTE],
        "keuze": urlencode(form.query()),
    }
    return render(request, "verslag/overzicht.html", context)


def bestand(request):
    """Give a line a call as a file."""
    nu = db_now()
    form = PeriodeForm(request.GET, nu=nu)
    if not form.is_valid():
        return render(request, "verslag/overzicht.html", {"form": form}, status=422)
    found = lezen.read(request.kring.pk, form.chosen(), nu)
    logboek.record("verslagen.csv", "E", by=request.actor, object_soort="verslagoverzicht")
    name = _("verslagen-%(kring)s-%(periode)s.csv") % {
        "kring": request.kring.slug,
        "periode": found.periode.code,
    }
    return csv.response(name, KOLOMMEN, (_cells(row) for row in found.regels))


def _cells(row: Regel) -> tuple:
    facts = row.feiten
    return (
        facts.nummer,
        facts.tandarts,
        facts.dienst_begin,
        facts.dienst_einde,
        facts.gereed_op,
        STANDEN[row.stap][0],
        facts.getekend_op,
        facts.verstuurd_op,
        facts.bezorgd_op,
        facts.gelezen_op,
        None if row.duur is None else int(row.duur.total_seconds() // 60),
        row.te_laat,
    )
