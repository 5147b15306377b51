"""The whole house in processes of its own, as `./spoed demo` starts it, for tests from outside.

Run as a program it is that house: `python -m tests.proefhuis MAP`. With PROEFHUIS_DUURZAAM=1 its
servers wait for the disk, as in production. PROEFHUIS_INWENDIG is JSON: what its own processes
find in their environment beside what the demo sets. Without a folder it makes the template: a house
that never ran, with tables and demo data, of which `Proefhuis(sjabloon=True)` takes a copy.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from spoeddienst.servers import omgeving
from spoeddienst.servers.instantie import CHECKOUT, Instantie
from tests.servers.hulp import command_lines, wait_for

START_SECONDS = 420.0
TEMPLATE = Instantie(CHECKOUT / "var" / "sjabloon", duurzaam=False)
TEMPLATE_SECONDS = 3600
"""The demo data are about tonight: an older template is made anew."""


class Proefhuis:
    """Starts in the constructor; `stop` ends everything and removes the data.

    `inwendig` is for the environment of its processes, the rest for that of their supervisor. With
    `sjabloon` it begins with the data of up to an hour ago: making them is most of the start.
    """

    def __init__(
        self,
        folder: Path,
        *,
        inwendig: dict[str, str] | None = None,
        sjabloon: bool = False,
        **environment: str,
    ) -> None:
        self.inwendig = inwendig or {}
        self.instantie = Instantie(folder, duurzaam=False)
        self.instantie.map.mkdir(parents=True)
        if sjabloon:
            _copy_template(self.instantie)
        with (self.instantie.map / "uitvoer.txt").open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.proefhuis", str(folder)],
                cwd=CHECKOUT,
                env=os.environ | {"PROEFHUIS_INWENDIG": json.dumps(self.inwendig)} | environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_for(self._is_up, START_SECONDS)
        except AssertionError as error:
            self.process.kill()
            self.process.wait()
            raise AssertionError(self.output()) from error

    def _is_up(self) -> bool:
        assert self.process.poll() is None, self.output()
        return "Klaar in" in self.output()

    def output(self) -> str:
        return (self.instantie.map / "uitvoer.txt").read_text()

    @property
    def adres(self) -> str:
        return omgeving.read_state(self.instantie)["adres"]

    def environment(self) -> dict[str, str]:
        """Return the environment of this house's processes."""
        return omgeving.build(self.instantie) | self.inwendig

    def shell(self, code: str) -> str:
        """Run Python in the house's own environment and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
            cwd=CHECKOUT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, code: str) -> subprocess.Popen:
        """Start Python in the house's own environment; its input and output are the caller's."""
        return subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
            cwd=CHECKOUT,
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def mails(self) -> list[bytes]:
        return [path.read_bytes() for path in (self.instantie.map / "mail").glob("*.eml")]

    def smsen(self) -> list[dict]:
        """Return the text messages, oldest first."""
        folder = self.instantie.map / "sms"
        return [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]

    def pids(self, *signs: str) -> list[int]:
        """Return the processes of this house whose command line has all these signs."""
        return [
            pid
            for pid, line in command_lines().items()
            if all(sign in line for sign in signs) and self._is_ours(pid)
        ]

    def kill(self, *signs: str) -> list[int]:
        """kill -9 every process with these signs; return their ids.

        The test before may have killed it too: wait until it has been started again.
        """
        pids = wait_for(lambda: self.pids(*signs), START_SECONDS)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        return pids

    @contextmanager
    def frozen(self, *signs: str) -> Iterator[list[int]]:
        """Let every process with these signs stand still; the supervisor sees nothing to mend."""
        pids = wait_for(lambda: self.pids(*signs), START_SECONDS)
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield pids
        finally:
            for pid in pids:
                with suppress(ProcessLookupError):  # killed while it stood still
                    os.kill(pid, signal.SIGCONT)

    def _is_ours(self, pid: int) -> bool:
        folder = str(self.instantie.map).encode()
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
            line = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
        # The keeper has it as an argument, a server has the folder of its sockets or its data.
        named = folder in line.split(b"\0") or self.instantie.key.encode() in line
        return b"SPOED_MAP=" + folder in environment or named

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.instantie.remove()


def _copy_template(instantie: Instantie) -> None:
    """Give a new instance the data and the keys of the template, made first when it is missing."""
    TEMPLATE.map.parent.mkdir(parents=True, exist_ok=True)
    with TEMPLATE.map.with_suffix(".slot").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([sys.executable, "-m", "tests.proefhuis"], cwd=CHECKOUT, check=True)
        instantie.prepare()
        for naam in ("sleutels", "geheim", "static", "database.stand", "static.stand"):
            _copy(TEMPLATE.map / naam, instantie.map / naam)
        _copy(TEMPLATE.data_path("pg"), instantie.data_path("pg"))


def _copy(source: Path, target: Path) -> None:
    """Copy with owner and times: by the time of its first file the demo knows its cluster."""
    subprocess.run(["cp", "-a", source, target], check=True)


def make_template() -> None:
    """Make the template, unless it is there and still right."""
    from spoeddienst.servers.demo import Demo

    begun = TEMPLATE.map / "geheim"
    if begun.exists() and time.time() - begun.stat().st_mtime > TEMPLATE_SECONDS:
        TEMPLATE.remove()
    demo = Demo(TEMPLATE)
    try:
        demo._attach()
        demo._prepare_data()
    finally:
        demo.stop()


def main(folder: str) -> None:
    from spoeddienst.servers.demo import Demo

    inwendig = json.loads(os.environ.get("PROEFHUIS_INWENDIG", "{}"))
    build = omgeving.build
    omgeving.build = lambda *args, **kwargs: build(*args, **kwargs) | inwendig
    demo = Demo(Instantie(Path(folder), duurzaam=bool(os.environ.get("PROEFHUIS_DUURZAAM"))))
    try:
        demo.start(0)
        demo.keep_running()
    finally:
        demo.stop()


if __name__ == "__main__":
    main(sys.argv[1]) if len(sys.argv) > 1 else make_template()
