"""Valkey 9 on a unix socket: the broker. It carries hints only, so losing it loses nothing."""

import shutil
import signal
import socket
from pathlib import Path

from spoeddienst.servers.instantie import SERVER_USER, Instantie
from spoeddienst.servers.orphans import end_orphans
from spoeddienst.servers.proces import Proces
from spoeddienst.servers.programma import valkey_program

DATABASES = 1024  # test runs that share one server take one each


def process(instantie: Instantie) -> Proces:
    path = instantie.sockets / "valkey.sock"
    settings = {
        "port": "0",  # unix socket only
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": ".",
        "databases": str(DATABASES),
        "save": "",
        "appendonly": "yes" if instantie.duurzaam else "no",
        "maxmemory-policy": "noeviction",
    }
    program = valkey_program()
    data = instantie.data_folder("valkey")
    argv = [str(program)]
    for naam, value in settings.items():
        argv += [f"--{naam}", value]
    return Proces(
        naam="valkey",
        argv=argv,
        log=instantie.logs / "valkey.log",
        cwd=data,
        env={"LC_ALL": "C"},
        user=SERVER_USER,
        stop_signal=signal.SIGTERM,
        orphan_signal=signal.SIGTERM,
        stop_seconds=5.0,
        before=lambda proces: _before_start(program, data, proces),
        is_ready=lambda proces: _answers(str(path)),
    )


def _before_start(program: Path, data: Path, proces: Proces) -> None:
    # An old server that is still stopping would remove the socket of the new one.
    end_orphans(program, data)
    if proces.failed_starts >= 2:  # its file is damaged, and holds nothing that matters
        for path in data.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(0.5)
        try:
            client.connect(path)
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
