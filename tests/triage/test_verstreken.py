"""A clock that runs out is told once, whatever happens around it (U7)."""

import json
import threading
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.db.models.functions import Now

from kern import crypto, outbox, rondewerk
from kern.models import Logregel, Zending
from kern.outbox import place_of
from kern.tenancy import kring_context, set_context
from tests import factories
from triage.models import Oproep, Termijn
from triage.protocol.termijnen import TE_MELDEN
from triage.verstreken import WAT, tell_overdue

GEMELD = ("termijn.verstreken", "oproep.terugbellen_door_dienst")


@pytest.fixture
def desk(kring):
    """A desk that wants a mail and a text message."""
    kring.meldmail_triage, kring.meldtelefoon_triage = "balie@meldkamer.example", "+31612345678"
    kring.save()
    return kring


@pytest.fixture
def late(oproep):
    """Return a builder of clocks that ran out a moment ago."""

    def build(soort="zien", over=-1, **values):
        begin = Now() - timedelta(hours=1)
        return Termijn.objects.create(
            kring=oproep.kring,
            oproep=oproep,
            soort=soort,
            begint_op=begin,
            vervalt_op=Now() + timedelta(minutes=over),
            **values,
        )

    return build


def lines():
    return Logregel.objects.filter(gebeurtenis__in=GEMELD)


def body_of(zending):
    return crypto.unseal(zending.inhoud, place=place_of(zending))


def mail_of(zending):
    return message_from_bytes(body_of(zending), policy=policy.default)


def test_an_overdue_clock_is_told_once(desk, late):
    termijn = late()
    assert tell_overdue() == 1
    assert tell_overdue() == 0
    termijn.refresh_from_db()
    assert termijn.gemeld_op is not None
    assert sorted(Zending.objects.values_list("soort", flat=True)) == ["mail", "sms"]
    assert lines().get().object_id == str(termijn.oproep_id)


def test_a_landline_of_the_desk_is_called(desk, late):
    desk.meldtelefoon_triage = "+31301112233"
    desk.save()
    late()
    tell_overdue()
    call = json.loads(body_of(Zending.objects.get(soort="spraak")))
    assert call["telefoon"] == "+31301112233"
    assert "is te laat" in call["tekst"]
    assert "http" not in call["tekst"]
    assert not Zending.objects.filter(soort="sms").exists()


@pytest.mark.parametrize("soort", ["contact_tandarts", "zien", "terugbellen", "bloeding"])
def test_the_notice_says_what_to_do_and_nothing_of_the_patient(desk, late, soort):
    patient = factories.PatientFactory(kring=desk, naam="Geheime Patiënt")
    termijn = late(soort)
    Oproep.objects.filter(pk=termijn.oproep_id).update(patient=patient)
    tell_overdue()
    mail = mail_of(Zending.objects.get(soort="mail"))
    text = mail["Subject"] + mail.get_content()
    assert f"oproep {termijn.oproep.nummer}" in text
    assert f"/k/{desk.slug}/triage/" in text
    assert str(WAT[soort]) in text
    assert "Geheime" not in text
    assert patient.telefoon[-8:] not in text
    assert lines().get().patient_id == patient.pk


def test_without_an_address_the_screens_and_the_log_say_it(late):
    late()
    assert tell_overdue() == 1
    assert not Zending.objects.exists()
    assert lines().count() == 1


def test_a_patient_who_does_not_ring_back_is_for_the_service(late):
    late("terugbellen")
    tell_overdue()
    assert lines().get().gebeurtenis == "oproep.terugbellen_door_dienst"


@pytest.mark.parametrize(
    "values",
    [
        {"over": 1},
        {"soort": "streef"},
        {"gesloten_op": Now(), "sluitreden": "gehaald"},
        {"gemeld_op": Now()},
    ],
)
def test_nothing_to_tell(desk, late, values):
    late(**values)
    assert tell_overdue() == 0
    assert not Zending.objects.exists()


def test_a_new_deadline_is_told_anew(desk, late):
    first = late()
    tell_overdue()
    Termijn.objects.filter(pk=first.pk).update(gesloten_op=Now(), sluitreden="vervangen")
    late()
    assert tell_overdue() == 1
    assert lines().count() == 2


def test_notice_and_mark_stand_or_fall_together(desk, late, monkeypatch):
    termijn = late()

    def broken(**kwargs):
        raise RuntimeError("no outbox")

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "enqueue_sms", broken)
        assert tell_overdue() == 0
    termijn.refresh_from_db()
    assert termijn.gemeld_op is None
    assert not Zending.objects.exists()
    assert not lines().exists()
    assert tell_overdue() == 1


def test_one_that_cannot_be_told_does_not_silence_the_others(desk, late, monkeypatch):
    late("zien")
    late("bloeding", over=-5)
    enqueue = outbox.enqueue_mail

    def picky(**kwargs):
        if str(WAT["bloeding"]) in kwargs["tekst"]:
            raise RuntimeError("not this one")
        return enqueue(**kwargs)

    monkeypatch.setattr(outbox, "enqueue_mail", picky)
    assert tell_overdue() == 1


def test_every_kring_is_told_of_its_own(desk, late, andere_kring):
    late()
    other = factories.OproepFactory(kring=andere_kring)
    Termijn.objects.create(
        kring=andere_kring,
        oproep=other,
        soort="zien",
        begint_op=Now() - timedelta(hours=1),
        vervalt_op=Now(),
    )
    assert tell_overdue() == 2
    assert {line.kring_id for line in lines()} == {desk.pk, andere_kring.pk}
    assert set(Zending.objects.values_list("kring_id", flat=True)) == {desk.pk}


def test_what_the_notice_says_exists_for_every_clock_that_is_told():
    assert {str(soort) for soort in WAT} == {soort.value for soort in TE_MELDEN}


def test_the_sweeper_does_it_in_its_round():
    assert tell_overdue in rondewerk._works


@pytest.fixture
def overdue_calls(echte_db):
    """Ten calls with a clock that ran out, committed, in a kring with a desk."""
    kring = factories.KringFactory(meldmail_triage="balie@meldkamer.example")
    with kring_context(kring.pk):
        door = factories.LidmaatschapFactory(kring=kring).gebruiker
        for number in range(10):
            oproep = factories.OproepFactory(kring=kring, nummer=number, aangenomen_door=door)
            Termijn.objects.create(
                kring=kring,
                oproep=oproep,
                soort="zien",
                begint_op=Now() - timedelta(hours=1),
                vervalt_op=Now() - timedelta(minutes=30),
            )
    return kring


@pytest.mark.traag
def test_two_sweepers_at_once_tell_each_clock_once(overdue_calls):
    together = threading.Barrier(3)
    counts = []

    def sweep():
        try:
            together.wait()
            counts.append(tell_overdue())
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 10
    with kring_context(overdue_calls.pk):
        assert Zending.objects.count() == 10
        assert lines().count() == 10
        assert not Termijn.objects.untold().exists()


@pytest.mark.traag
def test_a_call_that_is_being_changed_is_told_of_afterwards(overdue_calls):
    """The sweeper never waits for somebody who is typing."""
    held, release = threading.Event(), threading.Event()

    def typing():
        try:
            with kring_context(overdue_calls.pk):
                Termijn.objects.select_for_update().filter(oproep__nummer=3).get()
                held.set()
                release.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=typing)
    thread.start()
    held.wait(20)
    assert tell_overdue() == 9
    release.set()
    thread.join()
    set_context([])
    assert tell_overdue() == 1
