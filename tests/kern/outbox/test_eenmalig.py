"""What opens something is wiped as soon as it left."""

import hashlib
from email import message_from_bytes

from django.db import connection

from kern import bezorging, crypto, outbox, verzegeld
from kern.kanalen import Later, Nooit
from kern.models import Zending
from tests.kern.outbox.hulp import enqueue, once


def test_an_accepted_link_is_wiped_and_its_proof_stays(kring, kanaal):
    zending = once(kring)
    bezorging.deliver(zending.pk, kring.pk)
    zending.refresh_from_db()
    assert (zending.status, bytes(zending.inhoud)) == (Zending.Status.VERZONDEN, b"")
    assert zending.sha256 == hashlib.sha256(kanaal[0]).hexdigest()
    assert zending.bericht_id == message_from_bytes(kanaal[0])["Message-ID"]
    # The rotation and the drill pass an empty row by.
    kolommen = {kolom.naam: kolom for kolom in verzegeld.declared()}
    with connection.cursor() as cursor:
        cursor.execute(kolommen["kern_zending.inhoud"].query)
        assert cursor.fetchall() == []


def test_an_ordinary_mail_is_kept(kring, kanaal):
    zending = enqueue(kring)
    bezorging.deliver(zending.pk, kring.pk)
    zending.refresh_from_db()
    assert crypto.unseal(zending.inhoud, place=outbox.place_of(zending)) == kanaal[0]


def test_a_link_that_waits_can_be_sent_again_the_same(kring, kanaal, now_due):
    zending = once(kring)
    kanaal.faults = [Later("vol")]
    bezorging.deliver(zending.pk, kring.pk)
    now_due()
    bezorging.deliver(zending.pk, kring.pk)
    assert len(kanaal) == 2
    assert kanaal[0] == kanaal[1]


def test_withdrawing_forgets_the_link(kring, kanaal):
    one, two, plain = once(kring, "een"), once(kring, "twee"), enqueue(kring, "drie")
    assert outbox.withdraw(one)
    kanaal.faults = [Nooit("550")]
    bezorging.deliver(two.pk, kring.pk)
    assert outbox.withdraw(two)
    assert outbox.withdraw(plain)
    for row in (one, two, plain):
        row.refresh_from_db()
    assert (bytes(one.inhoud), one.status) == (b"", Zending.Status.INGETROKKEN)
    assert (bytes(two.inhoud), two.status) == (b"", Zending.Status.INGETROKKEN)
    assert bytes(plain.inhoud) != b""
    assert bezorging.deliver(one.pk, kring.pk) is None
