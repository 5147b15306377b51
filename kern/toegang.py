"""The access table: every route and method names who may, on what, and for which purpose.

Each app declares its rows in `<app>/toegang.py` as `REGELS`; `table()` joins them. The middleware
refuses what is not declared, a system check stops the start when a route is missing, the menus
show what the table allows, and the matrix test walks it. `./spoed manage toegangstabel` prints
the whole table for an auditor.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module, util

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.actor import Actor


class Rol(models.TextChoices):
    """The roles of architectuur.md; the first six are given by a membership."""

    TRIAGE = "triagemedewerker", _("triagemedewerker")
    TANDARTS = "tandarts", _("tandarts")
    COORDINATOR = "coordinator", _("coördinator")
    VERTEGENWOORDIGER = "vertegenwoordiger", _("vertegenwoordiger")
    BEHEERDER = "beheerder", _("beheerder")
    FG = "fg", _("functionaris gegevensbescherming")
    OPHALER = "ophaler", _("eigen tandarts (alleen ophalen)")


LID = frozenset(
    {Rol.TRIAGE, Rol.TANDARTS, Rol.COORDINATOR, Rol.VERTEGENWOORDIGER, Rol.BEHEERDER, Rol.FG}
)
"""Every member of the kring, whatever the role."""


class Doel(models.TextChoices):
    """Purpose of use (NEN 7513)."""

    ZORG = "zorgverlening", _("zorgverlening")
    ORGANISATIE = "organisatie", _("organisatie van de dienst")
    BEHEER = "beheer", _("beheer")
    CONTROLE = "controle", _("controle van de toegang")
    RECHTEN = "rechten", _("verzoek van de patiënt")
    AANMELDEN = "aanmelden", _("aanmelden")
    OPENBAAR = "openbaar", _("openbaar")


@dataclass(frozen=True)
class Mag:
    """Who may use one method of one route.

    `rollen` empty and `openbaar` False: anyone who is logged in. `voorwaarde` is an extra test on
    the object, `(request, kwargs) -> bool`; refusing it is a 404, as if the object did not exist.
    `vers`: only within 15 minutes after the second factor was shown (export, rights, factors).
    """

    rollen: frozenset[str] = frozenset()
    doel: str = Doel.ORGANISATIE
    openbaar: bool = False
    voorwaarde: Callable | None = None
    vers: bool = False


@dataclass(frozen=True)
class Menu:
    """A place in the main menu: the lower the rank, the more a role uses it.

    The first `MENU_OPEN` of what somebody may open stand in the bar, the others below "Meer".
    `telt` says how many things wait there for this actor.
    """

    titel: str
    volgorde: int
    toets: str = ""
    telt: Callable[[Actor], int] | None = None


@dataclass(frozen=True)
class Regel:
    """One row of the table: a route (or, with `prefix`, a whole namespace) and its methods.

    `achtergrond`: a page asks this by itself, again and again, so it is no sign of a person; an
    unattended screen would otherwise never log out. `scherm`: the only rows that the session of a
    wall display opens (kern.scherm).
    """

    route: str
    methoden: dict[str, Mag]
    menu: Menu | None = None
    zonder_tweede_factor: bool = False
    prefix: bool = False
    achtergrond: bool = False
    scherm: bool = False
    object: str = field(default="")


def regel(
    route: str,
    *rollen: str | Iterable[str],
    methoden: str = "GET",
    doel: str = Doel.ORGANISATIE,
    object: str = "",
    voorwaarde: Callable | None = None,
    menu: Menu | None = None,
    vers: bool = False,
    achtergrond: bool = False,
    scherm: bool = False,
) -> Regel:
    """Return a row in which each method has the same rule: the usual case."""
    names: set[str] = set()
    for rol in rollen:
        names |= {rol} if isinstance(rol, str) else set(rol)
    mag = Mag(frozenset(names), doel, voorwaarde=voorwaarde, vers=vers)
    return Regel(
        route,
        dict.fromkeys(methoden.split(), mag),
        menu=menu,
        object=object,
        achtergrond=achtergrond,
        scherm=scherm,
    )


def public(
    route: str, *, methoden: str = "GET", doel: str = Doel.OPENBAAR, object: str = ""
) -> Regel:
    """Return a row for a page that needs no login."""
    mag = Mag(doel=doel, openbaar=True)
    return Regel(
        route, dict.fromkeys(methoden.split(), mag), object=object, zonder_tweede_factor=True
    )


@cache
def table() -> tuple[Regel, ...]:
    """Return all rows, in the order of the installed apps."""
    names = [config.name for config in apps.get_app_configs() if config.name != "kern"]
    modules = [f"{name}.toegang" for name in names]
    found = [import_module(module) for module in modules if util.find_spec(module)]
    # Third-party apps may have a module of the same name; ours has REGELS.
    return tuple(row for module in found for row in getattr(module, "REGELS", []))


@cache
def fingerprint() -> str:
    """Return the version of the rules: every line of the log says by which table it was allowed."""
    rules = sorted(
        f"{row.route} {row.prefix} {row.zonder_tweede_factor} {method} {sorted(mag.rollen)} "
        f"{mag.doel} {mag.openbaar} {mag.vers} {getattr(mag.voorwaarde, '__qualname__', '')}"
        for row in table()
        for method, mag in row.methoden.items()
    )
    return hashlib.sha256("\n".join(rules).encode()).hexdigest()[:12]


@cache
def find(view_name: str) -> Regel | None:
    """Return the row of a route by its full name (`triage:bord`)."""
    for row in table():
        if row.route == view_name or (row.prefix and view_name.startswith(f"{row.route}:")):
            return row
    return None


def method_of(request) -> str:
    """Return the method as the table knows it: HEAD is a GET without a body."""
    return "GET" if request.method == "HEAD" else request.method


MENU_OPEN = 5
"""Places in the bar beside "Meer": what fits a laptop of 1024 px for every role."""


def menu_rows(rollen: frozenset[str]) -> list[Regel]:
    """Return the rows with a menu place that these roles may open, in menu order."""
    rows = [
        row
        for row in table()
        if row.menu and "GET" in row.methoden and row.methoden["GET"].rollen & rollen
    ]
    return sorted(rows, key=lambda row: row.menu.volgorde)
