"""The steps of a file: those of the coordinator, and those of the practice itself."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.formulierpagina import form_page
from reglement.actions import royement as acties
from reglement.forms import royement as forms
from reglement.models import Royement, Royementstap
from reglement.royement import brief, gang, weergave
from reglement.views.royement.aanbod import EIGEN, LEIDER, Stap, today_here
from reglement.views.royement.pagina import (
    address_of,
    back_to,
    find,
    posted,
    show_file,
    unnoted,
    with_form,
)

Soort = Royementstap.Soort


@require_POST
def step(request, royement):
    """Take one step as the coordinator."""
    royement = find(request, royement)
    doel = request.POST.get("doel", "")
    dossier, by = gang.read(royement), request.actor
    if doel in LEIDER:
        return _step_with_form(request, dossier, doel, LEIDER[doel])
    punt = unnoted(dossier)
    without = {
        "oproep": (
            lambda: acties.note_point(punt, by=by) if punt else None,
            _("De aankondiging is genoteerd."),
        ),
        "stemming": (
            lambda: acties.note_vote(royement, by=by),
            _("De uitslag is verwerkt."),
        ),
        "beslissen": (
            lambda: acties.note_k_decision(royement, by=by),
            _("Het besluit van de vergadering is verwerkt. De praktijk krijgt een brief."),
        ),
    }
    if doel not in without:
        return show_file(request, royement, status=422)
    return _without_form(request, royement, *without[doel])


@require_POST
def own_step(request, royement):
    """Take one step as the practice that it is about."""
    royement = find(request, royement)
    doel = request.POST.get("doel", "")
    if doel not in EIGEN:
        return show_file(request, royement, status=422)
    return _step_with_form(request, gang.read(royement), doel, EIGEN[doel])


def _step_with_form(request, dossier: gang.Dossier, doel: str, stap: Stap):
    royement = dossier.royement
    return with_form(
        request,
        royement,
        f"{doel}_form",
        stap.form(dossier, request.POST),
        lambda data: stap.doe(royement, **data, by=request.actor),
        stap.gelukt,
    )


def decide(request, royement):
    """Write the decision with its reasons; on a page of its own, after a fresh proof."""
    royement = find(request, royement)
    dossier = gang.read(royement)
    if not dossier.may(Soort.BESLUITEN):
        messages.error(request, _("Nu is er geen besluit te nemen. Kijk wat er eerst moet."))
        return back_to(request, royement)
    form = forms.BesluitForm(
        posted(request),
        voorwaardelijk=dossier.is_voorwaardelijk,
        termijn=weergave.term_in_words(dossier, today_here()),
    )
    return form_page(
        request,
        form,
        save=lambda data: acties.decide(royement, **data, by=request.actor),
        titel=_("Besluit nemen in dossier %s") % royement.nummer,
        terug=address_of(request, royement),
        gelukt=_("Het besluit is genomen. De brief staat klaar; de praktijk krijgt bericht."),
        template="reglement/royement/besluit.html",
        royement=royement,
        dossier=dossier,
        is_vereniging=brief.is_association(royement),
    )


def _without_form(request, royement: Royement, act, gelukt: str):
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, gelukt)
    return back_to(request, royement)
