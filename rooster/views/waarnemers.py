"""Dentists from outside: the list, the checks, the rules, and the duty they take."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.tijd import db_now
from kern.toegang import Rol
from kring.formulierpagina import form_page
from rooster import actions
from rooster.actions.waarnemer import ALREADY_ADOPTED
from rooster.forms.waarnemer import (
    BigForm,
    ReglementForm,
    WaarnemerForm,
    WaarnemerKeuzeForm,
)
from rooster.models import Dienstplaats, Reglementontvangst, Reglementtekst, Waarnemer
from rooster.ruil.bigregister import Handmatig, bigregister
from rooster.ruil.recht import own_practice
from rooster.ruil.reglementslot import kept_at
from rooster.ruil.waarnemen import current_reglement, objections


def waarnemers(request):
    """The outside dentists: all for the coordinator, those of the own practice for others."""
    rows = Waarnemer.objects.filter(kring=request.kring).select_related("tandarts__deelnemer")
    if Rol.COORDINATOR not in request.actor.rollen:
        rows = rows.filter(tandarts__deelnemer=own_practice(request.actor))
    context = {
        "waarnemers": rows.order_by("tandarts__naam"),
        "reglement": current_reglement(request.kring.pk),
    }
    return render(request, "rooster/ruilen/waarnemers.html", context)


def waarnemer_nieuw(request):
    """Add a dentist from outside."""
    praktijk = None
    if Rol.COORDINATOR not in request.actor.rollen:
        praktijk = own_practice(request.actor)
        if praktijk is None:
            raise PermissionDenied
    return form_page(
        request,
        WaarnemerForm(request.POST or None, kring=request.kring, praktijk=praktijk),
        save=lambda velden: actions.add_waarnemer(
            kring_id=request.kring.pk, by=request.actor, **velden
        ),
        titel=_("Waarnemer toevoegen"),
        terug=_list(request),
        gelukt=_("Toegevoegd. Nu nog het BIG-register en het reglement."),
    )


def waarnemer(request, waarnemer):
    """One outside dentist: what is in order, and what the coordinator notes."""
    row = _waarnemer(request, waarnemer)
    reglement = current_reglement(request.kring.pk)
    by_hand = isinstance(bigregister(), Handmatig)
    what = request.POST.get("doe")
    form = BigForm(request.POST if what == "big" and by_hand else None)
    fouten = []
    if request.method == "POST" and (what != "big" or not by_hand or form.is_valid()):
        try:
            if what == "big":
                actions.check_big(row, by=request.actor, **(form.cleaned_data if by_hand else {}))
            elif what == "papier" and reglement:
                actions.confirm_reglement(row, reglement=reglement, by=request.actor)
            else:
                raise ValidationError(_("Kies wat je wilt vastleggen."))
        except ValidationError as error:
            fouten = error.messages
        else:
            messages.success(request, _("Vastgelegd."))
            return redirect("rooster:waarnemer", kring=request.kring.slug, waarnemer=row.pk)
    context = {
        "waarnemer": row,
        "form": form,
        "handmatig": by_hand,
        "fouten": fouten,
        "bezwaren": objections(row, db_now()),
        "controles": row.bigcontroles.select_related("gedaan_door"),
        "ontvangsten": row.reglementontvangsten.select_related("reglement", "genoteerd_door"),
        "reglement": reglement,
        "bevestigd": Reglementontvangst.objects.filter(waarnemer=row, reglement=reglement).exists(),
    }
    wrong = fouten or form.is_bound
    return render(request, "rooster/ruilen/waarnemer.html", context, status=422 if wrong else 200)


def waarnemer_zetten(request, plaats):
    """Put an outside dentist on a place."""
    rows = Dienstplaats.objects.select_related("dienst", "tandarts__deelnemer", "deelnemer")
    row = get_object_or_404(rows, pk=plaats, kring=request.kring)
    return form_page(
        request,
        WaarnemerKeuzeForm(request.POST or None, kring=request.kring),
        save=lambda velden: actions.place_waarnemer(row, by=request.actor, **velden),
        titel=_("Waarnemer op deze dienst"),
        terug=reverse("rooster:ruilen", kwargs={"kring": request.kring.slug}),
        gelukt=_("De waarnemer staat op de dienst. De coördinator krijgt bericht."),
        template="rooster/ruilen/waarnemer_zetten.html",
        plaats=row,
    )


def reglement(request):
    """The rules that hold now; a waarnemer confirms having read them."""
    row = current_reglement(request.kring.pk)
    own = (
        Waarnemer.objects.filter(kring=request.kring, tandarts__gebruiker_id=request.user.pk)
        .select_related("tandarts")
        .first()
    )
    fouten = []
    if request.method == "POST" and row and own:
        try:
            actions.confirm_reglement(own, reglement=_seen(request, row), by=request.actor)
        except ValidationError as error:
            fouten = error.messages
        else:
            messages.success(request, _("Dank je. Je bevestiging is vastgelegd."))
            return redirect("rooster:reglement", kring=request.kring.slug)
    receipt = Reglementontvangst.objects.filter(waarnemer=own, reglement=row).first()
    context = {
        "reglement": row,
        "eigen": own,
        "ontvangst": receipt,
        "fouten": fouten,
        "elders": _kept_at(request),
    }
    return render(request, "rooster/ruilen/reglement.html", context, status=422 if fouten else 200)


def reglement_nieuw(request):
    """Fix a new version of the rules; the deelnemers do so themselves once they adopted some."""
    last = current_reglement(request.kring.pk)
    if request.method == "GET" and (address := _kept_at(request)):
        context = {"elders": address, "waarom": ALREADY_ADOPTED}
        return render(request, "rooster/ruilen/reglement_elders.html", context)
    return form_page(
        request,
        ReglementForm(request.POST or None, initial={"tekst": last.tekst if last else ""}),
        save=lambda velden: actions.publish_reglement(
            kring_id=request.kring.pk, by=request.actor, **velden
        ),
        titel=_("Nieuwe versie van het reglement"),
        terug=reverse("rooster:reglement", kwargs={"kring": request.kring.slug}),
        gelukt=_("Vastgelegd. Waarnemers bevestigen deze versie opnieuw."),
    )


def _kept_at(request) -> str:
    route = kept_at(request.kring.pk)
    return reverse(route, kwargs={"kring": request.kring.slug}) if route else ""


def _seen(request, current: Reglementtekst) -> Reglementtekst:
    """Return the version that was on the screen when the button was pressed."""
    number = request.POST.get("versie", "")
    if number == str(current.nummer):
        return current
    raise ValidationError(_("Er is een nieuwere versie. Lees die eerst."))


def _waarnemer(request, pk) -> Waarnemer:
    rows = Waarnemer.objects.select_related("tandarts__deelnemer")
    return get_object_or_404(rows, pk=pk, kring=request.kring)


def _list(request) -> str:
    return reverse("rooster:waarnemers", kwargs={"kring": request.kring.slug})
