"""Questions to services outside our walls: over https, in a bounded time, without detours."""

import urllib.request
from collections.abc import Mapping

TIMEOUT = 10
MEESTE = 1024 * 1024
"""Bytes of an answer that are read; no service of ours needs more."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Make an error of every redirect: following one takes our key to an address of its choice."""

    def redirect_request(self, *args, **kwargs):
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def ask(url: str, *, data: bytes | None = None, headers: Mapping[str, str] | None = None) -> bytes:
    """Return the answer; with `data` as a POST.

    Raises OSError when there is none: as HTTPError with its `code` for a refusal or a redirect.
    """
    if not url.startswith("https://"):
        raise OSError("https only")
    request = urllib.request.Request(url, data=data, headers=dict(headers or {}))  # noqa: S310 (https only)
    with _opener.open(request, timeout=TIMEOUT) as answer:
        return answer.read(MEESTE)
