"""A backup made in the middle of the queue is put back: nothing is lost, a repeat is identical."""

import os
import subprocess
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from psycopg import sql

from kern import bezorging, outbox
from kern.kopie import gereedschap
from kern.management.commands.bezorg import sweep
from kern.models import Zending
from kern.tenancy import kring_context
from tests import databank
from tests.factories import KringFactory
from tests.storingen.post import running_post

pytestmark = pytest.mark.traag

NUMBER = 4


@pytest.fixture
def post(tmp_path, settings):
    with running_post(tmp_path / "post", settings) as post:
        yield post


def _dump(name: str) -> bytes:
    url = databank.database_url(name, databank.SUPERUSER_URL)
    command = [gereedschap.program("pg_dump"), "--format=custom", f"--dbname={url}"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _put_back(name: str, dump: bytes) -> None:
    """Throw the database away and make it again from the backup."""
    databank.drop(name)
    create = "CREATE DATABASE {} OWNER spoed_eigenaar TEMPLATE template0"
    with databank.superuser() as server:
        server.execute(sql.SQL(create).format(sql.Identifier(name)))
    gereedschap.restore(databank.database_url(name, databank.SUPERUSER_URL), [dump])


def test_a_restored_queue_sends_the_same_messages(echte_db, settings, post):
    settings.PG_BIN = os.environ["SPOED_PG_BIN"]
    name = connection.settings_dict["NAME"]
    kring = KringFactory()
    with kring_context(kring.pk):
        sent, in_hand, *_waiting = [
            outbox.enqueue_mail(
                kring_id=kring.pk,
                sleutel=f"nr {number}",
                aan=f"eigen{number}@elders.example",
                onderwerp="Verslag",
                tekst="Er staat een verslag klaar.",
            ).pk
            for number in range(NUMBER)
        ]
    bezorging.deliver(sent, kring.pk)
    with kring_context(kring.pk):
        bezorging._claim(in_hand)
    copy = _dump(name)
    with kring_context(kring.pk):
        Zending.objects.filter(pk=in_hand).update(lease_tot=None)
    assert sweep() == NUMBER - 1

    connection.close()
    _put_back(name, copy)
    with kring_context(kring.pk):
        assert Zending.objects.filter(status=Zending.Status.KLAAR).count() == NUMBER - 1
        # The lease of a process that is no more.
        Zending.objects.filter(pk=in_hand).update(lease_tot=Now() - timedelta(seconds=1))
    assert sweep() == NUMBER - 1

    with kring_context(kring.pk):
        states = set(Zending.objects.values_list("status", flat=True))
    assert states == {Zending.Status.VERZONDEN}
    times = Counter((row.adres, row.bericht, row.sha256) for row in post.ontvangen())
    assert sorted(times.values()) == [1] + [2] * (NUMBER - 1)
    assert len({adres for adres, _bericht, _sha in times}) == NUMBER
