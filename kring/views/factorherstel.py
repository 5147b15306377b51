"""A lost second factor: the page of who asks, and the page of who decides."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring import factorherstel
from kring.forms import FactorherstelForm
from kring.formulierpagina import form_page
from kring.models import Factorherstel, Gebruiker, Lidmaatschap


def vragen(request, pk):
    """Ask a colleague to wipe the second factor of a member."""
    rows = Lidmaatschap.objects.filter(kring=request.kring, gebruiker_id=pk)
    gebruiker = get_object_or_404(Gebruiker, pk__in=rows.values("gebruiker"))
    return form_page(
        request,
        FactorherstelForm(request.POST or None),
        save=lambda velden: factorherstel.ask(gebruiker, by=request.actor, **velden),
        titel=_("Tweede stap van %s kwijt") % gebruiker.naam,
        terug=_list(request),
        gelukt=_("Gevraagd. Een andere coördinator of beheerder moet het nu beoordelen."),
        template="kring/factorherstel_vragen.html",
        gebruiker=gebruiker,
    )


def besluit(request, pk):
    """Decide about a request; who asked may only take it back."""
    row = get_object_or_404(
        Factorherstel.objects.select_related("gebruiker", "gevraagd_door"),
        pk=pk,
        kring=request.kring,
    )
    faults = []
    if request.method == "POST":
        wipe = request.POST.get("besluit") == "wissen"
        try:
            (factorherstel.approve if wipe else factorherstel.refuse)(row, by=request.actor)
        except ValidationError as refused:
            faults = refused.messages
        else:
            done = _("De tweede stap is gewist.") if wipe else _("Er is niets gewist.")
            messages.success(request, done)
            return redirect(_list(request))
    context = {
        "verzoek": row,
        "fouten": faults,
        "terug": _list(request),
        "eigen": row.gevraagd_door_id == request.user.pk,
        "open": row.status == Factorherstel.Status.OPEN,
    }
    return render(request, "kring/factorherstel.html", context, status=422 if faults else 200)


def _list(request) -> str:
    return reverse("kring:gebruikers", kwargs={"kring": request.kring.slug})
