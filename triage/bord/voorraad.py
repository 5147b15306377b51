"""Where finished boards are kept for the next who asks: Valkey, for a minute, under our own seal.

Nothing here is needed. A piece that is gone, late or unreadable is made anew: a dead Valkey costs
time, never a board. What lies there holds names of patients, so it is sealed like a column of the
database, bound to the kringen and the state it was made for; and it is bytes, never a pickle: who
can write in Valkey must not be able to run anything here.
"""

import hashlib
import logging
import time
from functools import cache
from urllib.parse import parse_qs, urlsplit

import redis
from django.conf import settings

from kern import crypto

log = logging.getLogger(__name__)

TTL = 90
"""Seconds; the state changes each minute anyway."""
WACHT = 0.2
"""Seconds that a page waits for Valkey at most."""
STIL = 5.0
"""Seconds without asking after a failure: a frozen Valkey costs one wait, not one for each page."""

_silent_until = 0.0


@cache
def _client() -> redis.Redis:
    address = urlsplit(settings.CELERY_BROKER_URL)
    waits = {"socket_timeout": WACHT, "socket_connect_timeout": WACHT}
    if address.scheme == "redis+socket":
        # As kombu writes it: the path of the socket, and the number of the database behind it.
        number = parse_qs(address.query).get("virtual_host", ["0"])[0].strip("/")
        return redis.Redis(unix_socket_path=address.path, db=int(number), **waits)
    return redis.Redis.from_url(address.geturl(), **waits)


def get(naam: str) -> bytes | None:
    """Return what was kept under this name, or None."""
    sealed = _ask("get", _key(naam))
    if not sealed:
        return None
    try:
        return crypto.unseal(sealed, place=_place(naam))
    except crypto.CryptoFout:
        # Of an older key, or of somebody else's hand: not ours to show.
        return None


def put(naam: str, inhoud: bytes) -> None:
    """Keep it for a minute, if Valkey is there."""
    _ask("set", _key(naam), crypto.seal(inhoud, place=_place(naam)), ex=TTL)


def _place(naam: str) -> str:
    return f"valkey.bord|{naam}"


def _key(naam: str) -> str:
    return f"bord:{hashlib.sha256(naam.encode()).hexdigest()}"


def _ask(command: str, *args, **kwargs):
    global _silent_until  # noqa: PLW0603  a fact about this process
    if not settings.BORD_BEWAREN or time.monotonic() < _silent_until:
        return None
    try:
        return getattr(_client(), command)(*args, **kwargs)
    except redis.RedisError as error:
        _silent_until = time.monotonic() + STIL
        log.warning("No kept boards (%s).", type(error).__name__)
        return None
