"""Tasks for people: one for each cause, told, done, and closed by itself when it is over."""

import pytest
from django.db import IntegrityError, transaction

from kern.actor import Actor
from kern.models import Logregel
from verslag import actions
from verslag.models import Taak


@pytest.fixture
def systeem(kring):
    return Actor.system(kring.pk, "bezorger")


def opened(kring, systeem, sleutel="overdracht|1", **extra):
    soort = extra.pop("soort", Taak.Soort.ONGELEZEN)
    return actions.open_taak(kring_id=kring.pk, soort=soort, sleutel=sleutel, by=systeem, **extra)


def test_one_cause_is_one_task_with_one_line(kring, systeem):
    taak = opened(kring, systeem, uitleg="Twee werkdagen niet opgehaald.")
    assert opened(kring, systeem, uitleg="Nog eens.") == taak
    taak.refresh_from_db()
    assert (taak.uitleg, taak.is_open) == ("Twee werkdagen niet opgehaald.", True)
    assert Logregel.objects.get(gebeurtenis="taak.geopend").object_id == str(taak.pk)


def test_a_task_knows_recipient_and_patient_of_its_handover(kring, systeem, overdracht):
    taak = opened(kring, systeem, overdracht=overdracht)
    assert taak.ontvanger == overdracht.ontvanger
    patient = overdracht.versie.verslag.dossier.patient
    assert taak.patient == patient
    assert Logregel.objects.get(gebeurtenis="taak.geopend").patient_id == patient.pk


def test_a_closed_task_stays_closed(kring, systeem):
    taak = opened(kring, systeem)
    close = {"kring_id": kring.pk, "sleutel": taak.sleutel, "by": systeem}
    assert actions.close_taak(**close, oplossing="gebeld", toelichting="Ze haalt het op.") is True
    assert actions.close_taak(**close) is False
    assert opened(kring, systeem) == taak
    taak.refresh_from_db()
    assert (taak.oplossing, taak.toelichting) == ("gebeld", "Ze haalt het op.")
    assert not Taak.objects.open().exists()
    assert Logregel.objects.filter(gebeurtenis="taak.gesloten").count() == 1


def test_nothing_to_close_is_no_fault(kring, systeem):
    assert actions.close_taak(kring_id=kring.pk, sleutel="nooit", by=systeem) is False


def test_task_and_line_stand_or_fall_together(kring, systeem, monkeypatch):
    monkeypatch.setattr("kern.logboek.record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        opened(kring, systeem)
    assert not Taak.objects.exists()


def test_a_soort_that_does_not_exist_is_a_programming_error(kring, systeem):
    with pytest.raises(ValueError, match="zomaar"):
        opened(kring, systeem, soort="zomaar")


def test_closed_without_saying_how_is_refused_by_the_database(kring, systeem):
    taak = opened(kring, systeem)
    with pytest.raises(IntegrityError, match="taak_gesloten_met_oplossing"), transaction.atomic():
        Taak.objects.filter(pk=taak.pk).update(oplossing="gebeld")
