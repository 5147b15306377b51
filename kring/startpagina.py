"""Blocks on the first page, offered by the rooms above: kring itself knows nothing of them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string


@dataclass(frozen=True)
class Blok:
    """A part of the first page. `context` returns None when this person has no use for it."""

    volgorde: int
    template: str
    context: Callable

    def render(self, request) -> str:
        values = self.context(request)
        return "" if values is None else render_to_string(self.template, values, request)


_BLOKKEN: list[Blok] = []


def register(template: str, context: Callable, *, volgorde: int) -> None:
    """Offer a block; called from `AppConfig.ready`."""
    _BLOKKEN.append(Blok(volgorde, template, context))


def blocks(request) -> list[str]:
    """Return the rendered blocks for this request, in order."""
    rendered = (blok.render(request) for blok in sorted(_BLOKKEN, key=lambda b: b.volgorde))
    return [html for html in rendered if html]
