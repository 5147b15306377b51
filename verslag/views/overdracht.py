"""Send, send again, withdraw: buttons on the page of the report."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verslag import actions
from verslag.models import Antwoord, Overdracht, Verslag


def _back(request, verslag_id):
    return redirect("verslag:verslag", kring=request.kring.slug, verslag=verslag_id)


@require_POST
def send(request, verslag):
    """Send the newest version to the own dentist."""
    verslag = get_object_or_404(Verslag, pk=verslag)
    versie = verslag.versies.last()
    if versie is None:
        return _back(request, verslag.pk)
    try:
        overdracht = actions.send_overdracht(versie, by=request.actor)
    except actions.OverdrachtGeweigerd as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Het verslag gaat naar %s.") % overdracht.naam)
    return _back(request, verslag.pk)


@require_POST
def resend(request, overdracht):
    """Send a new link; the old one stops working."""
    overdracht = _get(overdracht)
    try:
        actions.resend_overdracht(
            overdracht, met_code=request.POST.get("met_code") == "ja", by=request.actor
        )
    except actions.OverdrachtGeweigerd as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Het verslag gaat opnieuw weg. Een oude link werkt niet meer."))
    return _back(request, overdracht.versie.verslag_id)


@require_POST
def withdraw(request, overdracht):
    """Kill the link."""
    overdracht = _get(overdracht)
    if actions.withdraw_overdracht(overdracht, by=request.actor):
        messages.success(request, _("De overdracht is ingetrokken. De link werkt niet meer."))
    elif overdracht.ingetrokken_op is None:
        messages.error(
            request,
            _(
                "Het verslag is al bij de ontvanger, of gaat er op dit moment heen. Intrekken kan "
                "niet meer: bel de praktijk."
            ),
        )
    else:
        messages.info(request, _("De overdracht was al ingetrokken."))
    return _back(request, overdracht.versie.verslag_id)


@require_POST
def reply_read(request, antwoord):
    """Note that the author read what the own dentist wrote back."""
    row = get_object_or_404(
        Antwoord.objects.select_related("overdracht__versie__verslag__dossier"), pk=antwoord
    )
    actions.mark_read(row, by=request.actor)
    return _back(request, row.overdracht.versie.verslag_id)


def _get(pk) -> Overdracht:
    return get_object_or_404(Overdracht.objects.select_related("versie"), pk=pk)
