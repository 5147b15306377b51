"""Two senders of one message: who holds the lease sends, and what is sent stays sent."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now

from kern import bezorging
from kern.kanalen import CHANNELS, Nooit
from kern.models import Bezorgpoging, Zending
from kern.tenancy import kring_context
from tests.kern.outbox.hulp import enqueue


def test_a_living_lease_keeps_others_away(kring, kanaal):
    zending = enqueue(kring)
    Zending.objects.update(lease_tot=Now() + timedelta(seconds=30))
    assert bezorging.deliver(zending.pk, kring.pk) is None
    Zending.objects.update(lease_tot=Now() - timedelta(seconds=1))
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.AANGENOMEN


def test_a_frozen_process_cannot_undo_its_successor(kring, kanaal, now_due):
    """The first sender freezes longer than its lease; another sends; then the first fails."""
    zending = enqueue(kring)
    frozen, poging = bezorging._claim(zending.pk)
    now_due()
    bezorging.deliver(zending.pk, kring.pk)
    bezorging._record_failure(frozen, poging, Bezorgpoging.Resultaat.GEWEIGERD, "te laat")
    zending.refresh_from_db()
    assert (zending.status, zending.hek) == (Zending.Status.VERZONDEN, 2)


def test_a_late_success_is_still_the_truth(kring, kanaal, now_due):
    """The first sender was accepted after its successor failed: sent is sent."""
    zending = enqueue(kring)
    frozen, poging = bezorging._claim(zending.pk)
    now_due()
    kanaal.faults = [Nooit("mailserver antwoordt 550")]
    bezorging.deliver(zending.pk, kring.pk)
    bezorging._record_sent(frozen, poging)
    zending.refresh_from_db()
    assert zending.status == Zending.Status.VERZONDEN


def test_a_dead_process_leaves_an_unknown_attempt(kring, now_due, kanaal):
    zending = enqueue(kring)
    bezorging._claim(zending.pk)
    now_due()
    bezorging.deliver(zending.pk, kring.pk)
    assert sorted(Bezorgpoging.objects.values_list("resultaat", flat=True)) == [
        "aangenomen",
        "onbekend",
    ]


@pytest.mark.traag
def test_two_claimers_never_both(echte_kring, monkeypatch):
    """Eight senders, forty messages: each leaves once."""
    sent, lock = [], threading.Lock()

    def channel(body):
        time.sleep(0.002)  # what sending takes: without it nobody would ever meet another
        with lock:
            sent.append(body)

    monkeypatch.setitem(CHANNELS, Zending.Soort.MAIL, channel)
    with kring_context(echte_kring.pk):
        ids = [enqueue(echte_kring, f"nr {number}").pk for number in range(40)]
    start = threading.Barrier(8)

    def work(_index):
        try:
            start.wait(10)
            return [bezorging.deliver(pk, echte_kring.pk) for pk in ids]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        results = [result for part in pool.map(work, range(8)) for result in part]
    assert results.count(Bezorgpoging.Resultaat.AANGENOMEN) == 40
    assert len(sent) == len(set(sent)) == 40
