"""The keeper: owns PostgreSQL and Valkey of one instance for as long as somebody is connected.

Each user of the servers holds a connection to the keeper's socket. The kernel closes it whatever
way that process ends, so the keeper knows at once when the last one is gone, stops both servers
and ends. A lock keeps it the only one; its children die with it, even on kill -9.
"""

import contextlib
import fcntl
import socket
import sys
from pathlib import Path

from spoeddienst.servers import postgres, valkey
from spoeddienst.servers.instantie import Instantie
from spoeddienst.servers.melding import Stop, say
from spoeddienst.servers.supervisor import Supervisor

FIRST_CLIENT_SECONDS = 10.0
TRIES = 4


class Keeper:
    def __init__(self, instantie: Instantie) -> None:
        self.instantie = instantie
        self.supervisor = Supervisor(report=say)
        self.clients: list[socket.socket] = []
        self.waiting: list[socket.socket] = []
        self.leaving: list[socket.socket] = []
        self.once_ready = False
        path = instantie.keeper_socket
        path.unlink(missing_ok=True)
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(str(path))
        self.door.listen(64)
        self.supervisor.watch(self.door, self._admit)

    def run(self) -> None:
        try:
            self.supervisor.wait_until(lambda: bool(self.clients), FIRST_CLIENT_SECONDS)
            if self.clients:
                self.supervisor.add(postgres.process(self.instantie))
                self.supervisor.add(valkey.process(self.instantie))
            while self.clients and not self.supervisor.stop_asked:
                self.supervisor.tick()
                self._serve()
        except (Stop, OSError) as problem:
            self._tell(f"fout {problem}\n")
            raise
        finally:
            self.instantie.keeper_socket.unlink(missing_ok=True)
            self.supervisor.stop()
            with contextlib.suppress(OSError):
                self.instantie.sockets.rmdir()

    def _admit(self) -> None:
        client, _ = self.door.accept()
        self.clients.append(client)
        self.waiting.append(client)
        self.supervisor.watch(client, lambda: self._dismiss(client))

    def _dismiss(self, client: socket.socket) -> None:
        self.supervisor.unwatch(client)
        self.clients.remove(client)
        if client in self.waiting:
            self.waiting.remove(client)
        if self.clients:
            client.close()
        else:
            self.leaving.append(client)  # open until the servers are down: it waits for that

    def _serve(self) -> None:
        """Tell those who wait that the servers are ready, or that they will never be."""
        processen = self.supervisor.processen
        if all(proces.ready for proces in processen):
            self.once_ready = True
            self._tell("klaar\n")
        if not self.once_ready:
            for proces in processen:
                if proces.failed_starts >= TRIES:
                    raise Stop(f"{proces.naam} wil niet starten, zie {proces.log}")

    def _tell(self, line: str) -> None:
        for client in self.waiting:
            with contextlib.suppress(OSError):  # its end arrives as an event of its own
                client.sendall(line.encode())
        self.waiting.clear()


def main(folder: str, kind: str) -> int:
    instantie = Instantie(Path(folder), duurzaam=kind == "duurzaam")
    with (instantie.map / "keeper.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0  # another keeper is at work, or is stopping
        try:
            instantie.prepare()  # the keeper before us may have removed the socket folder
            Keeper(instantie).run()
        except Stop as stop:
            say(str(stop))
            return stop.code
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
