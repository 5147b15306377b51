"""Whether the postcodes of the area are fixed by rules that only the deelnemers change (MR 10.1c).

The rooms above know those rules and say so; without any the coordinator fills the area in.
"""

from collections.abc import Callable

Vraag = Callable[[int], bool]
_VRAGEN: list[Vraag] = []


def register(vraag: Vraag) -> None:
    """Offer `vraag(kring_id)`; called from `AppConfig.ready`."""
    _VRAGEN.append(vraag)


def is_fixed(kring_id: int) -> bool:
    """Return whether another area takes a decision of the group."""
    return any(vraag(kring_id) for vraag in _VRAGEN)
