"""Template tags of the reglement app."""

from django import template
from django.utils.translation import gettext_lazy as _

from kern.tabbladen import tabs
from reglement.tabbladen import DEELNEMERS, TABBLADEN

register = template.Library()


@register.inclusion_tag("_partials/tabbladen.html", takes_context=True)
def reglement_tabbladen(context):
    """{% reglement_tabbladen %} — the sub-navigation, with what this person may open."""
    return {
        "tabbladen": tabs(context["request"], TABBLADEN),
        "naam": _("Onderdelen van vergaderen"),
    }


@register.inclusion_tag("_partials/tabbladen.html", takes_context=True)
def deelnemer_tabbladen(context):
    """{% deelnemer_tabbladen %} — the parts of taking part."""
    return {"tabbladen": tabs(context["request"], DEELNEMERS), "naam": _("Onderdelen van deelname")}
