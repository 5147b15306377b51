"""Where this kring refers to; the coordinator keeps the list."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.formulierpagina import form_page
from triage import actions
from triage.forms import VerwijsadresForm
from triage.models import Verwijsadres


def verwijsadressen(request):
    """List the addresses, those out of use last."""
    rows = Verwijsadres.objects.filter(kring=request.kring).order_by("-actief", "soort", "naam")
    return render(request, "triage/verwijsadressen.html", {"adressen": rows})


def verwijsadres_nieuw(request):
    return form_page(
        request,
        VerwijsadresForm(_posted(request)),
        save=lambda velden: actions.add_verwijsadres(
            kring_id=request.kring.pk, by=request.actor, **velden
        ),
        titel=_("Verwijsadres toevoegen"),
        terug=_list(request),
        gelukt=_("Het adres is toegevoegd."),
    )


def verwijsadres(request, pk):
    row = get_object_or_404(Verwijsadres, pk=pk, kring=request.kring)
    return form_page(
        request,
        VerwijsadresForm(_posted(request), instance=row),
        save=lambda velden: actions.change_verwijsadres(row, by=request.actor, **velden),
        titel=_("Verwijsadres wijzigen"),
        terug=_list(request),
        gelukt=_("Het adres is gewijzigd."),
    )


def _posted(request):
    return request.POST if request.method == "POST" else None


def _list(request) -> str:
    return reverse("triage:verwijsadressen", kwargs={"kring": request.kring.slug})
