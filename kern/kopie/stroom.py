"""The sealed file: AES-256-GCM in chunks (the STREAM construction), so that size is no matter.

    magic (12) · key mark (8) · salt (32) · chunk · chunk · … · last chunk

Each file has its own key, derived from the key file and the salt. The nonce of a chunk is its
number and a flag for the last one; the header is bound to every chunk as additional data. So a
byte that flips, a chunk that moves and a tail that is missing all raise `KopieFout`.
"""

import hmac
import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kern.kopie import KopieFout

MAGIC = b"SPOEDKOPIE\x00\x01"
CHUNK = 1 << 20
TAG = 16
_MARK = 8
_SALT = 32
HEADER = len(MAGIC) + _MARK + _SALT
_LENGTH = struct.Struct(">Q")


def read_key(path: Path) -> bytes:
    """Return the 32 bytes of a key file of 64 hex digits."""
    try:
        key = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError) as error:
        raise KopieFout(
            f"Geen leesbare sleutel voor de reservekopie in {path}.", kort="geen leesbare sleutel"
        ) from error
    if len(key) != 32:
        raise KopieFout(
            f"De sleutel in {path} is geen 64 hexadecimale tekens.", kort="geen leesbare sleutel"
        )
    return key


def _derive(key: bytes, *, salt: bytes, info: bytes, length: int = 32) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(key)


def _mark(key: bytes) -> bytes:
    """Return a public mark of the key, so that a wrong key is told apart from damage."""
    return _derive(key, salt=b"", info=MAGIC + b"merk", length=_MARK)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def encrypt(blocks: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """Yield the sealed file of these blocks.

    The last chunk follows only when `blocks` ended without an exception: a copy that was cut off
    while it was made can never be taken for a whole one.
    """
    salt = os.urandom(_SALT)
    header = MAGIC + _mark(key) + salt
    cipher = AESGCM(_derive(key, salt=salt, info=MAGIC))
    yield header
    number = 0
    rest = bytearray()
    for block in blocks:
        rest += block
        # Keep at least one byte back: only the end tells which chunk is the last.
        while len(rest) > CHUNK:
            yield cipher.encrypt(_nonce(number, last=False), bytes(rest[:CHUNK]), header)
            del rest[:CHUNK]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(rest), header)


def decrypt(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    """Yield the plain chunks; whoever stops before the end has not seen a whole copy."""
    header = source.read(HEADER)
    if len(header) != HEADER or not header.startswith(MAGIC):
        raise KopieFout("Dit bestand is geen reservekopie van Spoeddienst, of het begin is weg.")
    if not hmac.compare_digest(header[len(MAGIC) : len(MAGIC) + _MARK], _mark(key)):
        raise KopieFout("Deze reservekopie is met een andere sleutel gemaakt, of beschadigd.")
    cipher = AESGCM(_derive(key, salt=header[-_SALT:], info=MAGIC))
    number = 0
    chunk = source.read(CHUNK + TAG)
    while True:
        following = source.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), chunk, header)
        except InvalidTag as error:
            raise KopieFout(
                f"De reservekopie is beschadigd of afgebroken (blok {number + 1})."
            ) from error
        if not following:
            return
        chunk = following
        number += 1


def pack(manifest: bytes, dump: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the plain content of a copy: the manifest, then the dump."""
    yield _LENGTH.pack(len(manifest)) + manifest
    yield from dump


def unpack(plain: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Return the manifest and the blocks of the dump."""
    begin = bytearray()
    size = _LENGTH.size
    for block in plain:
        begin += block
        if len(begin) >= _LENGTH.size:
            size = _LENGTH.size + _LENGTH.unpack_from(begin)[0]
        if len(begin) >= size:
            return bytes(begin[_LENGTH.size : size]), _chain(bytes(begin[size:]), plain)
    raise KopieFout("De reservekopie heeft geen manifest.")


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
