"""What the views of the call share: who acts, the answers, the lines about what was shown."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from kern import logboek
from kern.actor import Actor
from triage import actions, scherm
from triage.models import Oproep
from triage.namens import under_duty
from triage.overgangen import StapGeweigerd


def acting(request) -> Actor:
    """Return who acts, under the dentist on duty; asked of the roster once a request."""
    if not hasattr(request, "onder_dienst"):
        request.onder_dienst = under_duty(request.actor)
    return request.onder_dienst


def get_oproep(pk) -> Oproep:
    return get_object_or_404(Oproep.objects.select_related("patient", "behandelaar"), pk=pk)


def to_call(request, oproep: Oproep, anchor: str = ""):
    url = reverse("triage:oproep", kwargs={"kring": request.kring.slug, "pk": oproep.pk})
    return HttpResponseRedirect(url + anchor)


def whole_page(request, oproep: Oproep, *, status: int = 200, **forms):
    context = scherm.page(oproep, **forms)
    note_shown(request, oproep, "oproep.getoond", oproep.patient_id)
    note_matches(request, oproep, context)
    return render(request, "triage/oproep.html", context, status=status)


def parts(request, template: str, oproep: Oproep, **forms):
    """Return the changed parts for htmx; 200 also with errors, or htmx would not show them."""
    return render(request, f"triage/{template}", scherm.page(oproep, **forms))


def note_shown(request, oproep: Oproep, gebeurtenis: str, patient_id) -> None:
    logboek.note_read(
        gebeurtenis,
        by=acting(request),
        object_soort="oproep",
        object_id=oproep.pk,
        patient_id=patient_id,
    )


def note_matches(request, oproep: Oproep, context: dict) -> None:
    """Note every patient and every earlier call that the left pane shows."""
    for hit in context["treffers"]:
        note_shown(request, oproep, "patient.gevonden", hit["patient"].pk)
    for story in context["eerder"]:
        note_shown(request, story.oproep, "oproep.eerder_getoond", story.oproep.patient_id)


def versie_of(data) -> tuple[int | None, str]:
    """Return the version this window started from; "overschrijven" is a person's own choice."""
    chosen = (data.get("overschrijven") or data.get("overnemen") or "").split()
    typed = (chosen[0] if chosen else data.get("versie") or "")[:9]
    venster = data.get("venster", "")[:32]
    versie = int(typed) if typed.isascii() and typed.isdigit() else None
    return versie, venster if venster.isalnum() else ""


def refused(request, oproep: Oproep, error: StapGeweigerd, **forms):
    """Say why nothing was saved; what was typed stays where it is."""
    if isinstance(error, actions.VersieConflict):
        if form := forms.get("antwoorden"):
            forms["conflict"] = {
                "versie": oproep.versie,
                "keuze": oproep.versie,
                "verschillen": scherm.differences(oproep, form),
                "formulier": "antwoorden",
            }
        elif form := forms.get("patient"):
            forms["conflict"] = scherm.patient_conflict(oproep, form)
    else:
        messages.error(request, str(error))
    if not request.htmx:
        return whole_page(request, oproep, status=409, **forms)
    note_shown(request, oproep, "oproep.getoond", oproep.patient_id)
    response = parts(request, "_conflict.html", oproep, **forms)
    response["HX-Reswap"] = "none"
    return response


def after_step(request, oproep: Oproep, **forms):
    """Show the right pane again after a step; with errors what was typed stays."""
    if request.htmx:
        if forms:
            # Refused: there is no line of an action, and the call is shown all the same.
            note_shown(request, oproep, "oproep.getoond", oproep.patient_id)
        return parts(request, "_na_stap.html", get_oproep(oproep.pk), **forms)
    if forms:
        return whole_page(request, get_oproep(oproep.pk), status=422, **forms)
    return to_call(request, oproep, "#dienst")


def to_board(request, message: str):
    messages.success(request, message)
    url = reverse("triage:bord", kwargs={"kring": request.kring.slug})
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)
