"""What `./spoed` tells the person at the keyboard: one line per step, with its seconds."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

# Set by the first stage, so that the total counts from the moment the person pressed Enter.
_START = float(os.environ.setdefault("SPOED_BEGIN", str(time.monotonic())))


class Stop(Exception):
    """Ends the command with a sentence for the reader and an exit code."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


def say(text: str) -> None:
    """Write one line. On stderr, so that the output of `./spoed manage …` can be piped."""
    print(text, file=sys.stderr, flush=True)


def _seconds(value: float) -> str:
    return f"{value:5.1f} s".replace(".", ",")


@contextmanager
def step(naam: str, *, quiet_below: float = 0.0) -> Iterator[None]:
    """Report a step when it is done; a step quicker than `quiet_below` is not worth a line."""
    begin = time.monotonic()
    yield
    took = time.monotonic() - begin
    if took >= quiet_below:
        say(f"  {_seconds(took)}  {naam}")


def total() -> str:
    """Return the seconds since the command began."""
    return _seconds(time.monotonic() - _START).strip()
