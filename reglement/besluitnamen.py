"""The kinds of decision as people read them, and which of them a person may pick by hand."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reglement.besluitvorming import Besluitsoort

NAMEN: dict[str, Promise] = {
    Besluitsoort.VASTSTELLEN: _("reglement vaststellen (art. 10.1a)"),
    Besluitsoort.WIJZIGEN: _("reglement wijzigen (art. 10.1b)"),
    Besluitsoort.VERZORGINGSGEBIED: _("verzorgingsgebied wijzigen (art. 10.1c)"),
    Besluitsoort.BESTUUR: _("bestuur benoemen (art. 10.1d)"),
    Besluitsoort.COORDINATOR: _("coördinator of plaatsvervanger benoemen (art. 10.1e)"),
    Besluitsoort.ROYEMENT: _("royement (art. 10.1f)"),
    Besluitsoort.VOORWAARDELIJK: _("voorwaardelijk royement (art. 10.1f)"),
    Besluitsoort.HERTOELATING: _("opnieuw toelaten (art. 10.1g)"),
    Besluitsoort.TOETS: _("toets van de voorwaarden (art. 9.2j)"),
    Besluitsoort.TOELATING: _("nieuwe deelnemer toelaten (art. 11.5)"),
    Besluitsoort.ROOSTER: _("rooster goedkeuren (art. 4.2)"),
    Besluitsoort.NIET_VOORZIEN: _("zaak die het reglement niet regelt (art. 11.5)"),
    Besluitsoort.OVERIG: _("ander besluit (art. 11.5)"),
}

VRIJ = (
    Besluitsoort.NIET_VOORZIEN,
    Besluitsoort.OVERIG,
    Besluitsoort.BESTUUR,
    Besluitsoort.COORDINATOR,
    Besluitsoort.ROOSTER,
)
"""Kinds that a point may have without a subject of its own; others come from their own page."""


def name_of(soort: str) -> str:
    """Return a kind in words; empty for a point without a decision."""
    return str(NAMEN.get(soort, soort)) if soort else ""
