"""The whole house in processes of its own, as `./spoed demo` starts it, for tests from outside.

Run as a program it is that house: `python -m tests.proefhuis MAP`. With PROEFHUIS_DUURZAAM=1 its
servers wait for the disk, as in production.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from spoeddienst.servers import omgeving
from spoeddienst.servers.instantie import CHECKOUT, Instantie
from tests.servers.hulp import command_lines, wait_for

START_SECONDS = 180.0


class Proefhuis:
    """Starts in the constructor; `stop` ends everything and removes the data."""

    def __init__(self, folder: Path, module: str = "tests.proefhuis", **environment: str) -> None:
        self.instantie = Instantie(folder, duurzaam=False)
        self.instantie.map.mkdir(parents=True)
        with (self.instantie.map / "uitvoer.txt").open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, str(folder)],
                cwd=CHECKOUT,
                env=os.environ | environment,
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

    def shell(self, code: str) -> str:
        """Run Python in the house's own environment and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
            cwd=CHECKOUT,
            env=omgeving.build(self.instantie),
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
            env=omgeving.build(self.instantie),
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

    def _is_ours(self, pid: int) -> bool:
        sign = f"SPOED_MAP={self.instantie.map}".encode()
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
            line = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
        return sign in environment or self.instantie.key.encode() in line

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.instantie.remove()


def main(folder: str) -> None:
    from spoeddienst.servers.demo import Demo

    demo = Demo(Instantie(Path(folder), duurzaam=bool(os.environ.get("PROEFHUIS_DUURZAAM"))))
    try:
        demo.start(0)
        demo.keep_running()
    finally:
        demo.stop()


if __name__ == "__main__":
    main(sys.argv[1])
