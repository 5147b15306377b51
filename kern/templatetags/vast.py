"""Parts of a page that are the same for everybody, drawn once in each process."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def vast(naam: str) -> SafeString:
    """{% vast "_partials/hoofd.html" %} — an include without any context, drawn once.

    Three dozen addresses of styles, scripts and icons cost a tenth of a page otherwise.
    """
    return _drawn(naam)


@cache
def _drawn(naam: str) -> SafeString:
    return render_to_string(naam)
