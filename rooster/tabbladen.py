"""The sub-navigation of the roster: one ordered list; the access table says who sees which tab."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kern import toegang


class Tabblad(NamedTuple):
    """A tab: a route that takes the kring and nothing else."""

    route: str
    titel: str | Promise


# In the order of the screen: first what everybody reads, then what the coordinator arranges.
TABBLADEN = [
    Tabblad("rooster:overzicht", _("Rooster")),
    Tabblad("rooster:maand", _("Maand")),
    Tabblad("rooster:jaar", _("Jaar")),
    Tabblad("rooster:nu", _("Nu")),
    Tabblad("rooster:ruilen", _("Ruilen")),
    Tabblad("rooster:wensen", _("Wensen")),
    Tabblad("rooster:versies", _("Versies")),
    Tabblad("rooster:wijzigingen", _("Wijzigingen")),
    Tabblad("rooster:agenda", _("Agenda")),
    Tabblad("rooster:gebied", _("Gebied")),
    Tabblad("rooster:eerlijk", _("Eerlijk verdeeld")),
    Tabblad("rooster:telling", _("Telling")),
    Tabblad("rooster:concepten", _("Concepten")),
    Tabblad("rooster:perioden", _("Perioden")),
    Tabblad("rooster:kader", _("Kader")),
]

# Below the tab Kader.
KADER = [
    Tabblad("rooster:kader", _("Dienstsoorten en feestdagen")),
    Tabblad("rooster:openingstijden", _("Openingstijden")),
    Tabblad("rooster:inzet", _("Inzet")),
    Tabblad("rooster:vrijstellingen", _("Vrijstellingen")),
    Tabblad("rooster:saldi", _("Saldi")),
]


def tabs(request, tabbladen: list[Tabblad]) -> list[dict]:
    """Return the tabs that this person may open; the one the page lies below is current.

    Below by its address: /rooster/perioden/<pk>/ belongs to /rooster/perioden/. Of two that
    match, the longer one wins. `plaats` is "page" on the tab's own page, "true" below it.
    """
    shown = []
    for tab in tabbladen:
        row = toegang.find(tab.route)
        if row and "GET" in row.methoden and row.methoden["GET"].rollen & request.actor.rollen:
            url = reverse(tab.route, kwargs={"kring": request.kring.slug})
            shown.append({"url": url, "titel": tab.titel, "plaats": ""})
    below = [tab for tab in shown if request.path.startswith(tab["url"])]
    if below:
        current = max(below, key=lambda tab: len(tab["url"]))
        current["plaats"] = "page" if current["url"] == request.path else "true"
    return shown
