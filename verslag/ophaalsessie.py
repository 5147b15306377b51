"""This browser gave the right code: for fifteen minutes, for one handover and one link."""

from django.utils import timezone

from verslag.actions.ophalen import CODE_GELDIG
from verslag.models import Overdracht

SLEUTEL = "opgehaald"


def mark_opened(request, overdracht: Overdracht) -> None:
    """Remember it in the session, under a new session key."""
    request.session.cycle_key()
    until = (timezone.now() + CODE_GELDIG).timestamp()
    # Bound to the token: a new link asks for a new code.
    opened = request.session.get(SLEUTEL, {})
    request.session[SLEUTEL] = opened | {str(overdracht.pk): [overdracht.token_hash, until]}


def is_opened(request, overdracht: Overdracht) -> bool:
    """Whether this browser may see the report now; the caller checked that the link is alive."""
    token_hash, until = request.session.get(SLEUTEL, {}).get(str(overdracht.pk), ["", 0])
    return token_hash == overdracht.token_hash and timezone.now().timestamp() < until
