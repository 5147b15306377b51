"""A small closed-loop HTTP client: `c` requests are always under way, a new one after each answer.

Raw sockets and one selector, because it shares the cores with what it measures. A new connection
a request, as gunicorn's sync workers ask for.
"""

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Meting:
    """Milliseconds of every answer, and the answers that were not 200."""

    seconds: float
    times: list[float] = field(default_factory=list)
    wrong: list[bytes] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, part: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]

    def __str__(self) -> str:
        p50, p95, p99 = (self.percentile(part) for part in (0.50, 0.95, 0.99))
        return (
            f"{self.per_second:6.1f} req/s  p50 {p50:5.1f}  p95 {p95:5.1f}  p99 {p99:5.1f} ms"
            f"  ({len(self.times)} answers, {len(self.wrong)} wrong)"
        )


@dataclass
class _Gang:
    """One request under way."""

    sock: socket.socket
    began: float
    answer: bytearray


def run(
    port: int,
    request: Callable[[], bytes],
    *,
    c: int,
    seconds: float,
    has: bytes = b"</html>",
    status: bytes = b"200",
) -> Meting:
    """Send what `request` gives; every answer must have this status, and `has` in it."""
    selector = selectors.DefaultSelector()
    meting = Meting(seconds)
    end = time.perf_counter() + seconds

    def start() -> None:
        began = time.perf_counter()
        sock = socket.create_connection(("127.0.0.1", port))
        sock.sendall(request())
        sock.setblocking(False)
        selector.register(sock, selectors.EVENT_READ, _Gang(sock, began, bytearray()))

    for _ in range(c):
        start()
    under_way = c
    while under_way:
        for key, _ in selector.select(30):
            gang = key.data
            block = gang.sock.recv(1 << 18)
            if block:
                gang.answer += block
                continue
            now = time.perf_counter()
            selector.unregister(gang.sock)
            gang.sock.close()
            under_way -= 1
            if now <= end:
                meting.times.append((now - gang.began) * 1000)
                if not gang.answer.startswith(b"HTTP/1.1 " + status) or has not in gang.answer:
                    meting.wrong.append(bytes(gang.answer[:200]))
                start()
                under_way += 1
    return meting
