"""Where the rules of a kring are kept once the deelnemers adopted them (MR 10.1).

The rooms above keep those and hand each version down (`publish_reglement`); until then the
coordinator may type a text here.
"""

from collections.abc import Callable

Vraag = Callable[[int], str]
_VRAGEN: list[Vraag] = []


def register(vraag: Vraag) -> None:
    """Offer `vraag(kring_id)`: the route of the page of the rules, "" without adopted rules."""
    _VRAGEN.append(vraag)


def kept_at(kring_id: int) -> str:
    """Return the route of the page where the adopted rules are changed, "" when there are none."""
    return next((route for vraag in _VRAGEN if (route := vraag(kring_id))), "")
