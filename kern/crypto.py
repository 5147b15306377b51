"""AES-256-GCM for the few things that must be unreadable in the database itself.

Layout of a sealed value: 1 byte key id · 12 bytes nonce · ciphertext with tag. The additional
data bind a value to its place ("table.column|row|kring"), so that a swapped or flipped value is
a hard error (`InvalidTag`), never silent plaintext. Keys are files of 64 hex digits in
`SLEUTEL_MAP`, named by their id (1, 2, …), outside the database and the repository; the highest
id seals, all of them open.
"""

import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_NONCE = 12


@lru_cache(maxsize=4)
def _keys(folder: Path) -> dict[int, AESGCM]:
    """Return the ciphers by key id; raise when there is no usable key."""
    keys = {
        int(path.name): AESGCM(bytes.fromhex(path.read_text().strip()))
        for path in folder.iterdir()
        if path.name.isdigit() and 0 < int(path.name) < 256
    }
    if not keys:
        raise ImproperlyConfigured(f"Geen sleutelbestand gevonden in {folder}.")
    return keys


def seal(plain: bytes, *, place: str) -> bytes:
    """Return the sealed value, bound to `place`."""
    keys = _keys(Path(settings.SLEUTEL_MAP))
    key_id = max(keys)
    nonce = os.urandom(_NONCE)
    return bytes([key_id]) + nonce + keys[key_id].encrypt(nonce, plain, place.encode())


def unseal(sealed: bytes | memoryview, *, place: str) -> bytes:
    """Return the plain value; raise `InvalidTag` when it was altered or stood elsewhere."""
    sealed = bytes(sealed)
    cipher = _keys(Path(settings.SLEUTEL_MAP))[sealed[0]]
    return cipher.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], place.encode())
