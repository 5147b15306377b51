"""Reminders and the escalation: to whom, when, and exactly once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bereikbaarheid import herinneren
from bereikbaarheid.coordinatoren import coordinators_of
from bereikbaarheid.models import Herinnering
from kern import rondewerk
from kern.models import Logregel
from kern.sms import speak_telefoon
from rooster.models import Dienst, Dienstplaats
from tests.factories import (
    DienstFactory,
    InstellingFactory,
    TandartsFactory,
)

pytestmark = pytest.mark.django_db


def duty(kring, minuten, **kwargs):
    """A duty that began so many minutes ago, planned long before."""
    begin = timezone.now() - timedelta(minutes=minuten)
    dienst = DienstFactory(kring=kring, begin=begin, **kwargs)
    Dienstplaats.objects.filter(dienst=dienst).update(aangemaakt_op=begin - timedelta(days=7))
    return dienst


@pytest.fixture
def people(kring, tandarts, achter, coordinator):
    kring.telefoon_coordinator = "+31611112233"
    kring.save()
    return {"dienstdoende": tandarts, "achterwacht": achter}


def test_before_the_duty_both_phones_get_a_text(kring, people, smsjes, mails):
    duty(kring, -20, **people)
    assert herinneren.remind_all() == 2
    numbers = {number for number, _text in smsjes()}
    assert numbers == {row.telefoon for row in people.values()}
    assert all("Doe de startcontrole" in text for _number, text in smsjes())
    assert mails() == []


def test_nobody_is_reminded_too_early_or_of_what_is_done(kring, people, tick, smsjes):
    duty(kring, -40, **people)
    other = duty(kring, -40 - 24 * 60)
    tick(other)
    assert herinneren.remind_all() == 0
    assert smsjes() == []


def test_once_however_often_the_sweeper_looks(kring, people, smsjes):
    duty(kring, -20, **people)
    assert [herinneren.remind_all() for _ in range(3)] == [2, 0, 0]
    assert len(smsjes()) == 2


def test_after_the_begin_a_text_and_a_mail(kring, people, tandarts_gebruiker, smsjes, mails):
    dienst = duty(kring, 6, **people)
    herinneren.remind_all()
    assert len(smsjes()) == 2
    (mail,) = mails()  # the achterwacht of this test has no account
    assert mail["To"] == tandarts_gebruiker.email
    assert f"/bereikbaarheid/start/{dienst.pk}/" in mail.get_content()


def test_after_a_quarter_the_coordinator(kring, people, tick, smsjes, mails):
    dienst = duty(kring, 16, **people)
    tick(dienst, "antwoordapparaat", "nummer", "lijn")
    herinneren.remind_all()
    (mail,) = [mail for mail in mails() if mail["Subject"].startswith("Startcontrole niet af")]
    assert mail["To"] == coordinators_of(kring.pk)[0].email
    assert people["dienstdoende"].naam in mail["Subject"]
    assert "Nog te doen: eigen telefoon." in mail.get_content()
    assert "+31611112233" in {number for number, _text in smsjes()}
    events = Logregel.objects.filter(kring=kring).values_list("gebeurtenis", flat=True)
    assert sorted(events) == [
        "startcontrole.geescaleerd",
        "startcontrole.herinnerd",
        "startcontrole.herinnerd",
    ]


def test_a_landline_of_the_coordinator_is_called(kring, people, smsjes, telefoontjes):
    kring.telefoon_coordinator = "+31301112233"
    kring.save()
    duty(kring, 16, dienstdoende=people["dienstdoende"])
    herinneren.remind_all()
    ((number, text),) = telefoontjes()
    assert number == "+31301112233"
    assert number not in {number for number, _text in smsjes()}
    assert people["dienstdoende"].naam in text
    assert speak_telefoon(people["dienstdoende"].telefoon) in text
    assert "http" not in text


def test_a_finished_check_alarms_nobody(kring, people, tick, smsjes):
    dienst = duty(kring, 60, **people)
    tick(dienst)
    tick(dienst, "telefoon", tandarts=people["achterwacht"])
    assert herinneren.remind_all() == 0
    assert smsjes() == []


def test_the_terms_are_those_of_the_kring(kring, people, smsjes):
    InstellingFactory(kring=kring, herinner_voor=10, herinner_na=60, escaleer_na=120)
    duty(kring, 50, einde=timezone.now() + timedelta(minutes=15))
    duty(kring, -20, **people)
    assert herinneren.remind_all() == 0
    assert smsjes() == []


def test_who_takes_over_is_not_late_at_once(kring, people, smsjes):
    dienst = duty(kring, 120, **people)
    herinneren.remind_all()
    before = len(smsjes())
    place = dienst.plaatsen.get(rol="dienstdoende")
    place.delete()
    Dienstplaats.objects.create(
        kring=kring,
        dienst=dienst,
        rol="dienstdoende",
        tandarts=TandartsFactory(kring=kring),
        begin=dienst.begin,
        einde=dienst.einde,
    )
    assert herinneren.remind_all() == 0
    assert len(smsjes()) == before


def test_a_duty_that_moved_is_reminded_anew(kring, people, smsjes):
    dienst = duty(kring, -20, **people)
    herinneren.remind_all()
    Dienst.objects.filter(pk=dienst.pk).update(begin=dienst.begin + timedelta(minutes=5))
    assert herinneren.remind_all() == 2
    assert len(smsjes()) == 4


def test_a_duty_that_is_over_is_left_alone(kring, people, smsjes):
    duty(kring, 20 * 60, **people)
    assert herinneren.remind_all() == 0


def test_no_message_tells_of_a_patient_or_another_kring(kring, andere_kring, people, smsjes):
    duty(andere_kring, -20)
    duty(kring, -20, **people)
    herinneren.remind_all()
    assert Herinnering.objects.filter(kring=andere_kring).count() == 2
    assert {kring.naam in text for _number, text in smsjes()} == {True}


def test_a_notice_and_its_message_fall_together(kring, people, monkeypatch):
    duty(kring, -20, **people)

    def broken(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(herinneren.outbox, "enqueue_sms", broken)
    with pytest.raises(RuntimeError):
        herinneren.remind_all()
    assert not Herinnering.objects.exists()
    monkeypatch.undo()
    assert herinneren.remind_all() == 2


def test_the_sweeper_looks_every_ten_seconds(monkeypatch):
    looks = []
    monkeypatch.setattr(herinneren, "remind_all", lambda: looks.append(1))
    monkeypatch.setattr(herinneren, "_next_look", 0.0)
    assert herinneren.look in rondewerk._works
    herinneren.look()
    herinneren.look()
    assert looks == [1]
