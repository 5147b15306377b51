"""A browser that logged in before has its own number of tries (S24).

Tries at a password are counted per account, or a botnet could go on for ever; but then a stranger
could lock somebody out by typing wrong passwords all night. So a browser in which an account
logged in before, second factor included, carries a signed cookie with a number, and its tries
are counted under that number: what strangers do no longer touches it. It opens nothing by itself.
"""

import hashlib
import secrets

from django.conf import settings
from django.core import signing

ZOUT = "kring.bekend"
DAGEN = 180
MENSEN = 8
"""People who share one screen; the one who was there longest ago is forgotten."""


def number_of(request, email: str) -> str:
    """Return the number of this account in this browser, empty when it never logged in here."""
    return _read(request).get(_name(email), "")


def remember(request, response, email: str) -> None:
    """Let the browser carry a number for this account."""
    known = _read(request)
    number = known.pop(_name(email), "") or secrets.token_hex(8)
    known = dict(list(known.items())[1 - MENSEN :]) | {_name(email): number}
    response.set_cookie(
        settings.BEKEND_COOKIE_NAME,
        signing.dumps(known, salt=ZOUT),
        max_age=DAGEN * 24 * 3600,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request) -> dict[str, str]:
    try:
        cookie = request.COOKIES.get(settings.BEKEND_COOKIE_NAME, "")
        return signing.loads(cookie, salt=ZOUT, max_age=DAGEN * 24 * 3600)
    except signing.BadSignature:
        return {}


def _name(email: str) -> str:
    """Return the account without its address: the cookie is signed, not sealed."""
    return hashlib.sha256(f"{ZOUT}|{email.lower()}".encode()).hexdigest()[:16]
