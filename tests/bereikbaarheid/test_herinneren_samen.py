"""Several sweepers at once, with real commits."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from bereikbaarheid import herinneren
from kern.models import Zending
from kern.tenancy import kring_context
from tests.factories import DienstFactory, KringFactory


@pytest.mark.traag
def test_two_sweepers_make_one_notice(echte_db):
    """They look at the same moment; the lock lets one make the message."""
    kring = KringFactory()
    begin = timezone.now() + timedelta(minutes=20)
    with kring_context(kring.pk):
        DienstFactory(kring=kring, begin=begin)
    start, made = threading.Barrier(4), []

    def sweep():
        start.wait()
        made.append(herinneren.remind_all())
        connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == 2
    with kring_context(kring.pk):
        assert Zending.objects.filter(soort="sms").count() == 2
