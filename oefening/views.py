"""HTTP of the training. Every step is a plain post that leads back to the page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from oefening import actions, scherm
from oefening.forms import KeuzeForm
from oefening.models import Oefenpoging
from triage.forms import AntwoordenForm


def overzicht(request):
    """Show the own results and what can be practised."""
    return render(
        request, "oefening/overzicht.html", scherm.overview(request.kring.pk, request.user.pk)
    )


def begin(request):
    """Begin with the next case, of one table when the button says so."""
    try:
        poging = actions.start_poging(
            kring_id=request.kring.pk, by=request.actor, tabel=request.POST.get("tabel", "")[:20]
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("oefening:overzicht", kring=request.kring.slug)
    return _to(request, poging)


def poging(request, pk):
    """Show the case while it runs, and the result afterwards."""
    return _page(request, _get(pk))


def vraag(request, pk):
    """Keep the complaints and put a question to the caller."""
    row = _get(pk)
    form = AntwoordenForm(request.POST)
    try:
        actions.ask(
            row,
            klachten=form.valid_part().get("klachten", []),
            veld=request.POST.get("vraag", "")[:40],
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return _to(request, row, "#vragen")


def inleveren(request, pk):
    """Hand the decision in, or say what is still to be chosen."""
    row = _get(pk)
    form = KeuzeForm(request.POST)
    if not form.is_valid():
        return _page(request, row, keuze=form, status=422)
    try:
        actions.hand_in(row, keuze=form.keuze(), by=request.actor)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return _to(request, row)


def ploeg(request):
    """Show the coordinator how the team practises: totals per person."""
    context = {"medewerkers": scherm.team(request.kring.pk), "grens": scherm.ZWAK_ONDER}
    return render(request, "oefening/ploeg.html", context)


def _get(pk) -> Oefenpoging:
    return get_object_or_404(Oefenpoging, pk=pk)


def _to(request, row: Oefenpoging, anchor: str = ""):
    url = reverse("oefening:poging", kwargs={"kring": request.kring.slug, "pk": row.pk})
    return HttpResponseRedirect(url + anchor)


def _page(request, row: Oefenpoging, *, keuze: KeuzeForm | None = None, status: int = 200):
    if row.ingeleverd_op is not None:
        return render(request, "oefening/uitslag.html", scherm.result(row))
    return render(request, "oefening/poging.html", scherm.page(row, keuze=keuze), status=status)
