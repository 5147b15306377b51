"""kill -9 of PostgreSQL under writers: nothing acknowledged is lost, nothing is unlogged (S42)."""

import json
import threading

import pytest

from tests.proefhuis import Proefhuis
from tests.servers.hulp import wait_for

pytestmark = pytest.mark.traag

WRITERS = 3
KILLS = 3
BETWEEN = 12
"""Acknowledged reports before each kill."""
DEADLINE = 60.0

SIGN = "from tests.storingen.verslagen import sign_until_told; sign_until_told()"
COUNT = (
    "import json; from tests.storingen.verslagen import signed_and_logged;"
    "print(json.dumps(signed_and_logged()))"
)


@pytest.fixture
def huis(tmp_path):
    """A house whose database waits for the disk: only then is a promise a promise."""
    huis = Proefhuis(tmp_path / "huis", PROEFHUIS_DUURZAAM="1")
    yield huis
    huis.stop()


class Schrijver:
    """A process that signs reports; reads along what it says."""

    def __init__(self, huis) -> None:
        self.process = huis.start(SIGN)
        self.getekend: list[str] = []
        self.fouten: list[str] = []
        self.thread = threading.Thread(target=self._read)
        self.thread.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            word, _, rest = line.strip().partition(" ")
            {"getekend": self.getekend, "fout": self.fouten}[word].append(rest)

    def stop(self) -> None:
        self.process.stdin.write("klaar\n")
        self.process.stdin.close()
        self.thread.join(DEADLINE)
        assert self.process.wait(DEADLINE) == 0, self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()


def test_no_acknowledged_report_is_lost_and_none_is_without_its_line(huis):
    before, _lines, _fout = json.loads(huis.shell(COUNT))
    writers = [Schrijver(huis) for _ in range(WRITERS)]

    def number() -> int:
        return sum(len(writer.getekend) for writer in writers)

    for _ in range(KILLS):
        goal = number() + BETWEEN
        wait_for(lambda goal=goal: number() >= goal, DEADLINE)
        huis.kill("postgres", "-D")
    after = number() + BETWEEN
    wait_for(lambda: number() >= after, DEADLINE)  # and it goes on by itself
    for writer in writers:
        writer.stop()

    acknowledged = {pk for writer in writers for pk in writer.getekend}
    versies, lines, fout = json.loads(huis.shell(COUNT))
    assert len(acknowledged) >= BETWEEN * (KILLS + 1)
    assert any(writer.fouten for writer in writers)  # the kills were felt
    assert acknowledged - set(versies) == set()
    assert set(versies) - set(before) <= set(lines)
    assert fout == ""
