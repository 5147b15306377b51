"""Who gets the weekly notice (MR art. 4.2)."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bereikbaarheid import actions
from bereikbaarheid.forms import OntvangerForm
from bereikbaarheid.models import Ontvanger
from kring.formulierpagina import confirm_page, form_page


def ontvangers(request):
    """The list, by kind."""
    rows = Ontvanger.objects.filter(kring=request.kring).order_by("-actief", "soort", "naam")
    return render(request, "bereikbaarheid/ontvangers.html", {"ontvangers": rows})


def nieuw(request):
    return form_page(
        request,
        OntvangerForm(request.POST or None),
        save=lambda velden: actions.add_ontvanger(
            kring_id=request.kring.pk, by=request.actor, **velden
        ),
        titel=_("Ontvanger toevoegen"),
        terug=_list(request),
        gelukt=_("De ontvanger staat op de lijst."),
    )


def ontvanger(request, ontvanger):
    row = get_object_or_404(Ontvanger, pk=ontvanger, kring=request.kring)
    return form_page(
        request,
        OntvangerForm(request.POST or None, instance=row),
        save=lambda velden: actions.change_ontvanger(row, by=request.actor, **velden),
        titel=_("Ontvanger wijzigen"),
        terug=_list(request),
        gelukt=_("De ontvanger is gewijzigd."),
        template="bereikbaarheid/ontvanger.html",
        ontvanger=row,
    )


def weg(request, ontvanger):
    """Take a recipient off the list, after one more question."""
    row = get_object_or_404(Ontvanger, pk=ontvanger, kring=request.kring)
    return confirm_page(
        request,
        act=lambda: actions.remove_ontvanger(row, by=request.actor),
        titel=_("Ontvanger verwijderen"),
        vraag=_("%(naam)s krijgt het weekbericht niet meer. Wat al verstuurd is, blijft staan.")
        % {"naam": row.naam},
        knop=_("Verwijderen"),
        terug=_list(request),
        gelukt=_("De ontvanger is van de lijst."),
    )


def _list(request) -> str:
    return reverse("bereikbaarheid:ontvangers", kwargs={"kring": request.kring.slug})
