"""Work of other rooms that the sweeper does in its round, next to delivering the outbox."""

import logging
from collections.abc import Callable

from django.db import Error

log = logging.getLogger(__name__)
_works: list[Callable[[], object]] = []


def register(work: Callable[[], object]) -> None:
    """Add work to every round (about a second); it must be quick when there is nothing to do."""
    _works.append(work)


def run() -> None:
    """Do all of it once; what goes wrong in one room is no reason to stop the deliveries."""
    for work in _works:
        try:
            work()
        except Error:
            raise
        except Exception:
            log.exception("Work of the round failed.")
