"""What must be done before a point may be put to the vote: a room registers its own question."""

from collections.abc import Callable

from reglement.models import Agendapunt

Beletsel = Callable[[Agendapunt], list[str]]
"""Gives a Dutch sentence, with its article, for each thing that is still missing."""

_BELETSELEN: list[Beletsel] = []


def register(beletsel: Beletsel) -> Beletsel:
    """Have this asked of every point before its vote opens; registering twice is once."""
    if beletsel not in _BELETSELEN:
        _BELETSELEN.append(beletsel)
    return beletsel


def objections(agendapunt: Agendapunt) -> list[str]:
    """Return everything that stands in the way of a vote on this point."""
    return [sentence for beletsel in _BELETSELEN for sentence in beletsel(agendapunt)]
