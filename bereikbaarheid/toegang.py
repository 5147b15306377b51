"""Access rows of the bereikbaarheid app, and the question they ask of a duty."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kern.toegang import Menu, Regel, Rol, regel
from rooster.models import Dienstplaats

_FORM = "GET POST"
_TEKSTEN = (Rol.COORDINATOR, Rol.TANDARTS, Rol.VERTEGENWOORDIGER)


def _holds_place(request, kwargs: dict[str, UUID]) -> bool:
    return Dienstplaats.objects.filter(
        dienst=kwargs["dienst"], tandarts__gebruiker_id=request.user.pk
    ).exists()


def _beheer(route: str, methoden: str = _FORM, *, object: str) -> Regel:
    return regel(f"bereikbaarheid:{route}", Rol.COORDINATOR, methoden=methoden, object=object)


REGELS = [
    # Triage sees whether the phone was checked: whoever it has to call must pick up.
    regel(
        "bereikbaarheid:overzicht",
        *(Rol.COORDINATOR, Rol.TANDARTS, Rol.TRIAGE),
        object="startcontrole van de dienst van nu en straks",
        menu=Menu(_("Bereikbaarheid"), 35),
    ),
    regel("bereikbaarheid:mijn", Rol.TANDARTS, object="eigen dienst"),
    regel(
        "bereikbaarheid:start",
        Rol.TANDARTS,
        methoden=_FORM,
        voorwaarde=_holds_place,
        object="eigen plaats in de dienst",
    ),
    # For a dentist who is on the phone and not at a screen.
    _beheer("namens", object="startcontrole van een dienst"),
    _beheer("schakels", "GET", object="tussenschakels"),
    _beheer("schakel_kring", object="tussenschakels"),
    _beheer("schakel", object="tussenschakels"),
    # These words stand on every door and on the web.
    regel("bereikbaarheid:teksten", _TEKSTEN, object="aankondigingen"),
    regel("bereikbaarheid:tekst", _TEKSTEN, object="aankondiging"),
    regel("bereikbaarheid:deur", _TEKSTEN, object="aankondiging"),
    _beheer("openingstijden", object="aankondiging"),
    _beheer("sluiting_nieuw", object="sluiting"),
    _beheer("sluiting_weg", "POST", object="sluiting"),
    _beheer("weekbericht", "GET", object="weekberichten"),
    _beheer("versturen", "POST", object="weekbericht"),
    _beheer("bericht", "GET", object="weekbericht"),
    _beheer("opnieuw", "POST", object="bezorging van een weekbericht"),
    _beheer("ontvangers", "GET", object="ontvangers"),
    _beheer("ontvanger_nieuw", object="ontvanger"),
    _beheer("ontvanger", object="ontvanger"),
    _beheer("ontvanger_weg", object="ontvanger"),
    _beheer("instellingen", object="herinneringen en weekbericht"),
]
