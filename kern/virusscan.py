"""ClamAV as an optional guard: clamd's own INSTREAM protocol over TCP or a unix socket (S29).

`SPOED_CLAMAV` is `host:port` or the path of a socket; empty means that there is no scanner. Without
an answer that says "clean" nothing is clean: whoever asks keeps the file shut and asks again.
"""

import contextlib
import enum
import socket
import struct
from collections.abc import Iterator

from django.conf import settings

CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 15.0
_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096


class Oordeel(enum.Enum):
    SCHOON = "schoon"
    BESMET = "besmet"


class ScannerZwijgt(Exception):
    """No verdict: not reachable, too slow, or an answer that is none."""


def is_configured() -> bool:
    return bool(settings.CLAMAV)


def scan(content: bytes) -> Oordeel:
    """Return the verdict of clamd, or raise `ScannerZwijgt`."""
    try:
        with contextlib.closing(_connect(settings.CLAMAV)) as connection:
            connection.settimeout(ANSWER_SECONDS)
            # A clamd that heard enough answers and hangs up; its answer is still to be read.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(b"zINSTREAM\0")
                for part in _chunks(content):
                    connection.sendall(part)
            answer = _read_answer(connection)
    except (OSError, ValueError) as error:
        raise ScannerZwijgt(type(error).__name__) from error
    if answer == "stream: OK":
        return Oordeel.SCHOON
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Oordeel.BESMET
    raise ScannerZwijgt("geen oordeel")


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(CONNECT_SECONDS)
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)


def _chunks(content: bytes) -> Iterator[bytes]:
    """Yield each part with its length in front, and the empty part that ends the stream."""
    for start in range(0, len(content), _CHUNK):
        part = content[start : start + _CHUNK]
        yield struct.pack("!I", len(part)) + part
    yield struct.pack("!I", 0)


def _read_answer(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        part = connection.recv(1024)
        if not part:
            break
        answer += part
    # An answer without its end is half an answer.
    return answer[:-1].decode("ascii", "replace") if answer.endswith(b"\0") else ""
