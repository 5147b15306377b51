"""Using the servers of an instance: connect to its keeper, starting one when there is none."""

import contextlib
import socket
import subprocess
import sys
import time

from spoeddienst.servers.instantie import CHECKOUT, Instantie
from spoeddienst.servers.melding import Stop

START_SECONDS = 60.0  # the recovery of a large database after a hard stop takes its time


class Client:
    """Holds the servers up from `attach` to `release`."""

    def __init__(self, instantie: Instantie) -> None:
        self.instantie = instantie
        self.connection: socket.socket | None = None
        self._keeper: subprocess.Popen | None = None

    def attach(self) -> None:
        """Return when both servers accept connections; may be called again after losing them."""
        self._forget_connection()
        self.instantie.prepare()
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            connection = self._connect()
            if connection is None:
                self._start_keeper()
                time.sleep(0.02)
                continue
            connection.settimeout(max(0.1, deadline - time.monotonic()))
            answer = _read_line(connection)
            if answer == "klaar":
                connection.settimeout(None)
                self.connection = connection
                return
            connection.close()
            self.reap()
            if answer.startswith("fout "):
                raise Stop(answer.removeprefix("fout "))
        raise Stop(f"De servers kwamen niet op, zie {self.instantie.logs}")

    def _connect(self) -> socket.socket | None:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(str(self.instantie.keeper_socket))
        except OSError:
            connection.close()
            return None
        return connection

    def _start_keeper(self) -> None:
        if self._keeper is not None and self._keeper.poll() is None:
            return
        kind = "duurzaam" if self.instantie.duurzaam else "wegwerp"
        with (self.instantie.logs / "keeper.log").open("ab") as log:
            # Its own session: it may outlive this client when others use the same servers.
            self._keeper = subprocess.Popen(
                [sys.executable, "-m", "spoeddienst.servers.keeper", str(self.instantie.map), kind],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=CHECKOUT,
                start_new_session=True,
            )

    def release(self) -> None:
        """Let go; when nobody else uses the servers, return after they have stopped."""
        if self.connection is None:
            return
        try:
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(30)
            self.connection.recv(1)
        except OSError:
            pass  # the keeper is gone already
        self._forget_connection()
        self.reap()

    def _forget_connection(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def reap(self) -> None:
        if self._keeper is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):  # then it serves others
                self._keeper.wait(0.5)


def _read_line(connection: socket.socket) -> str:
    data = b""
    try:
        while not data.endswith(b"\n"):
            part = connection.recv(1024)
            if not part:
                break
            data += part
    except OSError:
        return ""
    return data.decode().strip()
