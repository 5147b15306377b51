"""Disputes: who may know of it reads it; every look leaves a line."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kern import logboek
from kern.toegang import Rol
from kring.formulierpagina import form_page
from reglement import geschilgang
from reglement.actions import geschil as actions
from reglement.forms.geschillen import BehandelaarForm, GeschilForm, IntrekForm, StapForm
from reglement.geschillen import is_party, visible
from reglement.models import Geschil


def overview(request):
    """Show the disputes that this person may know of, the open ones first."""
    rows = list(
        visible(request.kring.pk, rollen=request.actor.rollen, deelnemers=_spoken_for(request))
        .select_related("namens", "behandelaar")
        .prefetch_related("partijen__deelnemer")
        .order_by("-nummer")
    )
    for row in rows:
        _note(request, "geschil.in_lijst", row)
    context = {
        "open": [row for row in rows if row.is_open],
        "gesloten": [row for row in rows if not row.is_open],
        "meldt": bool(request.actor.rollen & {Rol.VERTEGENWOORDIGER, Rol.COORDINATOR}),
    }
    return render(request, "reglement/geschillen/geschillen.html", context)


def new(request):
    """Declare a dispute."""
    coordinator = Rol.COORDINATOR in request.actor.rollen
    own = _spoken_for(request)
    form = GeschilForm(
        request.POST if request.method == "POST" else None,
        kring=request.kring,
        # The coördinator notes what came by phone or letter.
        eigen=None if coordinator and not own else own,
    )
    return form_page(
        request,
        form,
        save=lambda velden: _to(
            request, actions.declare(kring_id=request.kring.pk, by=request.actor, **velden)
        ),
        titel=_("Geschil melden"),
        terug=_list(request),
        template="reglement/geschillen/nieuw.html",
    )


def show(request, geschil):
    """Show one dispute with its steps and what can be done now."""
    return _show(request, _get(request, geschil))


def _show(request, geschil: Geschil, *, status: int = 200, **forms):
    _note(request, "geschil.bekeken", geschil)
    party = is_party(geschil, request.user.pk)
    handles = Rol.COORDINATOR in request.actor.rollen and not party
    context = {
        "geschil": geschil,
        "stappen": list(geschil.stappen.select_related("genoteerd_door")),
        "behandelt": handles,
        "is_partij": party and Rol.COORDINATOR in request.actor.rollen,
        "mag_intrekken": geschil.is_open and is_party(geschil, request.user.pk, only_declarer=True),
        "stap_form": StapForm(geschil=geschil),
        "behandelaar_form": BehandelaarForm(
            geschil=geschil, initial={"behandelaar": geschil.behandelaar_id}
        ),
        "intrek_form": IntrekForm(),
        "mag": geschilgang.allowed(geschil.stand),
        **forms,
    }
    return render(request, "reglement/geschillen/geschil.html", context, status=status)


@require_POST
def step(request, geschil):
    """Note a step, or who hears both sides."""
    row = _get(request, geschil)
    if request.POST.get("doel") == "behandelaar":
        form = BehandelaarForm(request.POST, geschil=row)
        return _with_form(
            request,
            row,
            "behandelaar_form",
            form,
            lambda data: actions.assign(row, by=request.actor, **data),
        )
    form = StapForm(request.POST, geschil=row)
    return _with_form(
        request,
        row,
        "stap_form",
        form,
        lambda data: actions.note_step(row, by=request.actor, **data),
    )


@require_POST
def withdraw(request, geschil):
    """Take back what the own practice declared."""
    row = _get(request, geschil)
    return _with_form(
        request,
        row,
        "intrek_form",
        IntrekForm(request.POST),
        lambda data: actions.withdraw(row, by=request.actor, **data),
    )


def _with_form(request, geschil: Geschil, naam: str, form, act):
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Genoteerd."))
            return _to(request, geschil)
    return _show(request, _get(request, geschil.pk), status=422, **{naam: form})


def _get(request, pk) -> Geschil:
    rows = Geschil.objects.select_related("namens", "behandelaar", "gemeld_door")
    return get_object_or_404(
        rows.prefetch_related("partijen__deelnemer"), pk=pk, kring=request.kring
    )


def _to(request, geschil: Geschil):
    return redirect("reglement:geschil", kring=request.kring.slug, geschil=geschil.pk)


def _list(request) -> str:
    return reverse("reglement:geschillen", kwargs={"kring": request.kring.slug})


def _spoken_for(request) -> set:
    return {
        row.deelnemer_id
        for row in request.lidmaatschappen
        if row.rol == Rol.VERTEGENWOORDIGER and row.deelnemer_id
    }


def _note(request, gebeurtenis: str, geschil: Geschil) -> None:
    logboek.note_read(gebeurtenis, by=request.actor, object_soort="geschil", object_id=geschil.pk)
