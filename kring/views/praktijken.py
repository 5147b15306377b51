"""Practices and their dentists, kept by the coordinator."""

from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring import actions
from kring.forms import DeelnemerForm, TandartsForm
from kring.formulierpagina import form_page
from kring.models import Deelnemer, Lidmaatschap, Tandarts


def deelnemers(request):
    """List the practices with their representative and the number of dentists."""
    representatives = (
        Lidmaatschap.objects.exclude(status=Lidmaatschap.Status.BEEINDIGD)
        .filter(rol="vertegenwoordiger")
        .select_related("gebruiker")
    )
    rows = (
        Deelnemer.objects.filter(kring=request.kring)
        .annotate(aantal=Count("tandartsen", filter=Q(tandartsen__actief=True)))
        .prefetch_related(Prefetch("vertegenwoordigers", representatives))
        .order_by("-actief", "naam")
    )
    return render(request, "kring/deelnemers.html", {"deelnemers": rows})


def deelnemer_nieuw(request):
    return form_page(
        request,
        DeelnemerForm(request.POST or None, kring=request.kring),
        save=lambda velden: actions.add_deelnemer(
            kring_id=request.kring.pk, by=request.actor, **velden
        ),
        titel=_("Praktijk toevoegen"),
        terug=_list(request, "deelnemers"),
        gelukt=_("De praktijk is toegevoegd."),
    )


def deelnemer(request, pk):
    row = get_object_or_404(Deelnemer, pk=pk, kring=request.kring)
    return form_page(
        request,
        DeelnemerForm(request.POST or None, instance=row, kring=request.kring),
        save=lambda velden: actions.change_deelnemer(row, by=request.actor, **velden),
        titel=_("Praktijk wijzigen"),
        terug=_list(request, "deelnemers"),
        gelukt=_("De praktijk is gewijzigd."),
    )


def tandartsen(request):
    """List the dentists by practice."""
    rows = (
        Tandarts.objects.filter(kring=request.kring)
        .select_related("deelnemer", "gebruiker")
        .order_by("-actief", "deelnemer__naam", "naam")
    )
    return render(request, "kring/tandartsen.html", {"tandartsen": rows})


def tandarts_nieuw(request):
    return form_page(
        request,
        TandartsForm(request.POST or None, kring=request.kring),
        save=lambda velden: actions.add_tandarts(
            kring_id=request.kring.pk, by=request.actor, **velden
        ),
        titel=_("Tandarts toevoegen"),
        terug=_list(request, "tandartsen"),
        gelukt=_("De tandarts is toegevoegd."),
    )


def tandarts(request, pk):
    row = get_object_or_404(Tandarts, pk=pk, kring=request.kring)
    return form_page(
        request,
        TandartsForm(request.POST or None, instance=row, kring=request.kring),
        save=lambda velden: actions.change_tandarts(row, by=request.actor, **velden),
        titel=_("Tandarts wijzigen"),
        terug=_list(request, "tandartsen"),
        gelukt=_("De tandarts is gewijzigd."),
    )


def _list(request, name: str) -> str:
    return reverse(f"kring:{name}", kwargs={"kring": request.kring.slug})
