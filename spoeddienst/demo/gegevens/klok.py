"""Let the real actions play in the past, while the demo is loaded.

The actions ask the database clock themselves and log lines and signed versions cannot be changed
afterwards, so a history cannot be dated later. Instead the clock itself is set, for as long as
the loading takes and only in this process. Log lines keep the real moment: they are true.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from kern import outbox, tijd


class Klok:
    """The clock of the play: stands where it was put, and moves only when told."""

    def __init__(self, nu: datetime):
        self.nu = nu
        self.moment = nu

    def __call__(self) -> datetime:
        return self.moment

    def zet(self, moment: datetime) -> None:
        self.moment = min(moment, self.nu)

    def verder(self, **duur: float) -> None:
        self.zet(self.moment + timedelta(**duur))


@contextmanager
def playing(klok: Klok) -> Iterator[None]:
    """Give the actions this clock, and keep their hints from the worker.

    A demo is loaded before the worker runs: thirty letters would be made at once just when
    someone opens the first page. Mails that wait are found by the sweeper; letters are made when
    they are opened.
    """
    restore = [*_replace(tijd.db_now, klok), *_replace(outbox.hint_worker, _no_hint)]
    try:
        yield
    finally:
        for module, name, original in restore:
            setattr(module, name, original)


def _no_hint(*args) -> None:
    return None


def _replace(original: Callable, stand_in: Callable) -> list[tuple]:
    """Replace a function in every module that imported it by name."""
    name = original.__name__
    found = [
        (module, name, original)
        for module in list(sys.modules.values())
        if getattr(module, "__dict__", {}).get(name) is original
    ]
    for module, _name, _original in found:
        setattr(module, name, stand_in)
    return found
