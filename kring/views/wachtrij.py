"""The operator's page: the queue, and the two things a person can do to a message in it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kern import bezorging
from kern.models import Zending
from kring import wachtrij


def show(request):
    """Show what waits, what is on its way and what was given up."""
    return render(request, "kring/wachtrij.html", {"rij": wachtrij.queue_of(request.kring.pk)})


@require_POST
def again(request, pk):
    """Let a message be tried now."""
    if bezorging.requeue(_get(request, pk), by=request.actor):
        messages.success(request, _("Het bericht wordt nu opnieuw geprobeerd."))
    else:
        messages.info(request, _("Dit bericht is al weg, of het is nu onderweg."))
    return redirect("kring:wachtrij", kring=request.kring.slug)


@require_POST
def stop(request, pk):
    """Hold a message back for good."""
    if bezorging.stop(_get(request, pk), by=request.actor):
        messages.success(
            request, _("Het bericht is tegengehouden. Wie erop wacht, krijgt een taak.")
        )
    else:
        messages.info(request, _("Dit bericht is al weg, of het is nu onderweg."))
    return redirect("kring:wachtrij", kring=request.kring.slug)


def _get(request, pk) -> Zending:
    return get_object_or_404(Zending.objects.defer("inhoud"), pk=pk, kring=request.kring)
