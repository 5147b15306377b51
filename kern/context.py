"""What every page frame needs: kring, menu, demo banner."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from kern import toegang


def page_frame(request) -> dict:
    """Return the template context of the frame; safe on error pages too."""
    kring = getattr(request, "kring", None)
    return {
        "demo": settings.DEMO,
        "kring": kring,
        "kringen": _own_kringen(request),
        "menu": _menu(request, kring) if kring else [],
    }


def _own_kringen(request) -> list:
    seen = {row.kring_id: row.kring for row in getattr(request, "lidmaatschappen", [])}
    return sorted(seen.values(), key=lambda kring: kring.naam)


def _menu(request, kring) -> list[dict]:
    match = request.resolver_match
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
                "actief": bool(match) and match.view_name == row.route,
                "sneltoets": row.menu.toets,
            }
        )
    return items
