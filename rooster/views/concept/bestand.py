"""A draft as a file, and a file back into a draft: all of it, or nothing with the reason."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kern import csv
from kring.formulierpagina import form_page
from rooster.actions.concept import fill_concept
from rooster.concept.invoer import read_file, rows_for_csv
from rooster.forms.concept import BestandForm
from rooster.views.concept.lijst import address, draft_of


def bestand(request, concept):
    """The draft as CSV, with names: for a spreadsheet."""
    row = draft_of(request, concept)
    return csv.response(f"{slugify(row.naam)}.csv", *rows_for_csv(row))


def inlezen(request, concept):
    """Put the plan of a file into the places that are not pinned."""
    row = draft_of(request, concept)

    def save(velden: dict):
        bezetting = read_file(row, velden["bestand"])
        aantal = fill_concept(row, bezetting=bezetting, by=request.actor)
        messages.success(request, _("Ingelezen. Gewijzigde plaatsen: %(n)s.") % {"n": aantal})
        return redirect(address(request, row))

    return form_page(
        request,
        BestandForm(request.POST or None, request.FILES or None),
        save=save,
        titel=_("Bestand inlezen"),
        terug=address(request, row),
        template="rooster/concept/inlezen.html",
    )
