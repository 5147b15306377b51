"""What other rooms do to a copy right after it is restored, in the drill as on the real day."""

from collections.abc import Callable, Iterator

from psycopg import Connection

Nawerk = Callable[[Connection], tuple[list[str], str]]
"""Given a superuser's connection to the restored database: the faults, and a note."""

_works: dict[str, Nawerk] = {}


def register(naam: str, work: Nawerk) -> None:
    """Add work to every drill, under the name of its check."""
    _works[naam] = work


def run(connection: Connection) -> Iterator[tuple[str, list[str], str]]:
    """Do all of it and yield each outcome; last of the drill, for it changes the copy."""
    for naam, work in _works.items():
        yield naam, *work(connection)
