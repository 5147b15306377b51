"""The events of the access log in words: what a line means to whoever reads it.

Each app names its events in `<app>/gebeurtenissen.py` as `GEBEURTENISSEN`, from the code of the
event to what somebody did. The tests refuse a line with an event that no app names.
"""

from functools import cache
from importlib import import_module, util

from django.apps import apps

from kern.logketen import OPGERUIMD

GEBEURTENISSEN = {
    "toegang.geweigerd": "pagina geweigerd: de rol ontbreekt",
    "zending.mail": "e-mail verstuurd",
    "zending.nta": "veilige mail verstuurd (NTA 7516)",
    "zending.sms": "sms verstuurd",
    "zending.spraak": "nummer gebeld met een gesproken bericht",
    "zending.opnieuw": "bericht opnieuw klaargezet",
    "zending.ingetrokken": "bericht tegengehouden",
    OPGERUIMD: "regels na de bewaartermijn verwijderd",
}


@cache
def table() -> dict[str, str]:
    """Return all events of the house."""
    names = [config.name for config in apps.get_app_configs()]
    modules = [f"{name}.gebeurtenissen" for name in names]
    found = [import_module(module) for module in modules if util.find_spec(module)]
    return {code: text for module in found for code, text in module.GEBEURTENISSEN.items()}


def words(gebeurtenis: str) -> str:
    """Return an event in words; the code itself for one of a version of long ago."""
    return table().get(gebeurtenis, gebeurtenis)
