"""A dead letter: when trying ends, who is told, and what it holds up: nothing."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now

from kern import bezorging
from kern.actor import Actor
from kern.kanalen import Later, Nooit
from kern.management.commands.bezorg import sweep
from kern.models import Bezorgpoging, Logregel, Zending
from tests.kern.outbox.hulp import enqueue


def test_a_refusal_is_a_dead_letter_until_a_person_looks(kring, kanaal, now_due):
    kanaal.faults = [Nooit("mailserver antwoordt 550")]
    zending = enqueue(kring)
    bezorging.deliver(zending.pk, kring.pk)
    zending.refresh_from_db()
    assert zending.status == Zending.Status.MISLUKT
    assert Logregel.objects.get(gebeurtenis="zending.mail").uitkomst == "mislukt"
    now_due()
    assert bezorging.deliver(zending.pk, kring.pk) is None
    bezorging.requeue(zending, by=Actor.system(kring.pk))
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.AANGENOMEN


def test_twelve_attempts_are_enough(kring, kanaal, now_due, settings):
    kanaal.faults = [Later("straks") for _number in range(20)]
    zending = enqueue(kring)
    for _round in range(settings.OUTBOX_MAX_ATTEMPTS):
        now_due()
        bezorging.deliver(zending.pk, kring.pk)
    zending.refresh_from_db()
    assert zending.status == Zending.Status.MISLUKT
    assert len(kanaal) == settings.OUTBOX_MAX_ATTEMPTS


def test_four_hours_of_trying_are_enough(kring, kanaal, now_due):
    kanaal.faults = [Later("straks") for _number in range(3)]
    zending = enqueue(kring)
    # Waiting long before anything could try is no reason to give up.
    Zending.objects.update(aangemaakt_op=Now() - timedelta(hours=5))
    bezorging.deliver(zending.pk, kring.pk)
    zending.refresh_from_db()
    assert zending.status == Zending.Status.KLAAR
    for hours, status in ((3.9, Zending.Status.KLAAR), (4.1, Zending.Status.MISLUKT)):
        Zending.objects.update(geprobeerd_sinds=Now() - timedelta(hours=hours))
        now_due()
        bezorging.deliver(zending.pk, kring.pk)
        zending.refresh_from_db()
        assert zending.status == status


def test_a_dead_letter_is_told_of_once(kring, kanaal, stuck):
    kanaal.faults = [Nooit("mailserver antwoordt 550")]
    zending = enqueue(kring)
    bezorging.deliver(zending.pk, kring.pk)
    assert stuck == [(zending.pk, Zending.Status.MISLUKT)]


def test_given_up_and_told_of_are_one_fact(kring, kanaal, monkeypatch):
    kanaal.faults = [Nooit("mailserver antwoordt 550")]
    monkeypatch.setattr(bezorging, "_listeners", [lambda row: 1 / 0])
    zending = enqueue(kring)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        bezorging.deliver(zending.pk, kring.pk)
    zending.refresh_from_db()
    assert zending.status == Zending.Status.KLAAR


def test_one_message_that_cannot_be_handled_holds_up_no_other(kring, kanaal, monkeypatch):
    kanaal.faults = [Nooit("mailserver antwoordt 550")]
    monkeypatch.setattr(bezorging, "_listeners", [lambda row: 1 / 0])
    enqueue(kring, "een")
    enqueue(kring, "twee")
    assert sweep() == 2
    assert Zending.objects.filter(status=Zending.Status.VERZONDEN).count() == 1
