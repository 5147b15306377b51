"""Small numbers: a count of one is a person (decision 0024). Pure.

Whoever helps patients sees every call anyway and gets every figure. For all others, and for
everything that leaves the screen, a cell of a breakdown that is not zero but below the threshold
is withheld. When a single cell is withheld it could be told from the total, so the smallest of
the others goes with it.
"""

from collections.abc import Mapping
from typing import Final, TypeVar

DREMPEL: Final = 5

K = TypeVar("K")


def withhold(cells: Mapping[K, int], *, adds_up: bool = True) -> dict[K, int | None]:
    """Return the cells with None for what is withheld; the keys and their order stay.

    `adds_up`: the cells make up a total that is shown. Zero is no person and stays.
    """
    hidden = {key for key, count in cells.items() if is_too_few(count)}
    if adds_up and len(hidden) == 1:
        others = {key: count for key, count in cells.items() if key not in hidden and count > 0}
        if others:
            hidden.add(min(others, key=lambda key: others[key]))
    return {key: None if key in hidden else count for key, count in cells.items()}


def is_too_few(aantal: int) -> bool:
    """Whether a share or a time over this many calls says too much about one of them."""
    return 0 < aantal < DREMPEL
