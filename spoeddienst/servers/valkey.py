"""Valkey 9 on a unix socket: the broker. It carries hints only, so losing it loses nothing."""

import signal
import socket

from spoeddienst.servers.instantie import SERVER_USER, Instantie
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
    argv = [str(valkey_program())]
    for naam, value in settings.items():
        argv += [f"--{naam}", value]
    return Proces(
        naam="valkey",
        argv=argv,
        log=instantie.logs / "valkey.log",
        cwd=instantie.data_folder("valkey"),
        env={"LC_ALL": "C"},
        user=SERVER_USER,
        stop_signal=signal.SIGTERM,
        orphan_signal=signal.SIGTERM,
        stop_seconds=5.0,
        is_ready=lambda proces: _answers(str(path)),
    )


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(0.5)
        try:
            client.connect(path)
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
