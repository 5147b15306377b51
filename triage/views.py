"""HTTP of the triage app: the board and the call screen.

Every form works as a plain post that leads back to the page; htmx asks for the changed parts only.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from kern import logboek
from kern.actor import Actor
from kring.actions import add_eigen_tandarts
from triage import actions, scherm
from triage.bord import read_board, read_key
from triage.forms import (
    AfbreekForm,
    AfrondenForm,
    AntwoordenForm,
    BesluitForm,
    ContactpogingForm,
    EigenTandartsForm,
    PatientForm,
)
from triage.models import Oproep, Patient
from triage.namens import under_duty
from triage.overgangen import StapGeweigerd


def _by(request) -> Actor:
    """Return who acts, under the dentist on duty; asked of the roster once a request."""
    if not hasattr(request, "onder_dienst"):
        request.onder_dienst = under_duty(request.actor)
    return request.onder_dienst


# --- the board


def bord(request):
    """Show the open calls; each shown patient gets a line in the access log."""
    return _board(request, "triage/bord.html", seen_at=None)


def bord_fragment(request):
    """Answer a poll: 304 when nothing changed, else the board; only newly shown patients count."""
    user_id = request.user.pk
    tag = request.headers.get("If-None-Match", "")
    key = read_key()
    if tag and key.matches(tag, user_id):
        return HttpResponseNotModified()
    seen_at = key.seen_at(tag, user_id) if tag else None
    return _board(request, "triage/_bord.html", seen_at=seen_at, key=key)


def _board(request, template: str, *, seen_at, key=None):
    key = key or read_key()
    board = read_board(key.nu, kring_slug=request.kring.slug)
    for rij in board.rijen:
        if rij.patient_id and (seen_at is None or rij.gewijzigd_op > seen_at):
            logboek.note_read(
                "bord.getoond",
                by=_by(request),
                object_soort="oproep",
                object_id=rij.id,
                patient_id=rij.patient_id,
            )
    context = {"bord": board, "nu": board.nu, "etag": key.etag(request.user.pk)}
    return render(request, template, context)


def nieuw(request):
    """Start a call and go to its screen."""
    oproep = actions.start_oproep(kring_id=request.kring.pk, by=_by(request))
    return _to_call(request, oproep)


# --- the call screen


def _get(pk) -> Oproep:
    return get_object_or_404(Oproep.objects.select_related("patient", "behandelaar"), pk=pk)


def _to_call(request, oproep: Oproep, anchor: str = ""):
    url = reverse("triage:oproep", kwargs={"kring": request.kring.slug, "pk": oproep.pk})
    return HttpResponseRedirect(url + anchor)


def _page(request, oproep: Oproep, *, status: int = 200, **forms):
    _note_shown(request, oproep, "oproep.getoond", oproep.patient_id)
    return render(request, "triage/oproep.html", scherm.page(oproep, **forms), status=status)


def _parts(request, template: str, oproep: Oproep, **forms):
    """Return the changed parts for htmx; 200 also with errors, or htmx would not show them."""
    return render(request, f"triage/{template}", scherm.page(oproep, **forms))


def _note_shown(request, oproep: Oproep, gebeurtenis: str, patient_id) -> None:
    logboek.note_read(
        gebeurtenis,
        by=_by(request),
        object_soort="oproep",
        object_id=oproep.pk,
        patient_id=patient_id,
    )


def _note_matches(request, oproep: Oproep, context: dict) -> None:
    for hit in context["treffers"]:
        _note_shown(request, oproep, "patient.gevonden", hit["patient"].pk)


def oproep(request, pk):
    """Show the call screen."""
    oproep = _get(pk)
    context = scherm.page(oproep)
    _note_shown(request, oproep, "oproep.getoond", oproep.patient_id)
    _note_matches(request, oproep, context)
    return render(request, "triage/oproep.html", context)


def stand(request, pk):
    """Answer the poll of the call screen: the duty, the timers, and whether this window is old."""
    oproep = _get(pk)
    return _parts(request, "_stand.html", oproep, conflict=_news_of_others(request, oproep))


def _news_of_others(request, oproep: Oproep) -> dict | None:
    """Tell once that another window saved over what this one shows; its next save would clash."""
    versie, venster = _versie(request.GET)
    told = request.GET.get("gemeld") == str(oproep.versie)
    if told or not actions.is_outdated(oproep, versie, venster):
        return None
    return {"versie": oproep.versie, "alleen_tonen": True}


def _versie(data) -> tuple[int | None, str]:
    """Return the version this window started from; "overschrijven" is a person's own choice."""
    typed = (data.get("overschrijven") or data.get("versie") or "")[:9]
    venster = data.get("venster", "")[:32]
    versie = int(typed) if typed.isascii() and typed.isdigit() else None
    return versie, venster if venster.isalnum() else ""


def antwoorden(request, pk):
    """Save the valid answers and show what follows from them."""
    oproep = _get(pk)
    form = AntwoordenForm(request.POST)
    versie, venster = _versie(request.POST)
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
            by=_by(request),
        )
    except StapGeweigerd as error:
        return _refused(request, oproep, error, antwoorden=form, venster=venster)
    if request.htmx:
        return _parts(request, "_na_antwoord.html", oproep, antwoorden=form, venster=venster)
    if form.errors:
        return _page(request, oproep, status=422, antwoorden=form)
    return _to_call(request, oproep, "#vragen")


def _refused(request, oproep: Oproep, error: StapGeweigerd, **forms):
    """Say why nothing was saved; what was typed stays where it is."""
    if isinstance(error, actions.VersieConflict):
        form = forms.get("antwoorden")
        forms["conflict"] = {
            "versie": oproep.versie,
            "verschillen": scherm.differences(oproep, form) if form else [],
            "formulier": "antwoorden" if form else "patient",
        }
    else:
        messages.error(request, str(error))
    if not request.htmx:
        return _page(request, oproep, status=409, **forms)
    _note_shown(request, oproep, "oproep.getoond", oproep.patient_id)
    response = _parts(request, "_conflict.html", oproep, **forms)
    response["HX-Reswap"] = "none"
    return response


def patient(request, pk):
    """Save the valid fields of the patient; the rest keeps its text and gets its sentence."""
    oproep = _get(pk)
    form = PatientForm(request.POST, instance=oproep.patient)
    versie, venster = _versie(request.POST)
    try:
        if _has_news(oproep, changes := form.changes()):
            actions.save_patient(
                oproep, gegevens=changes, versie=versie, venster=venster, by=_by(request)
            )
    except StapGeweigerd as error:
        return _refused(request, oproep, error, patient=form, venster=venster)
    if request.htmx:
        context = scherm.page(oproep, patient=form, venster=venster)
        _note_matches(request, oproep, context)
        return render(request, "triage/_na_patient.html", context)
    if form.errors:
        return _page(request, oproep, status=422, patient=form)
    return _to_call(request, oproep, "#wie")


def _has_news(oproep: Oproep, changes: dict) -> bool:
    """Whether anything differs from what is stored; an empty form makes no patient."""
    stored = oproep.patient or Patient()
    return any(value != getattr(stored, name) for name, value in changes.items())


def bsn_tonen(request, pk):
    """Show the whole BSN once, because somebody asked for it; each time is a line in the log."""
    oproep = _get(pk)
    logboek.record(
        "bsn.getoond",
        "R",
        by=request.actor,
        object_soort="oproep",
        object_id=oproep.pk,
        patient_id=oproep.patient_id,
    )
    context = {"bsn_voluit": oproep.patient.bsn, "bsn_gevraagd": True}
    if request.htmx:
        return render(request, "bsn_voluit.html", context)
    context |= scherm.page(oproep)
    _note_shown(request, oproep, "oproep.getoond", oproep.patient_id)
    _note_matches(request, oproep, context)
    return render(request, "triage/oproep.html", context)


def patient_kies(request, pk):
    """Tie an earlier patient to this call, or an empty new one: a person chooses, always."""
    oproep = _get(pk)
    chosen = request.POST.get("patient", "")
    try:
        patient = (
            get_object_or_404(Patient, pk=chosen) if chosen else Patient(kring_id=oproep.kring_id)
        )
    except ValidationError:
        messages.error(request, _("Deze patiënt is niet gevonden."))
        return _to_call(request, oproep, "#wie")
    try:
        actions.save_patient(oproep, patient=patient, by=_by(request))
    except StapGeweigerd as error:
        messages.error(request, str(error))
    return _to_call(request, oproep, "#wie")


def eigen_tandarts(request, pk):
    """Add an own dentist to the address book and tie them to the patient."""
    oproep = _get(pk)
    form = EigenTandartsForm(request.POST, prefix="et")
    if form.is_valid():
        try:
            dentist = add_eigen_tandarts(
                kring_id=oproep.kring_id, by=_by(request), **form.cleaned_data
            )
            actions.save_patient(
                oproep,
                gegevens={"eigen_tandarts": dentist, "heeft_eigen_tandarts": "ja"},
                by=_by(request),
            )
        except ValidationError as error:
            form.add_error(None, error)
        except StapGeweigerd as error:
            form.add_error(None, str(error))
        else:
            return _to_call(request, oproep, "#wie")
    return _page(request, oproep, status=422, eigen_tandarts=form)


# --- the dentist and the end


def _after_step(request, oproep: Oproep, **forms):
    """Show the right pane again after a step; with errors what was typed stays."""
    if request.htmx:
        if forms:
            # Refused: there is no line of an action, and the call is shown all the same.
            _note_shown(request, oproep, "oproep.getoond", oproep.patient_id)
        return _parts(request, "_na_stap.html", _get(oproep.pk), **forms)
    if forms:
        return _page(request, _get(oproep.pk), status=422, **forms)
    return _to_call(request, oproep, "#dienst")


def contactpoging(request, pk):
    """Note one attempt to reach the dentist."""
    oproep = _get(pk)
    form = ContactpogingForm(request.POST)
    if not form.is_valid():
        return _after_step(
            request, oproep, redenen=[_("Kies wie je belde en wat het resultaat was.")]
        )
    try:
        actions.log_contactpoging(oproep, **form.cleaned_data, by=_by(request))
    except StapGeweigerd as error:
        return _after_step(request, oproep, redenen=[str(error)])
    return _after_step(request, oproep)


def besluit(request, pk):
    """Note what the dentist decided; "komt langs" makes the appointment too."""
    oproep = _get(pk)
    form = BesluitForm(request.POST)
    if not form.is_valid():
        return _after_step(request, oproep, besluit=form)
    try:
        _save_decision(oproep, form.cleaned_data, by=_by(request))
    except StapGeweigerd as error:
        form.add_error(None, str(error))
        return _after_step(request, oproep, besluit=form)
    return _after_step(request, oproep)


@transaction.atomic
def _save_decision(oproep: Oproep, data: dict, *, by: Actor) -> None:
    """Decision and appointment stand or fall together: they are one form."""
    actions.record_besluit(oproep, besluit=data["besluit"], toelichting=data["toelichting"], by=by)
    if data["besluit"] == Oproep.Besluit.ZIEN:
        actions.make_afspraak(
            oproep, moment=data["moment"], betaling_gemeld=data["betaling_gemeld"], by=by
        )


def afronden(request, pk):
    """Close the telephone call, or say what is still missing."""
    oproep = _get(pk)
    form = AfrondenForm(request.POST)
    if not form.is_valid():
        return _after_step(request, oproep, afronden=form)
    try:
        actions.close_oproep(oproep, **form.cleaned_data, by=_by(request))
    except actions.AfrondenGeweigerd as error:
        return _after_step(request, oproep, afronden=form, redenen=error.redenen)
    except StapGeweigerd as error:
        return _after_step(request, oproep, afronden=form, redenen=[str(error)])
    return _to_board(request, _("Oproep %(nummer)s is afgerond.") % {"nummer": oproep.nummer})


def _to_board(request, message: str):
    messages.success(request, message)
    url = reverse("triage:bord", kwargs={"kring": request.kring.slug})
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)


def afbreken(request, pk):
    """Close a call that ended halfway: the caller hung up, or would not say who it is."""
    oproep = _get(pk)
    form = AfbreekForm(request.POST)
    if not form.is_valid():
        wrong = [text for texts in form.errors.values() for text in texts]
        return _after_step(request, oproep, afbreken=form, redenen=wrong)
    data = form.cleaned_data
    try:
        actions.abort_oproep(
            oproep,
            reden=data["afbreekreden"],
            toelichting=data["afbreek_toelichting"],
            tandarts=data["afbreek_tandarts"],
            by=_by(request),
        )
    except actions.AfrondenGeweigerd as error:
        return _after_step(request, oproep, afbreken=form, redenen=error.redenen)
    except StapGeweigerd as error:
        return _after_step(request, oproep, afbreken=form, redenen=[str(error)])
    text = _("Oproep %(nummer)s is afgesloten als afgebroken.") % {"nummer": oproep.nummer}
    return _to_board(request, text)


def weggooien(request, pk):
    """Throw away a call in which nothing was noted: the N was pressed by accident."""
    oproep = _get(pk)
    try:
        actions.discard_oproep(oproep, by=_by(request))
    except StapGeweigerd as error:
        messages.error(request, str(error))
        return _to_call(request, oproep)
    messages.success(request, _("Oproep %(nummer)s is weggegooid.") % {"nummer": oproep.nummer})
    return redirect("triage:bord", kring=request.kring.slug)
