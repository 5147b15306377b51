"""What a subject adds to a convocation: what must be there first, and what is written when it left.

A subject registers in `AppConfig.ready`; the action that calls a meeting asks all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kern.actor import Actor
from reglement.models import Vergadering


@dataclass(frozen=True)
class Oproepdeel:
    """`bezwaren` gives a Dutch sentence, with its article, for each thing that is still missing.

    `verstuurd` runs at the end of the transaction of the convocation, when the invitations are
    there; a `ValidationError` of it stops the convocation. `afgelast` runs when that meeting is
    called off after all.
    """

    bezwaren: Callable[[Vergadering], list[str]]
    verstuurd: Callable[[Vergadering, Actor], None]
    afgelast: Callable[[Vergadering], None]


_DELEN: list[Oproepdeel] = []


def register(deel: Oproepdeel) -> None:
    """Have this asked of every convocation; registering twice is once."""
    if deel not in _DELEN:
        _DELEN.append(deel)


def objections(vergadering: Vergadering) -> list[str]:
    """Return everything that a subject on the agenda still lacks."""
    return [zin for deel in _DELEN for zin in deel.bezwaren(vergadering)]


def convoked(vergadering: Vergadering, *, by: Actor) -> None:
    """Let every subject write that the meeting was announced."""
    for deel in _DELEN:
        deel.verstuurd(vergadering, by)


def called_off(vergadering: Vergadering) -> None:
    """Let every subject tell whoever it told of a meeting that it is off."""
    for deel in _DELEN:
        deel.afgelast(vergadering)
