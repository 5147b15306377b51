"""Template tags of the roster."""

from django import template

from rooster.tabbladen import TABBLADEN, tabs

register = template.Library()


@register.inclusion_tag("rooster/_tabbladen.html", takes_context=True)
def rooster_tabbladen(context):
    """{% rooster_tabbladen %} — the sub-navigation, with what this person may open."""
    return {"tabbladen": tabs(context["request"], TABBLADEN)}
