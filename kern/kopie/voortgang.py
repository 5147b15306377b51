"""What the administrator sees: a line a step, and a line every few seconds of a long one."""

import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

Report = Callable[[str], None]
EVERY = 5.0


def megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",")


def seconds(since: float) -> str:
    return f"{time.monotonic() - since:.1f} s".replace(".", ",")


def metered(blocks: Iterable[bytes], what: str, report: Report) -> Iterator[bytes]:
    """Pass the blocks on and tell now and then how far it is."""
    size = 0
    told = time.monotonic()
    for block in blocks:
        size += len(block)
        if time.monotonic() - told >= EVERY:
            told = time.monotonic()
            report(f"  … {what}: {megabytes(size)}")
        yield block


@contextmanager
def ending_cleanly() -> Iterator[None]:
    """Turn a request to stop into an exception, so that half a file or database is removed."""
    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
