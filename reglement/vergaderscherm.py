"""Panels that other subjects put on the screens of a running meeting: chair and voter.

The screens are asked every few seconds; a panel says in one short text whether it changed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from reglement.models import Agendapunt, Vergadering


@dataclass(frozen=True)
class Deel:
    """A panel. `voorzitter` and `zaal` are the names of its templates, empty where it has none.

    `sleutel(vergadering)` changes whenever the panel would look different (one query at most);
    `zaal_sleutel(request, vergadering)` is that of its piece on the phones, where it changes less
    often: fifty of them ask again and again. `context(request, vergadering, punt)` gives what its
    templates need, in a fixed number of queries; `punt` is the point on the table, None between
    two.
    """

    sleutel: Callable[[Vergadering], str]
    context: Callable[..., dict]
    voorzitter: str = ""
    zaal: str = ""
    zaal_sleutel: Callable[..., str] | None = None


_DELEN: list[Deel] = []


def register(deel: Deel) -> None:
    """Add a panel to the screens (from `AppConfig.ready`)."""
    _DELEN.append(deel)


def key_of(vergadering: Vergadering) -> str:
    """Return the state of all panels as one text."""
    return "|".join(deel.sleutel(vergadering) for deel in _DELEN)


def room_key_of(request, vergadering: Vergadering) -> str:
    """Return the state of all panels on the phone of this person."""
    return "|".join(
        deel.zaal_sleutel(request, vergadering) if deel.zaal_sleutel else deel.sleutel(vergadering)
        for deel in _DELEN
    )


def panels(
    request, vergadering: Vergadering, punt: Agendapunt | None, *, zaal: bool
) -> tuple[list[str], dict]:
    """Return the templates to include and what they need together."""
    templates, context = [], {}
    for deel in _DELEN:
        name = deel.zaal if zaal else deel.voorzitter
        if name:
            templates.append(name)
            context |= deel.context(request, vergadering, punt)
    return templates, context
