"""A request that came in half is no request.

Gunicorn hands on what a browser sent before it went away, and Django reads that as the whole form:
every field that did not come would be emptied.
"""

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from django.core.exceptions import BadRequest


class HeleInvoer:
    """The body of a request; `BadRequest` (400) when it ends before its `length` in bytes."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream = stream
        self._left = length

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        return self._checked(self._stream.read(wanted), wanted)

    def readline(self, size: int = -1) -> bytes:
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        line = self._stream.readline(wanted)
        return self._checked(line, len(line) if line.endswith(b"\n") else wanted)

    def _checked(self, data: bytes, wanted: int) -> bytes:
        if len(data) < wanted:
            raise BadRequest("the body of the request ends too early")
        self._left -= len(data)
        return data


def refuse_half(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Return the WSGI application, that meets no body shorter than it was said to be."""

    def whole(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdecimal():
            environ["wsgi.input"] = HeleInvoer(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return whole
