"""Time-based one-time codes (RFC 6238), as an authenticator app makes them."""

import base64
import hashlib
import hmac
import struct
import time

PERIOD = 30


def totp_code(seed: str, moment: float | None = None) -> str:
    """Return the six digits for this base32 seed at this Unix time."""
    counter = int(time.time() if moment is None else moment) // PERIOD
    digest = hmac.digest(base64.b32decode(seed), struct.pack(">Q", counter), hashlib.sha1)
    offset = digest[-1] & 0x0F
    value = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{value % 1_000_000:06d}"


def seconds_left(moment: float | None = None) -> float:
    """Return how long the current code stays valid."""
    now = time.time() if moment is None else moment
    return PERIOD - now % PERIOD
