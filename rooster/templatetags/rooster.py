"""Template tags of the roster."""

from django import template
from django.utils.translation import gettext_lazy as _

from kern.tabbladen import tabs
from kern.templatetags.componenten import pil
from rooster.tabbladen import KADER, TABBLADEN

register = template.Library()


@register.inclusion_tag("_partials/tabbladen.html", takes_context=True)
def rooster_tabbladen(context):
    """{% rooster_tabbladen %} — the sub-navigation, with what this person may open."""
    return {
        "tabbladen": tabs(context["request"], TABBLADEN),
        "naam": _("Onderdelen van het rooster"),
    }


@register.inclusion_tag("_partials/tabbladen.html", takes_context=True)
def kader_tabbladen(context):
    """{% kader_tabbladen %} — the parts of the frame."""
    return {"tabbladen": tabs(context["request"], KADER), "naam": _("Onderdelen van het kader")}


PLANTAAK = {
    None: ("grijs", _("nog niet gepland")),
    "wacht": ("blauw", _("begint zo")),
    "loopt": ("blauw", _("bezig")),
    "klaar": ("groen", _("klaar")),
    "gestopt": ("amber", _("gestopt")),
    "mislukt": ("rood", _("niet afgekomen")),
}


@register.simple_tag
def plantaak_pil(status):
    """{% plantaak_pil taak.status %} — how the last run of the planner ended."""
    soort, tekst = PLANTAAK[status or None]
    return pil(soort, tekst)
