"""Words of the swapping pages."""

from django import template

from rooster.ruil.scherm import shortfall_words

register = template.Library()


@register.filter
def deel_in_woorden(tekort) -> str:
    """{{ aanbod.tekort|deel_in_woorden }} — 2 diensten onder het eigen deel."""
    return shortfall_words(tekort)
