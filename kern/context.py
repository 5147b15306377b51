"""What every page frame needs: kring, menu, demo banner."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from kern import toegang
from kern.bewijs import is_proved
from kern.models import Hartslag


def page_frame(request) -> dict:
    """Return the template context of the frame; safe on error pages too."""
    kring = getattr(request, "kring", None)
    return {
        "demo": settings.DEMO,
        "kring": kring,
        "kringen": _own_kringen(request),
        "menu": _menu(request, kring) if kring else [],
        "sneltoetsen_uit": getattr(getattr(request, "user", None), "sneltoetsen_uit", False),
        # Lazy: a polled fragment has no frame and pays no query for it.
        "bezorger_stil": SimpleLazyObject(lambda: _sweeper_is_silent(request)),
        "bezorger_vraagt": SimpleLazyObject(lambda: _is_at_work(request)),
    }


def _sweeper_is_silent(request) -> bool:
    """Return whether reports wait because nothing delivers them: everybody at work should know."""
    return _is_at_work(request) and not Hartslag.objects.beats(Hartslag.BEZORGER)


def _is_at_work(request) -> bool:
    """Return whether this is somebody who came all the way in; an error page may lack the rest."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated and is_proved(request.session)


def _own_kringen(request) -> list:
    seen = {row.kring_id: row.kring for row in getattr(request, "lidmaatschappen", [])}
    return sorted(seen.values(), key=lambda kring: kring.naam)


def _menu(request, kring) -> list[dict]:
    """Return the places in the main menu; `plaats` is "page" on its own page, "true" below it."""
    actor = getattr(request, "actor", None)
    items = []
    for row in toegang.menu_rows(actor.rollen if actor else frozenset()):
        try:
            url = reverse(row.route, kwargs={"kring": kring.slug})
        except NoReverseMatch:
            url = reverse(row.route)
        items.append(
            {
                "titel": row.menu.titel,
                "url": url,
                "plaats": "",
                "sneltoets": row.menu.toets,
            }
        )
    below = [item for item in items if request.path.startswith(item["url"])]
    if below:
        # The board is /triage/, searching /triage/zoeken/: the longer address wins.
        current = max(below, key=lambda item: len(item["url"]))
        current["plaats"] = "page" if current["url"] == request.path else "true"
    return items
