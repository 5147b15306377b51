"""Faults while reports are on their way: every notice arrives, a repeat is the same message."""

from collections import Counter
from email import message_from_bytes

import pytest

from tests.proefhuis import Proefhuis
from tests.servers.hulp import wait_for

pytestmark = pytest.mark.traag
DEADLINE = 20.0

SIGN = "from tests.storingen.verslagen import sign_some; print(*sign_some({number}))"


@pytest.fixture(scope="module")
def huis(tmp_path_factory):
    huis = Proefhuis(tmp_path_factory.mktemp("storing") / "huis")
    yield huis
    huis.stop()


def _sign(huis, number: int) -> set[str]:
    """Sign reports; return the Message-IDs of their notices."""
    return set(huis.shell(SIGN.format(number=number)).split())


def _delivered(huis) -> Counter:
    return Counter(message_from_bytes(mail)["Message-ID"] for mail in huis.mails())


def _all_delivered(huis, expected: set[str]) -> None:
    wait_for(lambda: expected <= set(_delivered(huis)), DEADLINE)


def test_worker_killed_between_two_handovers(huis):
    first = _sign(huis, 1)
    huis.kill("celery", "worker")
    second = _sign(huis, 1)
    _all_delivered(huis, first | second)
    assert [_delivered(huis)[key] for key in first | second] == [1, 1]


def test_valkey_killed_and_emptied(huis):
    first = _sign(huis, 1)
    huis.kill("valkey-server")
    second = _sign(huis, 1)
    _all_delivered(huis, first | second)
    assert [_delivered(huis)[key] for key in first | second] == [1, 1]


def test_sweeper_killed(huis):
    huis.kill("manage.py", "bezorg")
    sent = _sign(huis, 1)
    _all_delivered(huis, sent)


def test_postgres_killed(huis):
    sent = _sign(huis, 1)
    huis.kill("postgres", "-D")
    wait_for(lambda: huis.shell("print(1)").strip() == "1", DEADLINE)
    _all_delivered(huis, sent)


def test_everything_killed_at_once(huis):
    sent = _sign(huis, 2)
    for signs in (("celery", "worker"), ("manage.py", "bezorg"), ("valkey-server",)):
        huis.kill(*signs)
    _all_delivered(huis, sent)
    assert all(_delivered(huis)[key] == 1 for key in sent)
