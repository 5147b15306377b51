"""Who is really asking: behind the TLS proxy every request comes from the address of the proxy.

The access log (NEN 7513: access point) and every throttle by address read REMOTE_ADDR. Left alone,
the log would name one address for everybody and one attacker would use up the attempts of all.
"""

import ipaddress

from django.conf import settings


class HerkomstMiddleware:
    """Put the address of the visitor in REMOTE_ADDR, as the outermost proxy of our own saw it.

    Each proxy adds the address it was called from at the end of X-Forwarded-For, so with
    `settings.PROXIES` proxies of our own the n-th from the end is true; whatever stands before it
    was typed by the visitor. A request that did not pass a proxy (the health check) keeps its own.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if address := _forwarded(request.META.get("HTTP_X_FORWARDED_FOR", "")):
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)


def _forwarded(header: str) -> str | None:
    """Return the address in the header that may be believed, or None when there is none."""
    parts = header.split(",")
    if not settings.PROXIES or len(parts) < settings.PROXIES:
        return None
    try:
        return str(ipaddress.ip_address(parts[-settings.PROXIES].strip()))
    except ValueError:
        return None
