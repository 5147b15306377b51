"""The supervisor: a dead process is started again, a dead supervisor leaves nothing behind."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from spoeddienst.servers.instantie import CHECKOUT
from tests.servers.hulp import command_lines, wait_for

pytestmark = pytest.mark.traag

# A child with a child of its own, as a web server and its workers; `sign` finds both.
PROGRAM = """
import subprocess, sys, time
from pathlib import Path
from spoeddienst.servers.proces import Proces
from spoeddienst.servers.supervisor import Supervisor

sign, folder = sys.argv[1], Path(sys.argv[2])
child = "import subprocess, sys; subprocess.run(['sleep', sys.argv[1]])"
supervisor = Supervisor(report=lambda text: print(text, flush=True))
for naam in ("een", "twee"):
    argv = [sys.executable, "-c", child, sign]
    supervisor.add(Proces(naam, argv, log=folder / f"{naam}.log", cwd=folder, stop_seconds=5))
print("klaar", flush=True)
while not supervisor.stop_asked:
    supervisor.tick()
supervisor.stop()
"""


@pytest.fixture
def sign() -> str:
    """A number of seconds that no other process sleeps."""
    return str(10_000 + secrets.randbelow(10**9))


@pytest.fixture
def program(tmp_path: Path, sign: str) -> Iterator[subprocess.Popen]:
    argv = [sys.executable, "-c", PROGRAM, sign, str(tmp_path)]
    with subprocess.Popen(argv, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout.readline() == "klaar\n"
        wait_for(lambda: len(sleepers(sign)) == 2)
        yield program
        program.terminate()


def with_sign(sign: str) -> dict[int, str]:
    return {pid: line for pid, line in command_lines().items() if line.endswith(f" {sign}")}


def sleepers(sign: str) -> set[int]:
    return {pid for pid, line in with_sign(sign).items() if line.startswith("sleep ")}


def heads(sign: str) -> set[int]:
    return set(with_sign(sign)) - sleepers(sign)


def test_killed_process_starts_again_without_leaving_its_own_children(program, sign):
    old_heads, old_sleepers = heads(sign), sleepers(sign)
    victim = min(old_heads)
    os.kill(victim, signal.SIGKILL)
    assert "stopte onverwacht (-9)" in program.stdout.readline()
    wait_for(lambda: len(heads(sign)) == 2 and len(sleepers(sign)) == 2)
    assert victim not in heads(sign)
    assert len(sleepers(sign) & old_sleepers) == 1


def test_asked_to_stop_it_stops_everything(program, sign):
    program.send_signal(signal.SIGTERM)
    assert program.wait(10) == 0
    wait_for(lambda: not with_sign(sign))


def test_killed_supervisor_takes_its_processes_along(program, sign):
    program.kill()
    wait_for(lambda: not heads(sign))
    for pid in sleepers(sign):  # these children never heard of us: theirs to end, see gunicorn
        os.kill(pid, signal.SIGKILL)
