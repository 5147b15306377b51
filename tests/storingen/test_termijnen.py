"""Clocks outlive everything that helps them (U7): shown by the web alone, told exactly once.

Half an hour without a queue is not waited for: the rows are moved back instead, as if everything
had stood still that long.
"""

import json
import os
import re
import signal
from email import message_from_bytes

import pytest

from tests.proefhuis import Proefhuis
from tests.servers.hulp import wait_for
from tests.storingen.browser import Browser

pytestmark = pytest.mark.traag
BELLERS = "from tests.storingen.bellers import *; "
QUEUE = (("celery", "worker"), ("valkey-server",), ("manage.py", "bezorg"))


@pytest.fixture(scope="module")
def huis(tmp_path_factory):
    huis = Proefhuis(tmp_path_factory.mktemp("termijnen") / "huis", sjabloon=True)
    yield huis
    huis.stop()


def make_overdue(huis, number: int) -> list[str]:
    return huis.shell(f"{BELLERS}print(*make_overdue({number}))").split()


def _hold(huis) -> list[int]:
    """Freeze the whole queue: the supervisor sees nothing that it could start again."""
    pids = [pid for signs in QUEUE for pid in huis.pids(*signs)]
    assert len(pids) >= len(QUEUE)
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    return pids


def _kill(pids: list[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def _notices(huis) -> dict[str, set[str]]:
    """Return the Message-IDs of the notices about each call: a repeat is the same message."""
    found: dict[str, set[str]] = {}
    for body in huis.mails():
        mail = message_from_bytes(body)
        if match := re.match(r"Te laat: oproep (\d+)", mail["Subject"] or ""):
            found.setdefault(match[1], set()).add(mail["Message-ID"])
    return found


def _told_once(huis, numbers: list[str], *, each: int = 2) -> None:
    """Two clocks a call (the dentist, the norm): two notices, two lines; no more and no less."""
    expected = dict.fromkeys(numbers, each)
    wait_for(lambda: expected.items() <= {n: len(m) for n, m in _notices(huis).items()}.items(), 60)
    lines = json.loads(huis.shell(f"{BELLERS}print(lines_of({','.join(numbers)}))"))
    assert lines == expected


def test_queue_away_for_half_an_hour(huis):
    down = _hold(huis)
    try:
        numbers = make_overdue(huis, 6)
        board = Browser(huis).board()
        assert set(numbers) <= set(board)
        assert all("te laat" in board[number] for number in numbers)
        assert not set(numbers) & set(_notices(huis))
    finally:
        _kill(down)
    seconds = float(huis.shell(f"{BELLERS}print(wait_until_told())"))
    assert seconds < 60
    _told_once(huis, numbers)


def test_sweeper_killed_halfway(huis):
    huis.shell(f"{BELLERS}wait_until_told()")
    (pid,) = wait_for(lambda: huis.pids("manage.py", "bezorg"), 60)
    left, numbers = json.loads(huis.shell(f"{BELLERS}print(json.dumps(kill_halfway({pid}, 40)))"))
    assert 0 < left < 80
    assert float(huis.shell(f"{BELLERS}print(wait_until_told())")) < 60
    _told_once(huis, [str(number) for number in numbers])


def test_two_sweepers_at_once(huis):
    second = huis.start('from django.core.management import call_command; call_command("bezorg")')
    try:
        numbers = make_overdue(huis, 20)
        assert float(huis.shell(f"{BELLERS}print(wait_until_told())")) < 60
        _told_once(huis, numbers)
        assert second.poll() is None
    finally:
        second.terminate()
        second.communicate()
