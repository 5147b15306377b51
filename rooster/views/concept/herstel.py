"""Somebody falls ill: repair a draft or the published roster with the fewest changes."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from kring.formulierpagina import form_page
from rooster.actions.herstel import adopt_repair, changed_places, make_repair, note_absence
from rooster.actions.plantaak import ask_plan
from rooster.concept.uitvoer import assignment_of
from rooster.forms.concept import UitvalForm
from rooster.forms.dienst import RedenForm
from rooster.models import Concept, Plantaak, Roosterperiode
from rooster.views.concept.lijst import address, draft_of, list_address
from rooster.views.concept.rekenen import checked_instance

HERSTELTIJD = 60


def uitval(request, concept):
    """Note who is away in a draft, and let the planner mend it."""
    row = draft_of(request, concept)
    return form_page(
        request,
        UitvalForm(request.POST or None, kring=request.kring),
        save=lambda velden: _repair(request, row, velden),
        titel=_("Iemand valt uit"),
        terug=address(request, row),
    )


def herstellen(request, periode):
    """Lay a draft of the published roster beside it, and mend that one."""
    row = get_object_or_404(Roosterperiode, pk=periode, kring=request.kring)
    if row.status != Roosterperiode.Status.GEPUBLICEERD:
        raise Http404

    def save(velden: dict):
        naam = _("Herstel: %(wie)s") % {"wie": velden["tandarts"].naam[:45]}
        with transaction.atomic():
            concept = make_repair(periode=row, naam=naam, by=request.actor)
            return _repair(request, concept, velden)

    return form_page(
        request,
        UitvalForm(request.POST or None, kring=request.kring),
        save=save,
        titel=_("Iemand valt uit in %(periode)s") % {"periode": row.naam},
        terug=list_address(request),
    )


def _repair(request, concept: Concept, velden: dict):
    with transaction.atomic():
        concept = note_absence(concept, by=request.actor, **velden)
        inhoud = checked_instance(concept) | {"huidig": assignment_of(concept)}
        if vanaf := concept.afwijking.get("vanaf"):
            inhoud["vanaf"] = vanaf
        ask_plan(
            concept,
            instantie=inhoud,
            seconden=HERSTELTIJD,
            soort=Plantaak.Soort.HERSTEL,
            by=request.actor,
        )
    return redirect(address(request, concept))


def overnemen(request, concept):
    """Put what the repair changed on the roster, after showing it once more."""
    row = draft_of(request, concept)
    if not row.afwijking.get("gepubliceerd"):
        raise Http404

    def save(velden: dict):
        aantal = adopt_repair(row, by=request.actor, **velden)
        messages.success(
            request,
            _("Het rooster is hersteld: %(aantal)s diensten gewijzigd.") % {"aantal": aantal},
        )
        return redirect(list_address(request))

    return form_page(
        request,
        RedenForm(request.POST or None),
        save=save,
        titel=_("Overnemen in het rooster"),
        terug=address(request, row),
        template="rooster/concept/overnemen.html",
        anders=changes(row),
    )


def changes(concept: Concept) -> list[dict]:
    """Return what a repair changes, as the page shows it."""
    return [
        {
            "dienst": dienst,
            "rol": plaats.get_rol_display(),
            "was": next((p.tandarts for p in dienst.plaatsen.all() if p.rol == plaats.rol), None),
            "wordt": plaats.tandarts,
            "plaats": plaats,
        }
        for dienst, plaats in changed_places(concept)
    ]
