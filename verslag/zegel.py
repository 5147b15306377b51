"""Seal what only the link opens (S30, NTA 7516): AES-256-GCM under a key made from the token.

The token travels in the mail and stands nowhere else; the database keeps its hash. Who holds the
whole database and every key of the server therefore opens no package, and neither can we: a lost
link is made anew from the record, never recovered. The additional data bind each part to its
package (the hash of the token) and to its number in it, so that parts cannot change places.

Layout of a sealed part: 1 byte format · 12 bytes nonce · ciphertext with tag.
"""

import hashlib
import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAAT = 1
_NONCE = 12
_INFO = b"spoeddienst|pakket|1"


class VerkeerdZegel(InvalidTag):
    """This token does not open this part: another link, another place, or altered bytes."""


def new_token() -> str:
    """Return a fresh secret of 256 bits for in a link."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def seal(token: str, plain: bytes, *, deel: int) -> bytes:
    """Return part `deel` of the package that this token opens, sealed."""
    nonce = os.urandom(_NONCE)
    return bytes([FORMAAT]) + nonce + _cipher(token).encrypt(nonce, plain, _place(token, deel))


def unseal(token: str, sealed: bytes | memoryview, *, deel: int) -> bytes:
    """Return the plain part, or raise `VerkeerdZegel`; never half of it."""
    sealed = bytes(sealed)
    if sealed[:1] != bytes([FORMAAT]):
        raise VerkeerdZegel
    nonce, ciphertext = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        return _cipher(token).decrypt(nonce, ciphertext, _place(token, deel))
    except (InvalidTag, ValueError) as error:  # ValueError: cut off inside the nonce
        raise VerkeerdZegel from error


def _cipher(token: str) -> AESGCM:
    # The token has all the entropy itself: no salt, and no slow derivation.
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=_INFO)
    return AESGCM(derive.derive(token.encode()))


def _place(token: str, deel: int) -> bytes:
    return f"{hash_token(token)}|{deel}".encode()
