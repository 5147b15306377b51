"""What left is recorded, also when the database goes away in between."""

from itertools import count

import psycopg
import pytest
from django.db import OperationalError, connection

from kern import bezorging
from kern.models import Bezorgpoging, Logregel, Zending
from kern.tenancy import kring_context
from tests.kern.outbox.hulp import enqueue
from tests.servers.hulp import wait_for


class _Away:
    """A database that is away for a number of tries."""

    in_atomic_block = False

    def __init__(self, tries):
        self.tries = tries
        self.closed = 0

    def close(self):
        self.closed += 1

    def record(self):
        if self.closed < self.tries:
            raise OperationalError("the database system is starting up")
        return "aangenomen"


def test_recording_outlives_a_restart_of_the_database(monkeypatch):
    away = _Away(tries=3)
    monkeypatch.setattr(bezorging, "connection", away)
    monkeypatch.setattr(bezorging.time, "sleep", lambda seconds: None)
    assert bezorging._persistent(away.record)() == "aangenomen"
    assert away.closed == 3


def test_recording_does_not_wait_for_ever(monkeypatch):
    away = _Away(tries=99)
    clock = count(0, bezorging.PATIENCE / 4.5)
    monkeypatch.setattr(bezorging, "connection", away)
    monkeypatch.setattr(bezorging.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(bezorging.time, "monotonic", lambda: next(clock))
    with pytest.raises(OperationalError):
        bezorging._persistent(away.record)()
    assert away.closed == 4


@pytest.mark.traag
def test_recording_outlives_standing_still_inside_it(echte_db, echte_kring, kanaal, monkeypatch):
    """PostgreSQL ends who stands still with locks in hand; what left must be recorded all the same.

    Otherwise it would leave again.
    """
    log_it, stood = bezorging._log_transfer, []

    def stand_still(*args):
        if not stood:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 20")
                cursor.execute("SELECT pg_backend_pid()")
                stood.append(cursor.fetchone()[0])
            with psycopg.connect(echte_db, autocommit=True) as other:
                alive = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
                wait_for(lambda: other.execute(alive, stood).fetchone() == (0,))
        log_it(*args)

    monkeypatch.setattr(bezorging, "_log_transfer", stand_still)
    with kring_context(echte_kring.pk):
        zending = enqueue(echte_kring)
    assert bezorging.deliver(zending.pk, echte_kring.pk) == Bezorgpoging.Resultaat.AANGENOMEN
    with kring_context(echte_kring.pk):
        zending.refresh_from_db()
        assert zending.status == Zending.Status.VERZONDEN
        assert Logregel.objects.filter(gebeurtenis="zending.mail").count() == 1
    assert len(kanaal) == 1
