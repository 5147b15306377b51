"""Requests: the list with its terms, one request from note to proof, its letter and its files."""

import hashlib

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kern import logboek
from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kring.formulierpagina import form_page
from rechten import actions, brief, lezen, regels, uitvoer
from rechten.forms import (
    BesluitForm,
    GeefForm,
    IdentiteitForm,
    TariefForm,
    VerklaringForm,
    VerlengForm,
    VerzoekForm,
)
from rechten.models import Afgifte, Patientverzoek
from toezicht.forms import ZoekPatientForm
from triage.models import Patient

MAXIMUM = 100
GEVONDEN = 20
Status = Patientverzoek.Status


def overview(request):
    """Show the open requests, the nearest term first; ?alle=ja: every one, newest first."""
    every = request.GET.get("alle") == "ja"
    rows = Patientverzoek.objects.filter(kring=request.kring).select_related("patient")
    if not every:
        rows = rows.filter(status__in=[Status.OPEN, Status.TOEGEWEZEN])
    rows = list(rows.order_by("-ontvangen_op", "-nummer")[: MAXIMUM + 1])
    today = to_local(db_now()).date()
    shown = [(row, lezen.term_of(row)) for row in rows[:MAXIMUM]]
    if not every:
        shown.sort(key=lambda pair: pair[1])
    for row, _term in shown:
        _note(request, "verzoek.in_lijst", row)
    context = {
        "verzoeken": shown,
        "alle": every,
        "meer": len(rows) > MAXIMUM,
        "maximum": MAXIMUM,
        "vandaag": today,
        "binnenkort": today + regels.MELDEN,
        "te_vernietigen": lezen.to_weigh(request.kring.pk, today).count(),
        "tarief": lezen.tarief_of(request.kring.pk),
        "is_coordinator": Rol.COORDINATOR in request.actor.rollen,
    }
    return render(request, "rechten/verzoeken.html", context)


def search(request):
    """Find the patient whom a request is about, by POST: a name belongs in no address."""
    form = ZoekPatientForm(_posted(request))
    found = None
    if request.method == "POST" and form.is_valid():
        found = lezen.search(request.kring, **form.cleaned_data, maximum=GEVONDEN + 1)
        for patient in found[:GEVONDEN]:
            logboek.note_read(
                "verzoek.gevonden",
                by=request.actor,
                object_soort="patient",
                object_id=patient.pk,
                patient_id=patient.pk,
            )
    context = {
        "form": form,
        "patienten": found[:GEVONDEN] if found is not None else None,
        "meer": found is not None and len(found) > GEVONDEN,
        "maximum": GEVONDEN,
    }
    return render(request, "rechten/zoek.html", context, status=422 if form.errors else 200)


def new(request, patient):
    """Note a request about this patient."""
    patient = get_object_or_404(Patient, pk=patient, kring=request.kring)
    return form_page(
        request,
        VerzoekForm(_posted(request)),
        save=lambda velden: _page_of(
            request, actions.note_verzoek(patient=patient, gegevens=velden, by=request.actor)
        ),
        titel=_("Verzoek noteren over %s") % patient,
        terug=reverse("rechten:verzoeken", kwargs={"kring": request.kring.slug}),
        template="rechten/nieuw.html",
        patient=patient,
    )


def _page_of(request, verzoek: Patientverzoek):
    messages.success(request, _("Verzoek %s is genoteerd.") % verzoek.nummer)
    return redirect("rechten:verzoek", kring=request.kring.slug, verzoek=verzoek.pk)


def show(request, verzoek):
    """Show one request with what can be done now."""
    return _show(request, _get(request, verzoek))


def _show(request, verzoek: Patientverzoek, *, status: int = 200, **forms):
    _note(request, "verzoek.bekeken", verzoek)
    is_coordinator = Rol.COORDINATOR in request.actor.rollen
    versies = lezen.newest_versions([verzoek.patient_id]) if verzoek.patient_id else []
    is_given = verzoek.soort == regels.AFSCHRIFT and verzoek.status == Status.AFGEHANDELD
    context = {
        "verzoek": verzoek,
        "term": lezen.term_of(verzoek),
        "vandaag": to_local(db_now()).date(),
        "versies": versies,
        "verklaringen": lezen.statements_of(verzoek),
        "verklaart": verzoek.soort == regels.CORRECTIE and verzoek.status != Status.INGETROKKEN,
        "verklaring_form": VerklaringForm(versies=versies),
        "afgiften": list(verzoek.afgiften.select_related("door")),
        "links": list(lezen.living_links(verzoek)) if is_given else [],
        "vernietiging": verzoek.vernietigingen.order_by("-aangemaakt_op").first(),
        "identiteit_form": IdentiteitForm(),
        "verleng_form": VerlengForm(),
        "besluit_form": BesluitForm(),
        "geef_form": _give_form(verzoek),
        "is_coordinator": is_coordinator,
        "doet": is_coordinator or Rol.TANDARTS in request.actor.rollen,
        "geeft": verzoek.soort in (regels.AFSCHRIFT, regels.INZAGE),
        **forms,
    }
    return render(request, "rechten/verzoek.html", context, status=status)


@require_POST
def step(request, verzoek):
    """Do one step that needs no decision: identity, longer term, proof, close, withdraw."""
    verzoek = _get(request, verzoek)
    doel = request.POST.get("doel")
    by = request.actor
    if doel == "identiteit":
        return _with_form(
            request,
            verzoek,
            "identiteit_form",
            IdentiteitForm(request.POST),
            lambda data: actions.check_identiteit(verzoek, **data, by=by),
            _("De controle is genoteerd."),
        )
    if doel == "verleng":
        return _with_form(
            request,
            verzoek,
            "verleng_form",
            VerlengForm(request.POST),
            lambda data: actions.extend(verzoek, **data, by=by),
            _("De termijn is verlengd. Maak nu de brief en verstuur die."),
        )
    if doel == "geef":
        return _with_form(
            request,
            verzoek,
            "geef_form",
            _give_form(verzoek, request.POST),
            lambda data: _give(verzoek, data, by),
            _("De afgifte is vastgelegd. Het verzoek is afgehandeld."),
        )
    if doel == "verklaring":
        versies = lezen.newest_versions([verzoek.patient_id]) if verzoek.patient_id else []
        return _with_form(
            request,
            verzoek,
            "verklaring_form",
            VerklaringForm(request.POST, versies=versies),
            lambda data: actions.add_statement(verzoek, **data, by=by),
            _("De verklaring is bij het dossier gevoegd."),
        )
    without = {
        "intrekken": (actions.withdraw, _("Het verzoek is ingetrokken.")),
        "afrond": (actions.finish, _("Het verzoek is afgehandeld.")),
        "terugnemen": (
            actions.take_back,
            _("De links werken niet meer. Had een ander er al een geopend? Meld dat als datalek."),
        ),
    }
    if doel not in without:
        return _show(request, verzoek, status=422)
    act, gelukt = without[doel]
    return _without_form(request, verzoek, lambda: act(verzoek, by=by), gelukt)


def _give_form(verzoek: Patientverzoek, posted=None) -> GeefForm:
    return GeefForm(
        posted,
        bedrag_cent=verzoek.bedrag_cent,
        ophalen=verzoek.soort == regels.AFSCHRIFT,
        initial={"uitgereikt_aan": verzoek.aanvrager_naam},
    )


def _give(verzoek: Patientverzoek, data: dict, by) -> None:
    if data["wijze"] == Afgifte.Wijze.OPHALEN:
        actions.give_by_pickup(
            verzoek,
            uitgereikt_aan=data["uitgereikt_aan"],
            email=data["email"],
            telefoon=data["telefoon"],
            by=by,
        )
    else:
        given = {name: data[name] for name in ("wijze", "uitgereikt_aan", "identiteit")}
        actions.give(verzoek, **given, by=by)


@require_POST
def decide(request, verzoek):
    """Grant or refuse."""
    verzoek = _get(request, verzoek)
    return _with_form(
        request,
        verzoek,
        "besluit_form",
        BesluitForm(request.POST),
        lambda data: actions.decide(verzoek, **data, by=request.actor),
        _("Het besluit is vastgelegd. Maak de brief voor de aanvrager."),
    )


def _with_form(request, verzoek: Patientverzoek, naam: str, form, act, gelukt: str):  # noqa: PLR0917
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, gelukt)
            return _back(request, verzoek)
    verzoek = _get(request, verzoek.pk)
    return _show(request, verzoek, status=422, **{naam: form})


def _without_form(request, verzoek: Patientverzoek, act, gelukt: str):
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, gelukt)
    return _back(request, verzoek)


@require_POST
def letter(request, verzoek):
    """Give the letter to the person who asked: the answer, or that it takes longer."""
    verzoek = _get(request, verzoek)
    content = brief.render(request.kring, verzoek, db_now())
    _record(request, "verzoek.brief", verzoek)
    return _download(content, f"brief-verzoek-{verzoek.nummer}.pdf", "application/pdf")


@require_POST
def files(request, verzoek):
    """Give what was asked for, to hand on; the fingerprint stays with the request."""
    verzoek = _get(request, verzoek)
    if verzoek.status != Status.TOEGEWEZEN or verzoek.patient is None:
        messages.error(request, _("Bij dit verzoek is nu niets te maken."))
        return _back(request, verzoek)
    if verzoek.soort == regels.INZAGE:
        bundel = uitvoer.all_of(request.kring, verzoek.patient, nu=db_now())
    else:
        bundel = uitvoer.copy_of(verzoek.patient)
    if not bundel.bestanden:
        messages.error(request, _("Er is geen getekend verslag. Weiger met 'geen gegevens'."))
        return _back(request, verzoek)
    naam, inhoud, soort = bundel.as_download(f"verzoek-{verzoek.nummer}")
    actions.keep_fingerprint(
        verzoek,
        sha256=hashlib.sha256(inhoud).hexdigest(),
        versies=bundel.versies,
        by=request.actor,
    )
    return _download(inhoud, naam, soort)


def fee(request):
    """Set what a further copy costs."""
    cents = lezen.tarief_of(request.kring.pk)
    return form_page(
        request,
        TariefForm(_posted(request), initial={"tarief": f"{cents / 100:.2f}".replace(".", ",")}),
        save=lambda velden: actions.set_fee(
            kring_id=request.kring.pk, tarief_cent=velden["tarief"], by=request.actor
        ),
        titel=_("Vergoeding voor een volgend afschrift"),
        terug=reverse("rechten:verzoeken", kwargs={"kring": request.kring.slug}),
        gelukt=_("De vergoeding is ingesteld."),
    )


def _get(request, pk) -> Patientverzoek:
    rows = Patientverzoek.objects.select_related(
        "patient", "genoteerd_door", "identiteit_door", "besluit_door"
    )
    return get_object_or_404(rows, pk=pk, kring=request.kring)


def _back(request, verzoek: Patientverzoek):
    return redirect("rechten:verzoek", kring=request.kring.slug, verzoek=verzoek.pk)


def _posted(request):
    return request.POST if request.method == "POST" else None


def _download(content: bytes, naam: str, soort: str) -> HttpResponse:
    response = HttpResponse(content, content_type=soort)
    response["Content-Disposition"] = content_disposition_header(True, naam)
    return response


def _note(request, gebeurtenis: str, verzoek: Patientverzoek) -> None:
    logboek.note_read(gebeurtenis, by=request.actor, **_about(verzoek))


def _record(request, gebeurtenis: str, verzoek: Patientverzoek) -> None:
    logboek.record(gebeurtenis, "E", by=request.actor, **_about(verzoek))


def _about(verzoek: Patientverzoek) -> dict:
    return {
        "object_soort": "patientverzoek",
        "object_id": verzoek.pk,
        "patient_id": verzoek.patient_id,
    }
