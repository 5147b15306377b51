"""The sub-navigation of an app: an ordered list; the access table says who sees which tab."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise

from kern import toegang


class Tabblad(NamedTuple):
    """A tab: a route that takes the kring and nothing else.

    `zonder` is the route of a tab that it lies below: shown only to who may not open that one.
    """

    route: str
    titel: str | Promise
    zonder: str = ""


def tabs(request, tabbladen: list[Tabblad]) -> list[dict]:
    """Return the tabs that this person may open; the one the page lies below is current.

    Below by its address: /rooster/perioden/<pk>/ belongs to /rooster/perioden/. Of two that
    match, the longer one wins. `plaats` is "page" on the tab's own page, "true" below it.
    """
    shown = []
    for tab in tabbladen:
        if _may_open(request, tab.route) and not _may_open(request, tab.zonder):
            url = reverse(tab.route, kwargs={"kring": request.kring.slug})
            shown.append({"url": url, "titel": tab.titel, "plaats": ""})
    below = [tab for tab in shown if request.path.startswith(tab["url"])]
    if below:
        current = max(below, key=lambda tab: len(tab["url"]))
        current["plaats"] = "page" if current["url"] == request.path else "true"
    return shown


def _may_open(request, route: str) -> bool:
    row = toegang.find(route) if route else None
    return bool(row and "GET" in row.methoden and row.methoden["GET"].rollen & request.actor.rollen)
