"""AES-256-GCM for what must be unreadable in the database itself, and the blind index beside it.

Layout of a sealed value: 1 byte key id · 12 bytes nonce · ciphertext with tag. The additional
data bind a value to its place ("table.column|row|kring"), so that a swapped or altered value is a
hard error (`Onleesbaar`), never silent plaintext. Keys are files of 64 hex digits in `SLEUTEL_MAP`,
named by their id (1, 2, …), outside the database and the repository; the highest id seals, all of
them open. A running process sees a key that was added or removed at its next value.

`index` in the same folder is the key of the blind index: a keyed hash that finds an equal value
without opening any (docs/besluiten/0012).
"""

import hashlib
import hmac
import os
import time
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MAX_KEY_ID = 255
INDEX = "index"
_NONCE = 12
_KEY_BYTES = 32
# A file system may give two changes within one tick of its clock the same time.
_SETTLED_NS = 2_000_000_000


class CryptoFout(Exception):
    """A sealed value cannot be opened; nothing of it is shown."""


class Onleesbaar(CryptoFout, InvalidTag):
    """The value was altered, or stands in another row, column or kring than it was sealed for."""

    def __init__(self, place: str) -> None:
        super().__init__(f"Een verzegelde waarde in {_column(place)} opent niet op haar plaats.")


class SleutelOntbreekt(CryptoFout, KeyError):
    """The key that sealed this value is not in `SLEUTEL_MAP`."""

    def __init__(self, key_id: int, place: str) -> None:
        self.key_id = key_id
        super().__init__(
            f"Veldsleutel {key_id} ontbreekt in SPOED_SLEUTELMAP (nodig voor {_column(place)}). "
            "Zet het bestand terug; zie docs/productie.md."
        )

    __str__ = Exception.__str__


def _column(place: str) -> str:
    """Return the table and column of a place; which row it was is nobody's business in a log."""
    return place.partition("|")[0]


def seal(plain: bytes, *, place: str) -> bytes:
    """Return the sealed value, bound to `place`."""
    keys = _keys()
    key_id = max(keys)
    nonce = os.urandom(_NONCE)
    return bytes([key_id]) + nonce + keys[key_id].encrypt(nonce, plain, place.encode())


def unseal(sealed: bytes | memoryview, *, place: str) -> bytes:
    """Return the plain value, or raise `Onleesbaar` or `SleutelOntbreekt`."""
    sealed = bytes(sealed)
    keys = _keys()
    if not sealed:
        raise Onleesbaar(place)
    if sealed[0] not in keys:
        raise SleutelOntbreekt(sealed[0], place)
    nonce, ciphertext = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        return keys[sealed[0]].decrypt(nonce, ciphertext, place.encode())
    except (InvalidTag, ValueError) as error:  # ValueError: cut off inside the nonce
        raise Onleesbaar(place) from error


def blind_index(text: str, *, place: str) -> str:
    """Return a keyed hash: equal texts in the same place are equal, and say nothing else.

    A key of its own: who holds only the database cannot try out a thousand million numbers.
    """
    key = _index_key(*_state(_folder()))
    return hmac.new(key, f"{place}|{text}".encode(), hashlib.sha256).hexdigest()


def key_ids() -> list[int]:
    """Return the ids of the keys that are there, the sealing one last."""
    return sorted(_keys())


def new_key() -> int:
    """Make the next sealing key and return its id; from then on it seals.

    Raises `OSError` where this process may not write, `ImproperlyConfigured` after key 255.
    """
    key_id = max(_keys()) + 1
    if key_id > MAX_KEY_ID:
        raise ImproperlyConfigured(f"Er zijn niet meer dan {MAX_KEY_ID} sleutels mogelijk.")
    path = _folder() / str(key_id)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w") as file:
        file.write(os.urandom(_KEY_BYTES).hex())
        file.flush()
        os.fsync(file.fileno())
    # Whole or not at all, and never over a key that somebody else just put there.
    try:
        os.link(fresh, path)
    finally:
        fresh.unlink()
    return key_id


def check_keys() -> None:
    """Raise `ImproperlyConfigured` with what to do when a key is missing or unusable."""
    _keys()
    _index_key(*_state(_folder()))


def key_files() -> list[Path]:
    """Return the files that must stay secret."""
    return sorted(path for path in _folder().iterdir() if _is_key(path) or path.name == INDEX)


def _folder() -> Path:
    folder: Path = settings.SLEUTEL_MAP
    return folder


def _state(folder: Path) -> tuple[Path, int]:
    """Return the folder and when it last changed; a change of a moment ago is never trusted."""
    try:
        changed = os.stat(folder).st_mtime_ns
    except OSError as error:
        raise ImproperlyConfigured(
            f"De sleutelmap {folder} is er niet. Zie docs/productie.md, Sleutels."
        ) from error
    now = time.time_ns()
    return folder, now if abs(now - changed) < _SETTLED_NS else changed


def _keys() -> dict[int, AESGCM]:
    return _read_keys(*_state(_folder()))


def _is_key(path: Path) -> bool:
    return path.name.isascii() and path.name.isdigit() and 0 < int(path.name) <= MAX_KEY_ID


@lru_cache(maxsize=4)
def _read_keys(folder: Path, changed: int) -> dict[int, AESGCM]:
    """Return the ciphers by key id; raise when there is no usable key."""
    keys = {int(path.name): AESGCM(_read(path)) for path in folder.iterdir() if _is_key(path)}
    if not keys:
        raise ImproperlyConfigured(
            f"Geen sleutelbestand gevonden in {folder}. Zie docs/productie.md, Sleutels."
        )
    return keys


@lru_cache(maxsize=4)
def _index_key(folder: Path, changed: int) -> bytes:
    path = folder / INDEX
    if not path.exists():
        raise ImproperlyConfigured(
            f"De sleutel van de blinde index ontbreekt: maak {path} met 64 hexadecimale cijfers "
            "(openssl rand -hex 32) en bewaar een kopie. Zie docs/productie.md, Sleutels."
        )
    return _read(path)


def _read(path: Path) -> bytes:
    """Return the 32 bytes of a key file."""
    try:
        key = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"Sleutelbestand {path} is niet te lezen.") from error
    if len(key) != _KEY_BYTES:
        raise ImproperlyConfigured(f"Sleutelbestand {path} heeft geen 64 hexadecimale cijfers.")
    return key
