"""Counting duties per practice and dentist, and what a practice would have had (RO-10)."""

from datetime import date

from django.shortcuts import render
from django.utils.translation import gettext as _

from kern import csv, logboek
from kern.tijd import db_now, to_local
from kern.toegang import Rol
from rooster.forms.telling import JaarForm, UitgetredenForm
from rooster.models import Categorie, Dienstplaats
from rooster.telling import rijen as geteld


def telling(request):
    """The duties of one year per practice, and per dentist below it."""
    nu, jaar, jaren = _year(request)
    places = geteld.places_of(request.kring.pk, jaar, nu)
    asked = "deelnemer" in request.GET and Rol.COORDINATOR in request.actor.rollen
    form = UitgetredenForm(request.GET if asked else None, kring=request.kring, jaar=jaar)
    context = {
        "jaar": jaar,
        "jaren": jaren,
        "categorieen": Categorie.labels,
        "praktijken": geteld.per_practice(places),
        "tandartsen": geteld.per_dentist(places),
        "form": form,
    }
    if asked and form.is_valid():
        context["zou"] = _would(form, jaar)
    return render(request, "rooster/telling.html", context, status=422 if form.errors else 200)


def bestand(request):
    """The same per dentist, as a file for the treasurer."""
    nu, jaar, _jaren = _year(request)
    rows = geteld.per_dentist(geteld.places_of(request.kring.pk, jaar, nu))
    logboek.record("telling.uitgevoerd", "E", by=request.actor, kring_id=request.kring.pk)
    kop = [_("jaar"), _("praktijk"), _("tandarts")]
    kop += [f"{c} {rol}" for c in Categorie.labels for rol in Dienstplaats.Rol.labels]
    return csv.response(
        f"telling-{request.kring.slug}-{jaar}.csv",
        [*kop, _("totaal"), _("nog gepland")],
        (
            [
                *(jaar, row.praktijk, row.tandarts),
                *(aantal for _naam, *aantallen in row.cellen for aantal in aantallen),
                *(row.geteld.totaal, row.geteld.gepland),
            ]
            for row in rows
        ),
    )


def _year(request):
    """Return the moment, the year that was asked for, and the years to choose from."""
    nu = db_now()
    jaren = geteld.years_of(request.kring.pk)
    return nu, JaarForm(request.GET, jaren=jaren).year(to_local(nu).date()), jaren


def _would(form: UitgetredenForm, jaar: int) -> dict:
    vanaf, deelnemer = form.cleaned_data["vanaf"], form.cleaned_data["deelnemer"]
    found = geteld.hypothetical(deelnemer, vanaf, date(jaar, 12, 31))
    return {
        "praktijk": deelnemer.naam,
        "vanaf": vanaf,
        "cellen": [(Categorie(categorie).label, found[categorie]) for categorie in found],
        "totaal": sum(found.values()),
    }
