"""`./spoed demo`: one process in the foreground that starts everything and keeps it running."""

import argparse
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TextIO

from spoeddienst.servers import omgeving, processen
from spoeddienst.servers.client import Client
from spoeddienst.servers.instantie import CHECKOUT, Instantie
from spoeddienst.servers.melding import Stop, say, step, total
from spoeddienst.servers.opdracht import DEMO
from spoeddienst.servers.proces import Proces
from spoeddienst.servers.supervisor import Supervisor

READY_SECONDS = 90.0


def read_options(args: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./spoed demo", description="Start alles, met demodata.")
    parser.add_argument("--poort", type=_port, default=None, help="poort van de website (8000)")
    parser.add_argument(
        "--rondgang", action="store_true", help="speel één nacht na en controleer elke stap"
    )
    return parser.parse_args(args)


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError("kies een poort van 1 tot en met 65535")
    return port


def run(options: argparse.Namespace) -> int:
    if options.rondgang:
        return _run_rondgang(options.poort or 0)
    with _Slot(DEMO) as lock:
        if lock is None:
            say(f"De demo draait al: {omgeving.read_state(DEMO).get('adres', '(start nog)')}")
            return 0
        demo = Demo(DEMO)
        try:
            demo.start(options.poort or omgeving.DEFAULT_PORT)
            demo.keep_running()
        finally:
            demo.stop()
    return 0


def _run_rondgang(port: int) -> int:
    """Play the night on an instance of its own, so that it never disturbs a running demo."""
    var = CHECKOUT / "var"
    for left in var.glob("rondgang-*"):
        with _Slot(Instantie(left)) as lock:
            if lock is not None:
                Instantie(left).remove()
    instantie = Instantie(var / f"rondgang-{os.getpid()}")
    with _Slot(instantie):
        demo = Demo(instantie)
        try:
            demo.start(port)
            code = demo.play_rondgang()
        finally:
            demo.stop()
    if code == 0:
        instantie.remove()
    else:
        say(f"De rondgang is niet geslaagd. Logboeken: {instantie.logs}")
    return code


class _Slot:
    """The right to run one demo; entering gives None when another process holds it."""

    def __init__(self, instantie: Instantie) -> None:
        instantie.map.mkdir(parents=True, exist_ok=True)
        self._file: TextIO = (instantie.map / "demo.lock").open("a")

    def __enter__(self) -> TextIO | None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        return self._file

    def __exit__(self, *exc: object) -> None:
        self._file.close()


class Demo:
    def __init__(self, instantie: Instantie) -> None:
        self.instantie = instantie
        self.supervisor = Supervisor(report=self._report)
        self.client = Client(instantie)

    def _report(self, text: str) -> None:
        say(f"  {text}; opnieuw gestart")

    # --- starting

    def start(self, port: int) -> None:
        with step("PostgreSQL en Valkey"):
            self._attach()
        omgeving.forget_state(self.instantie)
        web, mail = processen.listen(port), processen.listen(omgeving.DEFAULT_MAIL_PORT)
        self.listeners = (web, mail)  # a socket that nobody names is closed
        self.adres = f"http://127.0.0.1:{processen.port_of(web)}"
        if port not in (0, processen.port_of(web)):
            say(f"  Poort {port} is bezet.")
        mail_port = processen.port_of(mail)
        omgeving.write_state(self.instantie, adres=self.adres, mailpoort=mail_port, pid=os.getpid())
        self._prepare_data()
        with step("website, worker, bezorger en mailserver"):
            self._launch(
                processen.web(self.instantie, web),
                processen.worker(self.instantie),
                processen.sweeper(self.instantie),
                processen.mailserver(self.instantie, mail),
            )
        say(f"\nKlaar in {total()}: {self.adres}")

    def _attach(self) -> None:
        self.client.attach()
        assert self.client.connection is not None
        self.supervisor.watch(self.client.connection, self._servers_lost)

    def _servers_lost(self) -> None:
        """The keeper was killed, and the servers with it: start another."""
        assert self.client.connection is not None
        self.supervisor.unwatch(self.client.connection)
        if not self.supervisor.stop_asked:
            self._report("de bewaker van PostgreSQL en Valkey viel weg")
            self._attach()

    def _launch(self, *processen: Proces) -> None:
        """Start them side by side, and go on when each is ready."""
        for proces in processen:
            self.supervisor.add(proces)
        for proces in processen:
            if not self.supervisor.wait_until(lambda proces=proces: proces.ready, READY_SECONDS):
                self._stop_if_asked()
                raise Stop(f"{proces.naam} komt niet op.\n{_tail(proces.log)}")

    def _stop_if_asked(self) -> None:
        if self.supervisor.stop_asked:
            raise Stop("Gestopt.", code=130)

    # --- the database and the static files, only when something changed

    def _prepare_data(self) -> None:
        self._when_changed("database", _database_sources(self.instantie), self._migrate)
        self._when_changed("static", _static_sources(), self._collect_static)

    def _migrate(self) -> None:
        self._manage("tabellen", "migrate", "--verbosity", "0", owner=True)
        self._manage("controle van de database", "check", "--database", "default")
        self._manage("demogegevens", "laad_demo")

    def _collect_static(self) -> None:
        self._manage("stijlbladen en scripts", "collectstatic", "--noinput", "--verbosity", "0")

    def _manage(self, title: str, *args: str, owner: bool = False) -> None:
        log = self.instantie.logs / "opstart.log"
        log.unlink(missing_ok=True)
        with step(title):
            proces = processen.manage(self.instantie, *args, owner=owner, log=log)
            code = self.supervisor.run_once(proces)
        self._stop_if_asked()
        if code != 0:
            raise Stop(f"{proces.naam} mislukte ({code}).\n{_tail(log)}")

    def _when_changed(self, naam: str, sources: Iterable[str], action: Callable[[], None]) -> None:
        """Do the work unless the same sources were worked on before: each step costs a second."""
        found = hashlib.sha256("\n".join(sources).encode()).hexdigest()
        note = self.instantie.map / f"{naam}.stand"
        if note.exists() and note.read_text() == found:
            return
        action()
        note.write_text(found)

    # --- running and stopping

    def keep_running(self) -> None:
        say("Stoppen: Ctrl-C. Logboeken: " + _relative(self.instantie.logs))
        while not self.supervisor.stop_asked:
            self.supervisor.tick()

    def play_rondgang(self) -> int:
        code = self.supervisor.run_once(processen.manage(self.instantie, "rondgang", log=None))
        return 130 if code is None else code

    def stop(self) -> None:
        with step("alles gestopt"):
            self.supervisor.stop()
            omgeving.forget_state(self.instantie)
            self.client.release()


def _database_sources(instantie: Instantie) -> Iterable[str]:
    """What the contents of the database follow from, this very cluster included."""
    yield str((instantie.map / "pg" / "PG_VERSION").stat().st_mtime_ns)
    demo_data = (CHECKOUT / "spoeddienst" / "demo").rglob("*.py")
    migrations = CHECKOUT.glob("*/migrations/*.py")
    grants, lock = CHECKOUT / "kern" / "rechten.py", CHECKOUT / "requirements.lock"
    for path in sorted([*migrations, *demo_data, grants, lock]):
        yield f"{path}:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def _static_sources() -> Iterable[str]:
    for path in sorted(CHECKOUT.glob("*/static/**/*")) + sorted(CHECKOUT.glob("static/**/*")):
        yield f"{path}:{path.stat().st_mtime_ns}"
    yield hashlib.sha256((CHECKOUT / "requirements.lock").read_bytes()).hexdigest()


def _tail(log: Path | None, lines: int = 25) -> str:
    if log is None or not log.exists():
        return ""
    text = log.read_text(errors="replace").splitlines()[-lines:]
    return "\n".join(f"    {line}" for line in text) + f"\n  (heel logboek: {_relative(log)})"


def _relative(path: Path) -> str:
    return str(path.relative_to(CHECKOUT)) if path.is_relative_to(CHECKOUT) else str(path)
