"""A message leaves once, or waits and leaves the same; the attempt says how it went."""

import pytest

from kern import bezorging, outbox
from kern.actor import Actor
from kern.kanalen import Later, Onbekend
from kern.models import Bezorgpoging, Logregel, Zending
from tests.kern.outbox.hulp import enqueue


def test_what_must_stand_ready_comes_before_the_message(kring, kanaal, monkeypatch, now_due):
    seen = []

    def prepare(zending, body):
        seen.append((zending.pk, body, len(kanaal)))
        if len(seen) == 1:
            raise Later("nog niet klaar")

    monkeypatch.setattr(bezorging, "_preparations", [prepare])
    zending = enqueue(kring)
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.UITGESTELD
    assert kanaal == []
    now_due()
    bezorging.deliver(zending.pk, kring.pk)
    assert seen == [(zending.pk, kanaal[0], 0)] * 2


def test_delivered_once_with_attempt_and_log_line(kring, kanaal):
    zending = enqueue(kring)
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.AANGENOMEN
    assert bezorging.deliver(zending.pk, kring.pk) is None
    zending.refresh_from_db()
    assert zending.status == Zending.Status.VERZONDEN
    assert zending.verzonden_op is not None
    assert len(kanaal) == 1
    assert Bezorgpoging.objects.get().klaar_op is not None
    line = Logregel.objects.get(gebeurtenis="zending.mail")
    assert (line.uitkomst, line.object_id) == ("geslaagd", str(zending.pk))


def test_a_temporary_fault_waits_and_repeats_the_same_bytes(kring, kanaal, now_due):
    kanaal.faults = [Later("mailserver antwoordt 451"), RuntimeError("onverwacht")]
    zending = enqueue(kring)
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.UITGESTELD
    zending.refresh_from_db()
    assert zending.status == Zending.Status.KLAAR
    assert zending.fout == "mailserver antwoordt 451"
    assert bezorging.deliver(zending.pk, kring.pk) is None  # not due yet
    for _round in range(2):
        now_due()
        bezorging.deliver(zending.pk, kring.pk)
    assert len(kanaal) == 3
    assert len(set(kanaal)) == 1
    assert b"Message-ID" in kanaal[0]
    zending.refresh_from_db()
    assert zending.status == Zending.Status.VERZONDEN
    assert zending.fout == ""


def test_a_connection_that_broke_halfway_is_an_unknown_attempt(kring, kanaal):
    """Neither refused nor put off: whoever looks at it must know that it may have arrived."""
    kanaal.faults = [Onbekend("geen antwoord: TimeoutError")]
    zending = enqueue(kring)
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.ONBEKEND
    poging = Bezorgpoging.objects.get()
    assert (poging.resultaat, poging.fout) == ("onbekend", "geen antwoord: TimeoutError")
    assert poging.klaar_op is not None
    zending.refresh_from_db()
    assert zending.status == Zending.Status.KLAAR


def test_the_wait_grows_and_is_capped(settings):
    assert all(0.5 <= bezorging.backoff(1) <= 2 for _number in range(50))
    longest = max(bezorging.backoff(11) for _number in range(200))
    assert 300 < longest <= settings.OUTBOX_BACKOFF_CAP


def test_what_waits_can_be_tried_at_once(kring, kanaal):
    kanaal.faults = [Later("straks")]
    zending = enqueue(kring)
    bezorging.deliver(zending.pk, kring.pk)
    assert bezorging.deliver(zending.pk, kring.pk) is None
    assert bezorging.requeue(zending, by=Actor.system(kring.pk)) is True
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.AANGENOMEN
    assert bezorging.requeue(zending, by=Actor.system(kring.pk)) is False
    assert Logregel.objects.filter(gebeurtenis="zending.opnieuw").count() == 1


def test_what_is_on_its_way_is_neither_stopped_nor_tried_again(kring, stuck):
    zending = enqueue(kring)
    bezorging._claim(zending.pk)
    by = Actor.system(kring.pk)
    assert bezorging.requeue(zending, by=by) is False
    assert bezorging.stop(zending, by=by) is False
    assert stuck == []


def test_a_person_stops_a_message_and_whoever_waits_is_told(kring, kanaal, stuck):
    zending = enqueue(kring)
    assert bezorging.stop(zending, by=Actor.system(kring.pk)) is True
    assert bezorging.stop(zending, by=Actor.system(kring.pk)) is False
    assert bezorging.deliver(zending.pk, kring.pk) is None
    assert stuck == [(zending.pk, Zending.Status.INGETROKKEN)]
    assert Logregel.objects.filter(gebeurtenis="zending.ingetrokken").count() == 1


def test_stopped_and_told_of_are_one_fact(kring, monkeypatch):
    monkeypatch.setattr(bezorging, "_listeners", [lambda row: 1 / 0])
    zending = enqueue(kring)
    with pytest.raises(ZeroDivisionError):
        bezorging.stop(zending, by=Actor.system(kring.pk))
    zending.refresh_from_db()
    assert zending.status == Zending.Status.KLAAR


def test_what_was_withdrawn_does_not_leave(kring, kanaal):
    zending = enqueue(kring)
    assert outbox.withdraw(zending) is True
    assert bezorging.deliver(zending.pk, kring.pk) is None
    assert outbox.withdraw(zending) is False
    assert kanaal == []
