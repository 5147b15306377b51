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
from reglement.views.royement.pagina import (
    address_of,
    agenda_form,
    back_to,
    find,
    posted,
    show_file,
    today_here,
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
    offered = {
        "voorstel": (
            forms.VoorstelForm(request.POST, grond=royement.grond),
            lambda data: acties.propose(royement, **data, by=by),
            _("Het voorstel staat vast. Voeg nu de stukken toe."),
        ),
        "agenda": (
            agenda_form(request, dossier, request.POST),
            lambda data: acties.put_on_agenda(royement, **data, by=by),
            _("Het staat op de agenda. Verstuur daar de oproep."),
        ),
        "hoor": (
            forms.HoorForm(request.POST),
            lambda data: acties.hear(royement, **data, by=by),
            _("Het horen is vastgelegd. Er mag nu worden gestemd."),
        ),
        "uitslag": (
            forms.UitslagForm(request.POST),
            lambda data: acties.tell_result(royement, **data, by=by),
            _("Vastgelegd dat de uitslag is meegedeeld."),
        ),
        "aantoon": (
            forms.AantoonForm(request.POST),
            lambda data: acties.show(royement, **data, by=by),
            _("Vastgelegd. De vergadering komt binnen vier weken (9.2k)."),
        ),
        "hertoelating": (
            forms.HertoelatingForm(request.POST),
            lambda data: acties.ask_readmission(royement, **data, by=by),
            _("Het verzoek is genoteerd. De vergadering komt binnen vier weken (9.2k)."),
        ),
        "verval": (
            forms.VervalForm(request.POST),
            lambda data: acties.lapse(royement, **data, by=by),
            _("De procedure is gestopt."),
        ),
    }
    if doel in offered:
        return with_form(request, royement, f"{doel}_form", *offered[doel])
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
    by = request.actor
    offered = {
        "zienswijze": (
            forms.ZienswijzeForm(request.POST),
            lambda data: acties.react(royement, **data, by=by),
            _("Jouw kant staat in het dossier."),
        ),
        "aantoon": (
            forms.AantoonForm(request.POST),
            lambda data: acties.show(royement, **data, by=by),
            _("De kring weet dat je voldoet. Er komt binnen vier weken een vergadering (9.2k)."),
        ),
        "hertoelating": (
            forms.HertoelatingForm(request.POST),
            lambda data: acties.ask_readmission(royement, **data, by=by),
            _("Je verzoek is binnen. Er komt binnen vier weken een vergadering (9.2k)."),
        ),
    }
    doel = request.POST.get("doel", "")
    if doel not in offered:
        return show_file(request, royement, status=422)
    return with_form(request, royement, f"{doel}_form", *offered[doel])


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
