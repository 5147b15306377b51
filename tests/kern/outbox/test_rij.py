"""What is written: one row a cause, sealed, with an address that is one."""

from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kern import bezorging, crypto, outbox
from kern.models import Bezorgpoging, Zending
from tests.kern.outbox.hulp import enqueue


def test_the_same_cause_is_sent_once(kring):
    enqueue(kring)
    with pytest.raises(IntegrityError), transaction.atomic():
        enqueue(kring)
    assert Zending.objects.count() == 1


def test_no_row_without_the_transaction_that_causes_it(kring):
    with transaction.atomic():
        enqueue(kring)
        transaction.set_rollback(True)
    assert not Zending.objects.exists()


def test_the_text_is_sealed_and_bound_to_its_row(kring, kanaal):
    one, two = enqueue(kring, "een"), enqueue(kring, "twee")
    assert b"verslag" not in bytes(one.inhoud).lower()
    Zending.objects.filter(pk=one.pk).update(inhoud=two.inhoud)
    assert bezorging.deliver(one.pk, kring.pk) == Bezorgpoging.Resultaat.GEWEIGERD
    one.refresh_from_db()
    assert (one.status, one.fout) == (Zending.Status.MISLUKT, "inhoud beschadigd")
    assert kanaal == []


def test_a_line_end_in_a_name_stops_no_message_and_adds_no_header(kring, kanaal):
    zending = outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel="een",
        aan="media@elders.example",
        onderwerp="Spoednummer Utrecht\r\nBcc: kwaad@elders.example\u2028, week 3",
        tekst="Tekst.",
    )
    bezorging.deliver(zending.pk, kring.pk)
    message = message_from_bytes(kanaal[0], policy=policy.SMTP)
    assert message["Bcc"] is None
    assert message["Subject"] == "Spoednummer Utrecht Bcc: kwaad@elders.example , week 3"


@pytest.mark.parametrize(
    ("aan", "kop"),
    [
        ("tandarts@exämple.example", "tandarts@xn--exmple-cua.example"),
        ("tandarts@elders.example", "tandarts@elders.example"),
        ("tandarts@[192.0.2.1]", "tandarts@[192.0.2.1]"),
    ],
)
def test_the_address_is_one_that_a_mail_server_knows(aan, kop):
    """Written as the DNS writes it: as an encoded word it is an address of nobody."""
    raw = outbox.envelope(aan=aan, onderwerp="Verslag").as_bytes()
    assert f"To: {kop}\r\n".encode() in raw


@pytest.mark.parametrize("aan", ["a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example"])
def test_an_address_is_one_address(aan):
    with pytest.raises(ValueError):  # noqa: PT011  each of the two says it in its own way
        outbox.envelope(aan=aan, onderwerp="Verslag")


def test_the_hint_holds_only_ids(kring, monkeypatch, django_capture_on_commit_callbacks):
    from kern.tasks import bezorg_zending

    sent = []
    monkeypatch.setattr(outbox, "_silent_until", 0.0)
    monkeypatch.setattr(
        bezorg_zending, "apply_async", lambda args, **options: sent.append((args, options))
    )
    with django_capture_on_commit_callbacks(execute=True):
        zending = enqueue(kring)
    assert sent == [((str(zending.pk), kring.pk), {"retry": False})]


def test_the_place_of_a_message_names_row_and_kring(kring):
    zending = Zending(pk=uuid4(), kring_id=kring.pk)
    sealed = crypto.seal(b"x", place=outbox.place_of(zending))
    assert crypto.unseal(sealed, place=outbox.place_of(zending)) == b"x"
