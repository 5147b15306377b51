"""The points of an agenda."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kring.formulierpagina import confirm_page, form_page
from reglement.actions import vergadering as acties
from reglement.actions.vergadering.agenda import subject_of
from reglement.forms.vergadering import PuntForm
from reglement.views.vergadering.delen import meeting_of, page_of, point_of


def new(request, vergadering):
    """Put a point on the agenda."""
    row = meeting_of(request, vergadering)
    return form_page(
        request,
        PuntForm(request.POST or None),
        save=lambda velden: acties.add_point(row, by=request.actor, **velden),
        titel=_("Punt op de agenda"),
        terug=page_of(row),
        gelukt=_("Het punt staat op de agenda."),
    )


def edit(request, agendapunt):
    """Change a point; title and kind of decision of a subject are not for the hand."""
    punt = point_of(request, agendapunt)
    bound = bool(subject_of(punt) or punt.herhaalt_id)
    return form_page(
        request,
        PuntForm(request.POST or None, punt=punt, gebonden=bound),
        save=lambda velden: acties.change_point(
            punt,
            by=request.actor,
            **({"titel": punt.titel, "besluitsoort": punt.besluitsoort} | velden),
        ),
        titel=_("Punt wijzigen"),
        terug=page_of(punt.vergadering),
        gelukt=_("Het punt is gewijzigd."),
    )


def move(request, agendapunt):
    """Change places with the point before or after it."""
    punt = point_of(request, agendapunt)
    try:
        acties.move_point(punt, omhoog=request.POST.get("naar") == "omhoog", by=request.actor)
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    return redirect(page_of(punt.vergadering) + "#agenda")


def remove(request, agendapunt):
    """Take a point off the agenda."""
    punt = point_of(request, agendapunt)
    return confirm_page(
        request,
        act=lambda: acties.remove_point(punt, by=request.actor),
        titel=_("Punt van de agenda halen"),
        vraag=_("‘%s’ gaat van de agenda. De stukken erbij blijven bij de vergadering.")
        % punt.titel,
        knop=_("Van de agenda halen"),
        terug=page_of(punt.vergadering),
        gelukt=_("Het punt is van de agenda."),
    )
