"""The loop that starts processes, starts them again when they die, and stops them in order."""

import os
import selectors
import signal
import socket
import time
from collections.abc import Callable

from spoeddienst.servers.proces import Proces, adopt_orphans

READY_POLL = 0.02


class Supervisor:
    """Owns the signals of this program: SIGTERM and SIGINT ask for a stop, SIGCHLD wakes the loop.

    One per program, used from the main thread only: a child dies with the *thread* that made it.
    """

    def __init__(self, report: Callable[[str], None] = lambda text: None) -> None:
        self.processen: list[Proces] = []
        self.stop_asked = False
        self._report = report
        self._selector = selectors.DefaultSelector()
        self._wake, wake_end = socket.socketpair()
        for end in (self._wake, wake_end):
            end.setblocking(False)
        self._wake_end = wake_end
        signal.set_wakeup_fd(wake_end.fileno(), warn_on_full_buffer=False)
        self._selector.register(self._wake, selectors.EVENT_READ, self._drain)
        signal.signal(signal.SIGCHLD, lambda signum, frame: None)
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(signum, self._ask_stop)
        adopt_orphans()

    def _ask_stop(self, signum: int, frame: object) -> None:
        self.stop_asked = True

    def _drain(self) -> None:
        self._wake.recv(4096)

    def watch(self, source: socket.socket, callback: Callable[[], None]) -> None:
        self._selector.register(source, selectors.EVENT_READ, callback)

    def unwatch(self, source: socket.socket) -> None:
        self._selector.unregister(source)

    def add(self, proces: Proces) -> Proces:
        self.processen.append(proces)
        proces.start()
        return proces

    def tick(self, timeout: float | None = None) -> None:
        """Wait for something to happen, at most `timeout` seconds, and handle it."""
        for key, _ in self._selector.select(self._patience(timeout)):
            key.data()
        self._reap()
        if self.stop_asked:
            return
        for proces in self.processen:
            if proces.popen is None and proces.keep and proces.retry_at <= time.monotonic():
                proces.start()
            elif proces.popen is not None and not proces.ready:
                proces.ready = proces.is_ready(proces)

    def _patience(self, timeout: float | None) -> float | None:
        waits = [] if timeout is None else [timeout]
        for proces in self.processen:
            if proces.popen is not None and not proces.ready:
                waits.append(READY_POLL)
            elif proces.popen is None and proces.keep and not self.stop_asked:
                waits.append(max(0.0, proces.retry_at - time.monotonic()))
        return min(waits, default=None)

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            for proces in self.processen:
                if proces.pid == pid:
                    proces.note_death(status)
                    if proces.keep and not self.stop_asked:
                        self._report(f"{proces.naam} stopte onverwacht ({proces.exit_code})")

    def wait_until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Run the loop until the condition holds; False after `seconds` or when asked to stop."""
        deadline = time.monotonic() + seconds
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0 or self.stop_asked:
                return False
            self.tick(min(left, 0.5))
        return True

    def run_once(self, proces: Proces) -> int | None:
        """Run a process to its end; None when somebody asked to stop meanwhile."""
        proces.keep = False
        self.add(proces)
        while proces.popen is not None and not self.stop_asked:
            self.tick()
        if proces.popen is not None:
            self.stop_one(proces)
            return None
        self.processen.remove(proces)
        return proces.exit_code

    def stop_one(self, proces: Proces) -> None:
        _ask_to_end(proces)
        self._await_end(proces)

    def stop(self) -> None:
        """Stop everything: asked in the order of starting, the front door first."""
        self.stop_asked = True
        processen = list(self.processen)
        for proces in processen:
            _ask_to_end(proces)
        for proces in processen:
            self._await_end(proces)

    def _await_end(self, proces: Proces) -> None:
        deadline = time.monotonic() + proces.stop_seconds
        while proces.popen is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                proces.signal_group(signal.SIGKILL)
                left = 1.0
            self.tick(left)
        if proces in self.processen:
            self.processen.remove(proces)


def _ask_to_end(proces: Proces) -> None:
    proces.keep = False
    proces.signal(proces.stop_signal)
