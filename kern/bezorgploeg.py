"""The hands of the sweeper: a message whose server hangs holds up its own hand, and no other.

A first attempt may take every hand; what was tried before takes half of them at most, so that a
heap of messages that hang lets through what is new. What a hand will do next is asked of the
database, not put in a queue of our own: other processes deliver too.
"""

import logging
import threading
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from uuid import UUID

from django.db import Error, close_old_connections, connection

from kern import bezorging

log = logging.getLogger(__name__)

HANDEN = 8
RONDE = 5.0
"""Seconds that one round gives out work; in between there is the sign of life."""
BATCH = 50
GEDULD = 20.0
"""Seconds that the hands wait for each other at the end."""

Werk = tuple[UUID, int]
"""A message and its kring."""


class Ploeg:
    """`handen` threads, each with a connection of its own; without any the caller does the work."""

    def __init__(self, handen: int = HANDEN) -> None:
        self._handen = max(1, handen)
        self._pool = ThreadPoolExecutor(handen, "bezorger") if handen else None
        # What is in hand, and whether it was tried before.
        self._busy: dict[Future, tuple[Werk, bool]] = {}

    def round(self) -> int:
        """Give out what is due, as far as hands are free; return how many.

        Raises what the database said to a hand, so that the caller waits until it is back.
        """
        self._collect()
        given, until = 0, time.monotonic() + RONDE
        new, again = self._due(tried=False), self._due(tried=True)
        while True:
            given += self._give(new, again)
            rest = until - time.monotonic()
            if not (new or again) or len(self._busy) < self._handen or rest <= 0:
                return given
            wait(self._busy, timeout=rest, return_when=FIRST_COMPLETED)
            self._collect()

    def stop(self) -> None:
        """Let every hand finish what it holds, and give its connection back."""
        if self._pool:
            # Each waits for all: so every thread takes one of these.
            everybody = threading.Barrier(self._handen)
            for _hand in range(self._handen):
                self._pool.submit(_leave, everybody)
            self._pool.shutdown()

    def _due(self, *, tried: bool) -> deque[Werk]:
        busy = {werk for werk, _tried in self._busy.values()}
        rows = bezorging.due(BATCH + len(busy), tried=tried)
        return deque(row for row in rows if row not in busy)

    def _give(self, new: deque[Werk], again: deque[Werk]) -> int:
        given = 0
        while len(self._busy) < self._handen:
            retries = sum(tried for _werk, tried in self._busy.values())
            if new:
                self._start(new.popleft(), tried=False)
            elif again and retries < max(1, self._handen // 2):
                self._start(again.popleft(), tried=True)
            else:
                break
            given += 1
        return given

    def _start(self, werk: Werk, *, tried: bool) -> None:
        if self._pool:
            future = self._pool.submit(_deliver, *werk)
        else:
            future = Future()
            try:
                future.set_result(bezorging.deliver(*werk))
            except Exception as error:  # noqa: BLE001  told where the others are told
                future.set_exception(error)
        self._busy[future] = (werk, tried)
        if not self._pool:
            self._collect()

    def _collect(self) -> None:
        """Take the finished work out of the hands."""
        away: Error | None = None
        for future in [future for future in self._busy if future.done()]:
            (zending_id, _kring_id), _tried = self._busy.pop(future)
            error = future.exception()
            if isinstance(error, Error):
                away = error
            elif error is not None:
                # One message that cannot be handled is no reason to hold up the others.
                log.error("Delivery of %s failed.", zending_id, exc_info=error)
        if away is not None:
            raise away


def _leave(everybody: threading.Barrier) -> None:
    with suppress(threading.BrokenBarrierError):
        everybody.wait(GEDULD)
    connection.close()


def _deliver(zending_id: UUID, kring_id: int) -> str | None:
    """Deliver one in a thread: its connection is looked after here, there is no request."""
    close_old_connections()
    try:
        return bezorging.deliver(zending_id, kring_id)
    finally:
        close_old_connections()
