"""This browser gave the right code: for fifteen minutes, for one package."""

from django.utils import timezone

from verslag.actions.ophalen import CODE_GELDIG
from verslag.models import Pakket

SLEUTEL = "opgehaald"


def mark_opened(request, pakket: Pakket) -> None:
    """Remember it in the session, under a new session key."""
    request.session.cycle_key()
    until = (timezone.now() + CODE_GELDIG).timestamp()
    # A new link is a new package, and asks for a new code.
    request.session[SLEUTEL] = request.session.get(SLEUTEL, {}) | {str(pakket.pk): until}


def is_opened(request, pakket: Pakket) -> bool:
    """Whether this browser may see the report now; the caller checked that the link is alive."""
    until = request.session.get(SLEUTEL, {}).get(str(pakket.pk), 0)
    return timezone.now().timestamp() < until
