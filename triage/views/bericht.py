"""The page behind the message: the call in brief, on the telephone of the dentist."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from kern import logboek
from kern.tijd import db_now
from triage import actions
from triage.forms import BevestigForm, DoorgeefForm, EigenBesluitForm
from triage.models import Tandartsbericht
from triage.overgangen import StapGeweigerd, VeldGeweigerd
from triage.scherm import bericht as scherm
from triage.views.basis import note_shown


def bericht(request, bericht):
    """Show the call to the dentist who was asked, or that the message no longer counts."""
    return _page(request, _get(bericht))


def bericht_bevestigen(request, bericht):
    """Note that the dentist takes the call on."""
    row = _get(bericht)
    form = BevestigForm(request.POST)
    if not form.is_valid():
        return _page(request, row, status=422, bevestig=form)
    return _answer(request, row, form, actions.confirm_bericht, naam="bevestig")


def bericht_doorgeven(request, bericht):
    """Hand the call over to another dentist on duty."""
    row = _get(bericht)
    form = DoorgeefForm(request.POST, anderen=scherm.others_on_duty(row, db_now()))
    if not form.is_valid():
        return _page(request, row, status=422, doorgeven=form)
    return _answer(request, row, form, actions.hand_over_bericht, naam="doorgeven")


def bericht_besluit(request, bericht):
    """Note the dentist's own decision."""
    row = _get(bericht)
    form = EigenBesluitForm(request.POST, oproep=row.oproep)
    if not form.is_valid():
        return _page(request, row, status=422, besluit=form)
    return _answer(request, row, form, actions.decide_on_bericht, naam="besluit")


def _get(pk) -> Tandartsbericht:
    return get_object_or_404(
        Tandartsbericht.objects.select_related(
            "kring",
            "tandarts",
            "oproep__kring",
            "oproep__patient",
            "oproep__behandelaar",
            "oproep__protocolversie",
        ),
        pk=pk,
    )


def _answer(request, row: Tandartsbericht, form, action, *, naam: str):
    """Do what the dentist chose; the page then says what stands, or why it was refused."""
    try:
        action(row, **form.cleaned_data, by=request.actor)
    except VeldGeweigerd as error:
        form.add_error(error.veld, str(error))
        return _page(request, _get(row.pk), status=422, **{naam: form})
    except StapGeweigerd as error:
        messages.error(request, str(error))
    url = reverse("triage:bericht", kwargs={"kring": request.kring.slug, "bericht": row.pk})
    return HttpResponseRedirect(url)


def _page(request, row: Tandartsbericht, *, status: int = 200, **forms):
    nu = db_now()
    if row.vervangen_op is not None or row.verloopt_op <= nu:
        # Nothing of the patient on a page that may lie open anywhere.
        return render(request, "triage/bericht_verlopen.html", {"bericht": row}, status=410)
    logboek.note_read("bericht.geopend", by=request.actor, object_soort="bericht", object_id=row.pk)
    note_shown(request, row.oproep, "oproep.getoond", row.oproep.patient_id)
    return render(request, "triage/bericht.html", scherm.page(row, nu, **forms), status=status)
