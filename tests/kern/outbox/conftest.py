"""A channel that keeps what leaves, and a clock that does not make us wait."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from kern import bezorging
from kern.kanalen import CHANNELS
from kern.models import Zending
from tests.factories import KringFactory


@pytest.fixture
def kanaal(monkeypatch):
    """A channel that keeps what it gets; `faults` are raised first, one a time."""

    class Kanaal(list):
        faults: list = []

        def __call__(self, body):
            self.append(body)
            if self.faults:
                raise self.faults.pop(0)

    kanaal = Kanaal()
    kanaal.faults = []
    monkeypatch.setitem(CHANNELS, Zending.Soort.MAIL, kanaal)
    return kanaal


@pytest.fixture
def now_due():
    """Let everything that waits be due at once, whoever holds a lease."""

    def move():
        Zending.objects.update(volgende_poging_op=Now() - timedelta(seconds=1), lease_tot=None)

    return move


@pytest.fixture
def stuck(monkeypatch):
    """Who else would be told of a dead letter is not asked here."""
    seen = []
    monkeypatch.setattr(bezorging, "_listeners", [lambda row: seen.append((row.pk, row.status))])
    return seen


@pytest.fixture
def echte_kring(echte_db):
    return KringFactory()
