"""What the first page shows, offered by the rooms above: kring itself knows nothing of them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse

from kern import toegang


@dataclass(frozen=True)
class Blok:
    """A part of the first page. `context` returns None when this person has no use for it."""

    volgorde: int
    template: str
    context: Callable

    def render(self, request) -> str:
        values = self.context(request)
        return "" if values is None else render_to_string(self.template, values, request)


@dataclass(frozen=True)
class Taak:
    """A thing to do, shown to whoever may open its page according to the access table."""

    volgorde: int
    route: str
    titel: str
    uitleg: str
    icoon: str


_BLOKKEN: list[Blok] = []
_TAKEN: list[Taak] = []


def register(template: str, context: Callable, *, volgorde: int) -> None:
    """Offer a block; called from `AppConfig.ready`."""
    _BLOKKEN.append(Blok(volgorde, template, context))


def register_taak(route: str, titel, uitleg, *, icoon: str, volgorde: int) -> None:
    """Offer a task; called from `AppConfig.ready`."""
    _TAKEN.append(Taak(volgorde, route, titel, uitleg, icoon))


def blocks(request) -> list[str]:
    """Return the rendered blocks for this request, in order."""
    rendered = (blok.render(request) for blok in sorted(_BLOKKEN, key=lambda b: b.volgorde))
    return [html for html in rendered if html]


def tasks(request) -> list[tuple[Taak, str]]:
    """Return the tasks that this person may do here, each with its address."""
    return [
        (taak, reverse(taak.route, kwargs={"kring": request.kring.slug}))
        for taak in sorted(_TAKEN, key=lambda t: t.volgorde)
        if _may_open(request, taak.route)
    ]


def _may_open(request, route: str) -> bool:
    row = toegang.find(route)
    return bool(row and row.methoden["GET"].rollen & request.actor.rollen)
