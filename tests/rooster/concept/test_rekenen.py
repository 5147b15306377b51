"""Runs of the planner: claimed once, told of, stopped, salvaged, put into the draft."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db.models.functions import Now

from kern.models import Logregel
from rooster.actions import plantaak as stappen
from rooster.concept import rekenen
from rooster.concept import werk as planwerk
from rooster.concept.uitvoer import assignment_of, instance_of
from rooster.models import Conceptplaats, Plantaak
from rooster.planner import judge, read_instance

pytestmark = pytest.mark.django_db


@pytest.fixture
def taak(concept, systeem):
    return stappen.ask_plan(concept, instantie=instance_of(concept), seconden=10, by=systeem)


def test_a_run_fills_every_place_by_the_rules(concept, taak):
    assert rekenen.run(taak.pk, taak.kring_id)
    taak.refresh_from_db()
    concept.refresh_from_db()
    inst = read_instance(instance_of(concept))
    oordeel = judge(inst, assignment_of(concept))
    assert (taak.status, oordeel.gebroken, oordeel.onbezet) == ("klaar", (), 0)
    assert taak.doel == oordeel.doel == concept.bewijs["bewijs"]["doel"]
    assert taak.ondergrens == concept.bewijs["bewijs"]["ondergrens"] <= taak.doel
    line = Logregel.objects.get(gebeurtenis="concept.gepland")
    assert line.object_id == str(concept.pk)


def test_a_run_is_done_once(taak):
    assert rekenen.run(taak.pk, taak.kring_id)
    assert not rekenen.run(taak.pk, taak.kring_id)
    assert Logregel.objects.filter(gebeurtenis="concept.gepland").count() == 1


def test_a_run_plans_around_pins(concept, kader, systeem):
    plaats = Conceptplaats.objects.filter(dienst__concept=concept, rol="achterwacht").first()
    wie = kader.tandartsen[3]
    Conceptplaats.objects.filter(pk=plaats.pk).update(
        tandarts=wie, deelnemer=wie.deelnemer, vast=True
    )
    taak = stappen.ask_plan(concept, instantie=instance_of(concept), seconden=10, by=systeem)
    rekenen.run(taak.pk, taak.kring_id)
    plaats.refresh_from_db()
    assert (plaats.tandarts, plaats.vast) == (wie, True)
    inst = read_instance(instance_of(concept))
    assert judge(inst, assignment_of(concept)).gebroken == ()


def test_two_runs_of_one_draft_are_refused(concept, taak, systeem):
    with pytest.raises(ValidationError, match="rekent nog"):
        stappen.ask_plan(concept, instantie=taak.instantie, seconden=10, by=systeem)
    assert concept.plantaken.count() == 1


def half_plan(inst):
    """Return a plan with one dentist on the first duty, and how it would be reported."""
    eerste, wie = inst.diensten[0].id, inst.tandartsen[0].id
    toewijzing = {eerste: {"dienstdoende": wie, "achterwacht": None}}
    return SimpleNamespace(
        fase="verbeteren",
        doel=judge(inst, toewijzing).doel,
        ondergrens=-50,
        toewijzing=toewijzing,
        seconden=1.0,
    )


def waits_for_stop(inst, taak, meld):
    """A solver that goes on until somebody stops it."""
    stand = half_plan(inst)
    while meld(stand):
        pass
    return stand


def test_a_stopped_run_hands_in_what_it_has(concept, taak, systeem, monkeypatch):
    gezien = []
    echt = stappen.note_progress

    def note(taak_id, **velden):
        door = echt(taak_id, **velden)
        if velden.get("beste"):
            gezien.append(Plantaak.objects.get(pk=taak_id))
            stappen.stop_plan(taak, by=systeem)
        return door

    monkeypatch.setattr(rekenen, "TUSSENTIJD", 0.01)
    monkeypatch.setattr(stappen, "note_progress", note)
    rekenen.run(taak.pk, taak.kring_id, waits_for_stop)
    taak.refresh_from_db()
    assert taak.status == "gestopt"
    assert gezien[0].fase == "beter maken"
    assert gezien[0].doel == taak.doel
    gevuld = Conceptplaats.objects.filter(dienst__concept=concept, tandarts__isnull=False)
    assert gevuld.count() == 1


def test_a_run_that_waits_stops_at_once(taak, systeem):
    stappen.stop_plan(taak, by=systeem)
    taak.refresh_from_db()
    assert (taak.status, taak.klaar_op is None) == ("gestopt", False)
    assert not rekenen.run(taak.pk, taak.kring_id)
    with pytest.raises(ValidationError, match="al klaar"):
        stappen.stop_plan(taak, by=systeem)


@pytest.mark.parametrize("met_plan", [True, False])
def test_a_run_that_breaks_keeps_the_best_so_far(concept, taak, met_plan, monkeypatch):
    def breaks(inst, taak, meld):
        if met_plan:
            meld(half_plan(inst))
        raise ZeroDivisionError

    monkeypatch.setattr(rekenen.log, "exception", lambda *args: None)
    rekenen.run(taak.pk, taak.kring_id, breaks)
    taak.refresh_from_db()
    assert (taak.status, taak.fase) == ("mislukt", "ZeroDivisionError")
    gevuld = Conceptplaats.objects.filter(dienst__concept=concept, tandarts__isnull=False)
    assert gevuld.count() == int(met_plan)


def test_a_dead_worker_is_noticed_and_its_plan_kept(concept, taak):
    stappen.claim(taak.pk)
    stand = half_plan(read_instance(taak.instantie))
    plan = rekenen.as_plan(stand.toewijzing, stand.doel, stand.ondergrens)
    stappen.note_progress(taak.pk, beste=plan, doel=stand.doel)
    assert planwerk.close_dead() == 0
    Plantaak.objects.filter(pk=taak.pk).update(gezien_op=Now() - timedelta(minutes=2))
    assert planwerk.close_dead() == 1
    taak.refresh_from_db()
    assert (taak.status, taak.fase) == ("mislukt", "de rekenaar viel weg")
    gevuld = Conceptplaats.objects.filter(dienst__concept=concept, tandarts__isnull=False)
    assert gevuld.count() == 1
    # The worker was only frozen: what it hands in now is no longer wanted.
    assert not stappen.note_progress(taak.pk)


def test_the_sweeper_takes_over_what_no_worker_took(taak, monkeypatch):
    started = []

    class Kind:
        def __init__(self, args, **kwargs):
            started.append(args)

        def poll(self):
            return None

    monkeypatch.setattr(planwerk, "_kind", None)
    monkeypatch.setattr(planwerk.subprocess, "Popen", Kind)
    monkeypatch.setattr(planwerk.log, "warning", lambda *args: None)
    assert not planwerk.take_over()
    Plantaak.objects.filter(pk=taak.pk).update(aangemaakt_op=Now() - timedelta(minutes=1))
    assert planwerk.take_over()
    assert started[0][2:] == ["rooster_reken", str(taak.pk), str(taak.kring_id)]
    # One at a time.
    assert not planwerk.take_over()
    assert len(started) == 1


def test_asking_and_line_are_rolled_back_together(concept, systeem, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(stappen.logboek, "record", fail)
    with pytest.raises(RuntimeError):
        stappen.ask_plan(concept, instantie={}, seconden=10, by=systeem)
    assert not Plantaak.objects.exists()
