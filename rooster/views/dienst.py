"""Who is on duty, the overview of duties, and the forms of one duty."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.tijd import db_now, to_local
from kern.weergave import format_duur, format_moment
from kring.formulierpagina import form_page
from rooster import actions
from rooster.beeld.overzicht import WEKEN, build_overview, count_holes, planned_until, stretch_from
from rooster.forms.dienst import DienstForm, PeriodeForm, RedenForm
from rooster.kader.feestdagen import free_days
from rooster.models import Dienst
from rooster.wacht import card_of, watches

STRAKS = 5


def nu(request):
    """Who is on duty now, and the five duties after this one."""
    moment = db_now()
    diensten = watches(moment, STRAKS + 1, kring_id=request.kring.pk)
    kaart = card_of(moment, diensten)
    komend = [dienst for dienst in diensten if dienst != kaart.nu][:STRAKS]
    return render(request, "rooster/nu.html", {"kaart": kaart, "komend": komend})


def overzicht(request):
    """The duties of eight weeks, with the holes between them."""
    moment = db_now()
    form = PeriodeForm(request.GET)
    day = form.day(to_local(moment).date())
    bereik = stretch_from(day)
    diensten = (
        Dienst.objects.filter(kring=request.kring)
        .overlapping(bereik.begin, bereik.einde)
        .with_places()
    )
    weken = build_overview(diensten, bereik, moment, free_days(bereik, kring_id=request.kring.pk))
    gepland_tot = planned_until(weken)
    context = {
        "weken": weken,
        # After the last duty nothing is planned yet: one fact, not twenty faults.
        "gaten": count_holes(weken, before=gepland_tot),
        "gepland_tot": gepland_tot if gepland_tot and gepland_tot < bereik.einde else None,
        "vanaf": day,
        "tot": day + timedelta(days=7 * WEKEN - 1),
        "vorige": day - timedelta(weeks=WEKEN),
        "volgende": day + timedelta(weeks=WEKEN),
    }
    return render(request, "rooster/overzicht.html", context)


def dienst_nieuw(request):
    """Plan a duty; a hole in the overview fills the times in beforehand."""
    initial = {name: request.GET.get(name, "")[:20] for name in ("begin", "einde")}
    return form_page(
        request,
        DienstForm(request.POST or None, kring=request.kring, initial=initial),
        save=lambda velden: _to_weeks(
            request,
            actions.plan_dienst(kring_id=request.kring.pk, by=request.actor, **velden),
            _("Gepland: %(begin)s tot %(einde)s (%(duur)s)."),
        ),
        titel=_("Dienst plannen"),
        terug=_list(request),
        template="rooster/formulier.html",
    )


def dienst(request, pk):
    """Change a duty."""
    row = get_object_or_404(Dienst.objects.with_places(), pk=pk, kring=request.kring)
    return form_page(
        request,
        DienstForm(request.POST or None, kring=request.kring, dienst=row),
        save=lambda velden: _to_weeks(
            request,
            actions.change_dienst(row, by=request.actor, **velden),
            _("Gewijzigd: %(begin)s tot %(einde)s (%(duur)s)."),
        ),
        titel=_("Dienst wijzigen"),
        terug=_list(request),
        template="rooster/formulier.html",
        dienst=row,
    )


def dienst_verwijderen(request, pk):
    """Take a duty off the roster, with the reason."""
    row = get_object_or_404(Dienst.objects.with_places(), pk=pk, kring=request.kring)
    return form_page(
        request,
        RedenForm(request.POST or None),
        save=lambda velden: actions.remove_dienst(row, by=request.actor, **velden),
        titel=_("Dienst verwijderen"),
        vraag=_("De dienst van %(begin)s tot %(einde)s met %(tandarts)s gaat uit het rooster.")
        % {
            "begin": format_moment(row.begin),
            "einde": format_moment(row.einde),
            "tandarts": row.dienstdoende,
        },
        knop=_("Dienst verwijderen"),
        terug=_list(request),
        gelukt=_("De dienst is uit het rooster."),
        template="rooster/met_reden.html",
    )


def start_block(request) -> dict:
    """Return what the first page of the kring shows of the roster: the duty card."""
    moment = db_now()
    return {"kaart": card_of(moment, watches(moment, 2, kring_id=request.kring.pk))}


def _to_weeks(request, dienst: Dienst, zin: str):
    """Lead to the weeks in which the duty stands, and say when it is and how long it lasts.

    The present eight weeks may not hold it, and the night in which the clock changes is an hour
    longer or shorter than its times suggest.
    """
    values = {
        "begin": format_moment(dienst.begin),
        "einde": format_moment(dienst.einde),
        "duur": format_duur(dienst.einde - dienst.begin),
    }
    messages.success(request, zin % values)
    day = to_local(dienst.begin).date()
    return redirect(f"{_list(request)}?vanaf={day - timedelta(days=day.weekday())}")


def _list(request) -> str:
    return reverse("rooster:overzicht", kwargs={"kring": request.kring.slug})
