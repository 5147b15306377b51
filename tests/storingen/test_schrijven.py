"""kill -9 of PostgreSQL under writers: nothing acknowledged is lost, nothing is unlogged (S42)."""

import json
from contextlib import ExitStack

import pytest

from tests.proefhuis import Proefhuis
from tests.servers.hulp import wait_for
from tests.storingen.schrijver import Schrijver

pytestmark = pytest.mark.traag

WRITERS = 3
KILLS = 3
BETWEEN = 12
"""Acknowledged reports before each kill."""
DEADLINE = 60.0

COUNT = (
    "import json; from tests.storingen.verslagen import signed_and_logged;"
    "print(json.dumps(signed_and_logged()))"
)


@pytest.fixture
def huis(tmp_path):
    """A house whose database waits for the disk: only then is a promise a promise."""
    huis = Proefhuis(tmp_path / "huis", sjabloon=True, PROEFHUIS_DUURZAAM="1")
    yield huis
    huis.stop()


@pytest.fixture
def writers(huis):
    """Each reads its answers in a thread: one that goes on would keep the whole run alive."""
    with ExitStack() as stack:
        started = [Schrijver(huis) for _ in range(WRITERS)]
        for writer in started:
            stack.callback(writer.stop)
        yield started


def test_no_acknowledged_report_is_lost_and_none_is_without_its_line(huis, writers):
    before, _lines, _fout = json.loads(huis.shell(COUNT))
    for writer in writers:
        writer.ask()

    def number() -> int:
        return sum(len(writer.versies) for writer in writers)

    for _ in range(KILLS):
        goal = number() + BETWEEN
        wait_for(lambda goal=goal: number() >= goal, DEADLINE)
        huis.kill("postgres", "-D")
    after = number() + BETWEEN
    wait_for(lambda: number() >= after, DEADLINE)  # and it goes on by itself
    for writer in writers:
        writer.stop()

    acknowledged = {pk for writer in writers for pk in writer.versies}
    versies, lines, fout = json.loads(huis.shell(COUNT))
    assert len(acknowledged) >= BETWEEN * (KILLS + 1)
    assert any(writer.fouten for writer in writers)  # the kills were felt
    assert acknowledged - set(versies) == set()
    assert set(versies) - set(before) <= set(lines)
    assert fout == ""
