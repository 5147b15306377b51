"""HTTP of the figures: the page, the file and the paper."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils.translation import gettext as _

from kern import csv, logboek
from kern.tijd import db_now
from kern.toegang import Rol
from statistiek import beeld, lezen
from statistiek.forms import PeriodeForm

_ZORG = frozenset({Rol.TRIAGE, Rol.TANDARTS})
KOLOMMEN = ("onderdeel", "cijfer", "waarde", "aantal", "doel", "gehaald", "definitie", "bron")


def overzicht(request):
    """Show the figures of a period; who helps patients sees the small numbers too."""
    return _page(request, "statistiek/overzicht.html", precies=bool(request.actor.rollen & _ZORG))


def papier(request):
    """Show them on paper, for a meeting: it goes round, so small numbers are withheld."""
    return _page(request, "statistiek/papier.html", precies=False)


def bestand(request):
    """Give them as a file; what leaves the house has no small numbers."""
    form, nu = _form(request)
    if not form.is_valid():
        return _refused(request, form)
    picture = _picture(request, form, nu, precies=False)
    logboek.record("statistiek.csv", "E", by=request.actor, object_soort="statistiek")
    name = f"cijfers-{request.kring.slug}-{picture.periode.code}.csv"
    return csv.response(name, KOLOMMEN, _rows(picture))


def _form(request) -> tuple[PeriodeForm, object]:
    nu = db_now()
    return PeriodeForm(request.GET, nu=nu), nu


def _picture(request, form: PeriodeForm, nu, *, precies: bool) -> beeld.Beeld:
    period = form.chosen()
    return beeld.picture(lezen.read(request.kring.pk, period, nu), period, precies=precies)


def _page(request, template: str, *, precies: bool):
    form, nu = _form(request)
    if not form.is_valid():
        return _refused(request, form)
    context = {
        "form": form,
        "nu": nu,
        "beeld": _picture(request, form, nu, precies=precies),
        "keuze": urlencode(form.query()),
        "mag_meenemen": Rol.COORDINATOR in request.actor.rollen,
    }
    return render(request, template, context)


def _refused(request, form):
    return render(request, "statistiek/overzicht.html", {"form": form}, status=422)


def _rows(picture: beeld.Beeld):
    """Yield a row a figure: the tables first, then what the charts are drawn from."""
    period = picture.periode
    yield _("periode"), period.titel, period.begin.isoformat(), "", "", "", "", ""
    yield _("oproepen"), _("alle oproepen"), picture.aantal, "", "", "", "", ""
    yield _("oproepen"), _("nog open"), picture.nog_open, "", "", "", "", ""
    for blok in (picture.tijden, picture.normen, *picture.overig):
        for regel in blok.regels:
            met = {True: "ja", False: "nee", None: ""}[regel.gehaald]
            yield (
                blok.titel,
                regel.naam,
                regel.waarde,
                regel.aantal,
                regel.doel,
                met,
                regel.definitie,
                regel.bron,
            )
    for diagram in picture.grafieken:
        for staaf in diagram.staven:
            yield diagram.titel, staaf.label, staaf.tekst, "", "", "", "", ""
