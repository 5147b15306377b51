"""The demo logs people in with one click: it may exist on an embedded loopback instance only."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def is_embedded_loopback() -> bool:
    """Return whether this instance is reachable from this machine only, on its own servers."""
    database = settings.DATABASES["default"]
    host = database["HOST"] or database.get("OPTIONS", {}).get("host", "")
    hosts = {name.strip("[]") for name in settings.ALLOWED_HOSTS}
    return (
        urlsplit(settings.ADRES).hostname in LOOPBACK
        and hosts <= LOOPBACK
        and str(host).startswith("/")
    )


@register(Tags.security)
def check_demo_is_local(app_configs, **kwargs):
    """E010: the demo refuses to start anywhere else."""
    if is_embedded_loopback():
        return []
    return [
        Error(
            "SPOED_DEMO staat aan op een adres of database die niet van de ingebouwde demo is. "
            "Zet SPOED_DEMO uit.",
            id="demo.E010",
        )
    ]
