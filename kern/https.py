"""Questions to services outside our walls: over https, in a bounded time, without detours."""

import http.client
import ssl
import urllib.request
from collections.abc import Mapping

from kern import lijn

TIMEOUT = 10
"""Seconds, for every silence and for the whole conversation."""
MEESTE = 1024 * 1024
"""Bytes of an answer that are read; no service of ours needs more."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Make an error of every redirect: following one takes our key to an address of its choice."""

    def redirect_request(self, *args, **kwargs):
        return None


class _Bounded(urllib.request.HTTPSHandler):
    """Make the connection by somebody who breaks it in time."""

    def __init__(self, line: lijn.Lijn, context: ssl.SSLContext | None) -> None:
        super().__init__(context=context)
        self._line, self._judge = line, context

    def https_open(self, req):
        return self.do_open(self._make, req)

    def _make(self, host: str, **kwargs) -> http.client.HTTPSConnection:
        connection = http.client.HTTPSConnection(host, context=self._judge, **kwargs)
        connection._create_connection = self._line.connect  # type: ignore[attr-defined]
        return connection


def ask(
    url: str,
    *,
    data: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    context: ssl.SSLContext | None = None,
    timeout: float | None = None,
) -> bytes:
    """Return the answer; with `data` as a POST. `context` judges the certificate of the server.

    Raises OSError when there is none: as HTTPError with its `code` for a refusal or a redirect.
    """
    if not url.startswith("https://"):
        raise OSError("https only")
    request = urllib.request.Request(url, data=data, headers=dict(headers or {}))  # noqa: S310 (https only)
    timeout = timeout or TIMEOUT
    with lijn.within(timeout) as line:
        opener = urllib.request.build_opener(_NoRedirect, _Bounded(line, context))
        try:
            with opener.open(request, timeout=timeout) as answer:
                content = answer.read(MEESTE)
        except http.client.HTTPException as error:
            # An answer that is none, or half of one.
            raise OSError(type(error).__name__) from error
        if line.is_late:
            raise TimeoutError("the answer did not end")
        return content
