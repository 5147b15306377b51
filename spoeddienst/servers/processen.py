"""The processes of the demo beside PostgreSQL and Valkey: web, worker, sweeper, mail server."""

import http.client
import signal
import socket
import sys
from pathlib import Path

from spoeddienst.servers import omgeving
from spoeddienst.servers.instantie import CHECKOUT, Instantie
from spoeddienst.servers.proces import Proces

MANAGE = str(CHECKOUT / "manage.py")


def listen(preferred: int) -> socket.socket:
    """Open a listening socket on loopback: the preferred port, or the first free one after it.

    We hold it and lend it to the server: the address stays ours while that server restarts, and
    whoever connects meanwhile waits instead of being refused.
    """
    for port in [*range(preferred, min(preferred + 50, 65536)), 0] if preferred else [0]:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen(128)
        except OSError:
            listener.close()
            continue
        return listener
    raise AssertionError("port 0 is always free")


def port_of(listener: socket.socket) -> int:
    return listener.getsockname()[1]


def manage(instantie: Instantie, *args: str, owner: bool = False, log: Path | None) -> Proces:
    return Proces(
        naam=f"manage {args[0]}",
        argv=[sys.executable, MANAGE, *args],
        log=log,
        cwd=CHECKOUT,
        env=omgeving.build(instantie, owner=owner),
    )


def web(instantie: Instantie, listener: socket.socket) -> Proces:
    port = port_of(listener)
    return Proces(
        naam="web",
        argv=[
            *(sys.executable, "-m", "gunicorn", "--config", "python:spoeddienst.webserver"),
            *("--bind", f"fd://{listener.fileno()}", "--workers", "2", "--preload"),
            *("--graceful-timeout", "5"),
        ],
        log=instantie.logs / "web.log",
        cwd=CHECKOUT,
        env=omgeving.build(instantie),
        fds=[listener.fileno()],
        is_ready=lambda proces: is_healthy(port),
    )


def is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/gezond/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def worker(instantie: Instantie) -> Proces:
    return Proces(
        naam="worker",
        argv=[
            *(sys.executable, "-m", "celery", "-A", "spoeddienst", "worker"),
            *("--concurrency", "2", "--loglevel", "WARNING"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        log=instantie.logs / "worker.log",
        cwd=CHECKOUT,
        env=omgeving.build(instantie),
        # Without us it need not finish its task: the outbox delivers that one again.
        orphan_signal=signal.SIGQUIT,
    )


def sweeper(instantie: Instantie) -> Proces:
    """Ready at its first heartbeat: until then every page says that nothing is delivered."""
    beats = instantie.map / "bezorger.klaar"
    proces = manage(instantie, "bezorg", "--klaar", str(beats), log=instantie.logs / "bezorger.log")
    proces.naam = "bezorger"
    proces.before = lambda proces: beats.unlink(missing_ok=True)
    proces.is_ready = lambda proces: beats.exists()
    return proces


def mailserver(instantie: Instantie, listener: socket.socket) -> Proces:
    port = port_of(listener)
    return Proces(
        naam="mailserver",
        argv=[
            *(sys.executable, "-m", "spoeddienst.demo.mailserver"),
            *("--fd", str(listener.fileno()), "--map", str(instantie.map)),
        ],
        log=instantie.logs / "mailserver.log",
        cwd=CHECKOUT,
        env=omgeving.build(instantie),
        fds=[listener.fileno()],
        is_ready=lambda proces: _greets(port),
    )


def _greets(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            return connection.recv(4).startswith(b"220")
    except OSError:
        return False
