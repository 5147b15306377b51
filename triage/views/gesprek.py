"""The call screen and its answers."""

import re

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from triage import actions, scherm
from triage.forms import (
    AntwoordenForm,
)
from triage.models import Oproep
from triage.overgangen import StapGeweigerd
from triage.views.basis import (
    acting,
    get_oproep,
    note_matches,
    note_shown,
    parts,
    refused,
    to_call,
    versie_of,
    whole_page,
)

_FORMULIER = re.compile(r"[0-9a-f]{32}")


def nieuw(request):
    """Start a call and go to its screen; the same form again leads to the same call."""
    typed = request.POST.get("formulier", "")
    oproep = actions.start_oproep(
        kring_id=request.kring.pk,
        by=acting(request),
        formulier=typed if _FORMULIER.fullmatch(typed) else "",
    )
    return to_call(request, oproep)


def oproep(request, pk):
    """Show the call screen."""
    oproep = get_oproep(pk)
    context = scherm.page(oproep)
    note_shown(request, oproep, "oproep.getoond", oproep.patient_id)
    note_matches(request, oproep, context)
    return render(request, "triage/oproep.html", context)


def stand(request, pk):
    """Answer the poll of the call screen: the duty, the timers, and whether this window is old."""
    oproep = get_oproep(pk)
    return parts(request, "_stand.html", oproep, conflict=_news_of_others(request, oproep))


def _news_of_others(request, oproep: Oproep) -> dict | None:
    """Tell once that another window saved over what this one shows; its next save would clash."""
    versie, venster = versie_of(request.GET)
    told = request.GET.get("gemeld") == str(oproep.versie)
    if told or not actions.is_outdated(oproep, versie, venster):
        return None
    return {"versie": oproep.versie, "alleen_tonen": True}


def antwoorden(request, pk):
    """Save the valid answers and show what follows from them."""
    oproep = get_oproep(pk)
    form = AntwoordenForm(request.POST)
    versie, venster = versie_of(request.POST)
    part = form.valid_part()
    # Text that was refused must not wipe what was saved before.
    omschrijving = part.get("omschrijving", oproep.omschrijving)
    try:
        actions.save_antwoorden(
            oproep,
            antwoorden=form.answers(),
            omschrijving=omschrijving,
            versie=versie,
            venster=venster,
            by=acting(request),
        )
    except StapGeweigerd as error:
        return refused(request, oproep, error, antwoorden=form, venster=venster)
    if request.htmx:
        return parts(request, "_na_antwoord.html", oproep, antwoorden=form, venster=venster)
    if form.errors:
        return whole_page(request, oproep, status=422, antwoorden=form)
    return to_call(request, oproep, "#vragen")


def weggooien(request, pk):
    """Throw away a call in which nothing was noted: the N was pressed by accident."""
    oproep = get_oproep(pk)
    try:
        actions.discard_oproep(oproep, by=acting(request))
    except StapGeweigerd as error:
        messages.error(request, str(error))
        return to_call(request, oproep)
    messages.success(request, _("Oproep %(nummer)s is weggegooid.") % {"nummer": oproep.nummer})
    return redirect("triage:bord", kring=request.kring.slug)
