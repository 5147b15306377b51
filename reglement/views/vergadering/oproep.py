"""The convocation: try it, send it, hear who comes, put it in a calendar, call it off."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kring.formulierpagina import confirm_page, form_page
from kring.models import Deelnemer
from reglement.actions import vergadering as acties
from reglement.besluitnamen import name_of
from reglement.besluitvorming import Zitting
from reglement.forms.vergadering import AfgelastenForm, AntwoordForm, ProefForm
from reglement.oproep import ZONDER_QUORUM
from reglement.vergadering.afspraak import calendar_of
from reglement.vergadering.proef import try_date
from reglement.views.vergadering.delen import meeting_of, page_of


def trial(request):
    """Try a convocation: when at the earliest, how many must come, does a second meeting help."""
    form = ProefForm(request.GET or None)
    context = {"form": form}
    if not form.is_bound or form.is_valid():
        data = form.cleaned_data if form.is_bound else {}
        soorten = data.get("soorten") or []
        # Only points of 9.2k: then the meeting itself has no quorum.
        bare = bool(soorten) and set(soorten) <= {str(soort) for soort in ZONDER_QUORUM}
        proef, kader = try_date(
            request.kring.pk,
            data.get("dag"),
            soorten=soorten,
            zitting=Zitting.ZONDER_QUORUM if bare else Zitting.EERSTE,
            verzonden=data.get("verzonden"),
        )
        context |= {"proef": proef, "kader": kader, "gekozen": [name_of(s) for s in soorten]}
    status = 422 if form.errors else 200
    return render(request, "reglement/vergadering/proef.html", context, status=status)


def send(request, vergadering):
    """Ask once more, then call the deelnemers; a refusal says what can be done instead."""
    row = meeting_of(request, vergadering)
    return confirm_page(
        request,
        act=lambda: acties.convoke(row, by=request.actor),
        titel=_("Deelnemers oproepen"),
        vraag=_(
            "Alle deelnemers krijgen een mail met dag, plaats en agenda. Daarna staat de agenda "
            "vast: er kan niets meer bij of af."
        ),
        knop=_("Oproepen en mailen"),
        terug=page_of(row),
        gelukt=_("De oproep is verstuurd."),
    )


def stop(request, vergadering):
    """Call the meeting off."""
    row = meeting_of(request, vergadering)
    return form_page(
        request,
        AfgelastenForm(request.POST or None),
        save=lambda velden: acties.call_off(row, by=request.actor, **velden),
        titel=_("Vergadering afgelasten"),
        terug=page_of(row),
        gelukt=_("De vergadering is afgelast. Je kunt haar opnieuw plannen, met dezelfde agenda."),
    )


def reply(request, vergadering, deelnemer):
    """Note whether a practice comes."""
    row = meeting_of(request, vergadering)
    praktijk = get_object_or_404(Deelnemer, pk=deelnemer, kring=request.kring)
    form = AntwoordForm(request.POST)
    if form.is_valid():
        try:
            acties.answer(
                row, deelnemer=praktijk, antwoord=form.cleaned_data["antwoord"], by=request.actor
            )
        except ValidationError as refused:
            for sentence in refused.messages:
                messages.error(request, sentence)
        else:
            messages.success(request, _("Dank je, je antwoord is genoteerd."))
    else:
        messages.error(request, _("Kies of je komt."))
    return redirect(page_of(row))


def calendar(request, vergadering):
    """Give the meeting as an appointment; a later copy replaces the one before."""
    row = meeting_of(request, vergadering)
    response = HttpResponse(calendar_of(row), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="vergadering.ics"'
    return response
