"""The own account: where one is logged in, and the end of that."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring import aanmeldingen
from kring.actions import switch_shortcuts


def sessies(request):
    """List the own sessions that live; nobody sees those of someone else."""
    context = {
        "sessies": aanmeldingen.sessions_of(request.user),
        "deze": request.session.session_key,
    }
    return render(request, "account/sessies.html", context)


def sessie_einde(request, nummer):
    """End one session of one's own; the one in use ends too, and leads to the login."""
    if not aanmeldingen.end_own_sessions(by=request.actor, nummer=nummer):
        raise Http404
    messages.success(request, _("Die aanmelding is beëindigd."))
    return redirect("sessies")


def sessies_einde(request):
    """End all own sessions but this one."""
    ended = aanmeldingen.end_own_sessions(by=request.actor, behalve=request.session.session_key)
    messages.success(
        request,
        ngettext("%d aanmelding is beëindigd.", "%d aanmeldingen zijn beëindigd.", ended) % ended,
    )
    return redirect("sessies")


def sneltoetsen(request):
    """Show and switch the single keys, for oneself and on every device (WCAG 2.1.4)."""
    if request.method == "POST":
        switch_shortcuts(by=request.actor, uit=request.POST.get("uit") == "ja")
        return redirect("sneltoetsen")
    return render(request, "account/sneltoetsen.html")


def sessie_leeft(request):
    """Tell a page that stood still for a while whether it is still logged in."""
    return HttpResponse(status=204)


def verder(request):
    """Say that one may go back to the tab with the form."""
    return render(request, "account/verder.html")
