"""A connection to a server outside our walls that lasts no longer than it may.

The time-out of a socket counts from the last byte: a server that says one byte every nine seconds
keeps whoever waits ten seconds busy for ever. Here the whole conversation has an end.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Lijn:
    """Makes connections, and breaks them when their time is over (`is_late`)."""

    def __init__(self) -> None:
        self._late = threading.Event()
        self._handles: list[socket.socket] = []

    @property
    def is_late(self) -> bool:
        return self._late.is_set()

    def connect(self, *args, **kwargs) -> socket.socket:
        """Connect as `socket.create_connection` does."""
        connection = socket.create_connection(*args, **kwargs)
        # A second handle on the same connection: it stays plain and ours when TLS takes the first
        # one over, and shutting that one down would let the next bytes out in the clear.
        self._handles.append(connection.dup())
        if self.is_late:
            self.cut()
        return connection

    def cut(self) -> None:
        self._late.set()
        for handle in self._handles:
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        for handle in self._handles:
            handle.close()


@contextmanager
def within(seconds: float) -> Iterator[Lijn]:
    """Yield what makes connections; they break when the block takes longer than this.

    Whoever reads or writes then gets an OSError, or the end of an answer that has none.
    """
    lijn = Lijn()
    timer = threading.Timer(seconds, lijn.cut)
    timer.daemon = True
    timer.start()
    try:
        yield lijn
    finally:
        timer.cancel()
        lijn.close()
