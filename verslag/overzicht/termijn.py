"""The agreed term of feedback (§6.2.4): a hook for the contracts of a spoedpraktijk.

No contract is kept yet, so nothing is late by agreement. The app that keeps them registers itself
in its `apps.py`; this one never imports upwards.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

Bron = Callable[[int], Mapping[UUID, timedelta]]
"""kring_id -> term for each practice (Deelnemer) that has one."""

_bronnen: list[Bron] = []


def register(bron: Bron) -> None:
    """Add a source of agreed terms."""
    _bronnen.append(bron)


def terms_of(kring_id: int) -> dict[str, timedelta]:
    """Return the shortest agreed term of every practice that has one, by its id as text."""
    found: dict[str, timedelta] = {}
    for bron in _bronnen:
        for practice, term in bron(kring_id).items():
            found[str(practice)] = min(term, found.get(str(practice), term))
    return found
