"""The dentist's own pages: whom I owe a report, write it, read it back, sign it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kern import logboek
from kern.tijd import db_now
from triage.models import Oproep
from verslag import actions, kanalen, momentopname
from verslag.forms import TekenForm, VerslagForm
from verslag.kanaalkeuze import Keuze
from verslag.models import Antwoord, Bijlage, Verslag
from verslag.pdf import filename, pdf_of
from verslag.schrijfhulp import aids_of, is_meldcode_due
from verslag.stand import stand_of_overdracht
from verslag.views.bijlage import attachments_of, change_attachments
from verslag.views.ophalen import pdf_response
from verslag.weergave import page_of, preview_of


@require_POST
def make(request, oproep):
    """Start the report of a call, or go on with it."""
    oproep = get_object_or_404(Oproep, pk=oproep)
    try:
        verslag = actions.open_verslag(oproep, by=request.actor)
    except actions.VerslagGeweigerd as error:
        messages.error(request, " ".join(reden.zin for reden in error.redenen))
        return redirect("verslag:mijn", kring=request.kring.slug)
    return _to("bewerk", verslag)


def edit(request, verslag):
    """Write the report; 'verder' also judges whether it is complete."""
    verslag = _get(verslag)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = VerslagForm(*sent, instance=_copy_of(verslag))
    if request.POST.get("doel") == "auto":
        return _autosave(request, verslag, form)
    conflict = False
    if request.method == "POST":
        # One wrong code is no reason to lose the rest: the page that says so may never be used.
        try:
            saved = _save(request, verslag, form)
        except actions.VersieConflict:
            conflict, saved = True, verslag
        saved = change_attachments(request, saved, form, conflict=conflict)
        if form.is_valid() and not conflict:
            return _after_save(request, saved, form)
        form.offer_newest(saved)
    partly = form.is_bound and not conflict
    return _form_page(request, _get(verslag.pk), form, conflict=conflict, partly=partly)


def _save(request, verslag: Verslag, form: VerslagForm) -> Verslag:
    """Save what is well-formed."""
    if form.errors.keys() & {"versie", "venster"}:
        raise actions.VersieConflict
    return actions.save_verslag(
        verslag,
        gegevens=form.gegevens(),
        versie=form.cleaned_data["versie"],
        venster=form.cleaned_data["venster"],
        patient_stand=form.cleaned_data.get("patient_stand"),
        by=request.actor,
    )


def _autosave(request, verslag: Verslag, form: VerslagForm):
    """Save what is well-formed, without anyone pressing; answer one sentence, never interrupt."""
    context = {"behalve": [form[name].label for name in form.errors if name in form.fields]}
    try:
        _save(request, verslag, form)
        context["bewaard_op"] = db_now()
    except actions.VersieConflict:
        context["conflict"] = True
    return render(request, "verslag/_bewaard.html", context)


def _copy_of(verslag: Verslag) -> Verslag:
    """A ModelForm writes into its instance while validating; the saved row must stay itself."""
    return Verslag.objects.with_letterhead().get(pk=verslag.pk)


def _after_save(request, verslag: Verslag, form: VerslagForm):
    if "weg" in request.POST or request.POST.get("doel") == "bijlage":
        # `change_attachments` said what happened.
        return _back_to("bijlagen", verslag)
    if place := _place_of_aid(request.POST):
        return _back_to(place, verslag)
    if request.POST.get("doel") != "teken":
        messages.success(request, _("Het concept is bewaard."))
        return _to("bewerk", verslag)
    oordeel = momentopname.judge(verslag)
    if oordeel.ondertekenen_toegestaan:
        return _to("teken", verslag)
    form.refuse(oordeel.fouten)
    form.offer_newest(verslag)
    return _form_page(request, verslag, form, saved=True)


def _back_to(place: str, verslag: Verslag):
    return redirect(f"{_to('bewerk', verslag).url}#{place}")


def _place_of_aid(data) -> str:
    """Return where on the page a button without JavaScript was pressed; "" for another button."""
    if "gebit_erbij" in data:
        return f"tand-{data['gebit_erbij']}"
    if "gebit_weg" in data:
        return "gebit"
    return f"id_{data['invoegen']}" if "invoegen" in data else ""


def _form_page(
    request, verslag: Verslag, form: VerslagForm, *, conflict=False, saved=False, partly=False
):
    _note_read(request, "verslag.gelezen", verslag.dossier.patient_id, verslag)
    context = {
        "verslag": verslag,
        "form": form,
        "conflict": conflict,
        "bewaard": saved,
        "deels_bewaard": partly,
        "nu_bewaard": preview_of(verslag) if conflict else None,
        "laatste": verslag.versies.last(),
        "bijlagen": attachments_of(verslag),
        **aids_of(verslag, form),
    }
    status = 422 if form.errors or conflict else 200
    return render(request, "verslag/bewerk.html", context, status=status)


def sign(request, verslag):
    """Read the report back and sign it."""
    verslag = _get(verslag)
    last = verslag.versies.last()
    is_correction = last is not None and not momentopname.is_same_text(
        last.inhoud, momentopname.snapshot(verslag)
    )
    stand = actions.stand_of_patient(verslag.dossier.patient)
    form = TekenForm(
        request.POST or None,
        initial={"versie": verslag.versie, "patient_stand": stand},
        is_correction=is_correction,
    )
    if request.method == "POST" and form.is_valid():
        try:
            versie = actions.sign_verslag(
                verslag,
                versie=form.cleaned_data["versie"],
                patient_stand=form.cleaned_data["patient_stand"],
                reden=form.cleaned_data.get("reden", ""),
                by=request.actor,
            )
        except actions.VersieConflict:
            messages.warning(
                request, _("Het verslag is intussen gewijzigd. Lees het opnieuw en onderteken dan.")
            )
            return _to("teken", verslag)
        except actions.VerslagGeweigerd as error:
            messages.error(request, " ".join(reden.zin for reden in error.redenen))
            return _to("bewerk", verslag)
        messages.success(request, _("Versie %s van het verslag is ondertekend.") % versie.nummer)
        return _to("verslag", verslag)
    return _sign_page(request, verslag, form, last, is_correction)


def _sign_page(request, verslag, form, last, is_correction):
    _note_read(request, "verslag.gelezen", verslag.dossier.patient_id, verslag)
    bijlagen = attachments_of(verslag)
    context = {
        "verslag": verslag,
        "form": form,
        "wachtend": [row for row, _small in bijlagen if row.scan == Bijlage.Scan.WACHT],
        "laatste": last,
        "is_correctie": is_correction,
        "oordeel": momentopname.judge(verslag),
        "brief": preview_of(verslag),
        "ontvanger": verslag.dossier.patient.eigen_tandarts,
        "keuze": _channel_of(verslag),
        "bijlagen": bijlagen,
        "meldcode": is_meldcode_due(verslag),
    }
    status = 422 if form.errors else 200
    return render(request, "verslag/teken.html", context, status=status)


def _channel_of(verslag: Verslag) -> Keuze | None:
    """Return how the report would go out, were it signed now."""
    ontvanger = verslag.dossier.patient.eigen_tandarts
    if ontvanger is None:
        return None
    return kanalen.choice_for(ontvanger, verslag.bijlagen.current(), nu=db_now())


def show(request, verslag):
    """Show the signed report, its versions and what became of the handover.

    `?versie=1` shows an older version in the place of the newest.
    """
    verslag = _get(verslag)
    versies = list(
        verslag.versies.order_by("-nummer").prefetch_related(
            "overdrachten__bericht", "overdrachten__overhandiging"
        )
    )
    is_auteur = verslag.auteur.gebruiker_id == request.user.pk
    if not versies:
        if not is_auteur:
            raise Http404
        return _to("bewerk", verslag)
    _note_read(request, "verslag.gelezen", verslag.dossier.patient_id, verslag)
    nu = db_now()
    overdrachten = [
        (versie, overdracht, stand_of_overdracht(overdracht, nu=nu))
        for versie in versies
        for overdracht in versie.overdrachten.all()
    ]
    last = versies[0]
    asked = request.GET.get("versie")
    shown = next((versie for versie in versies if str(versie.nummer) == asked), last)
    patient = verslag.dossier.patient
    context = {
        "verslag": verslag,
        "versies": versies,
        "versie": shown,
        "laatste": last,
        "overdrachten": overdrachten,
        "is_auteur": is_auteur,
        "is_overhandigd": any(
            row.versie_id == last.pk and row.overhandigd_op for _v, row, _s in overdrachten
        ),
        "kan_versturen": patient.eigen_tandarts_id is not None
        and patient.heeft_eigen_tandarts == "ja"
        and not any(
            row.versie_id == last.pk and row.ingetrokken_op is None for _v, row, _s in overdrachten
        ),
        "bijlagen": attachments_of(verslag, shown),
        "antwoorden": Antwoord.objects.filter(overdracht__versie__verslag=verslag).select_related(
            "pakket"
        ),
        **page_of(shown),
    }
    return render(request, "verslag/verslag.html", context)


@require_POST
def pdf(request, verslag, nummer):
    """Give the letter of one version, with the whole BSN; an export, logged as such."""
    verslag = _get(verslag)
    versie = verslag.versies.filter(nummer=nummer).first()
    if versie is None:
        raise Http404
    logboek.record(
        "verslag.pdf",
        "E",
        by=request.actor,
        object_soort="verslagversie",
        object_id=versie.pk,
        patient_id=verslag.dossier.patient_id,
    )
    return pdf_response(pdf_of(versie), filename(versie))


def _get(pk) -> Verslag:
    return get_object_or_404(Verslag.objects.with_letterhead(), pk=pk)


def _to(name: str, verslag: Verslag):
    return redirect(f"verslag:{name}", kring=verslag.kring.slug, verslag=verslag.pk)


def _note_read(request, gebeurtenis: str, patient_id, row) -> None:
    logboek.note_read(
        gebeurtenis,
        by=request.actor,
        object_soort=row._meta.model_name,
        object_id=row.pk,
        patient_id=patient_id,
    )
