"""The ladder for a caller who misbehaves: each step with its moment, nobody refused (T-11)."""

import pytest
from django.db import transaction

from tests.triage.hulp import events, save
from triage import actions
from triage.models import Agressiestap, Oproep
from triage.overgangen import StapGeweigerd


def test_a_step_is_kept_with_its_moment_and_reported(oproep, by):
    save(oproep, by, klachten=["ongemak"], oorzaak_ongeval=False)
    step = actions.log_agressiestap(oproep, stap="kalmeren", by=by)
    oproep.refresh_from_db()
    assert (step.door_id, step.moment >= oproep.aangenomen_op) == (by.gebruiker_id, True)
    assert oproep.gedrag == "onaangepast"
    assert oproep.uitkomst["melden_agressie"] is True
    assert "R-81" in [regel["id"] for regel in oproep.uitkomst["regels"]]
    assert events(oproep)[-1] == "oproep.agressiestap"


def test_the_last_step_refuses_nobody(oproep, by):
    actions.log_agressiestap(oproep, stap="verbreken", by=by)
    assert oproep.status == "open"
    save(oproep, by, klachten=["avulsie"])
    assert oproep.contact == "verplicht"


def test_a_form_that_comes_later_does_not_wipe_it(oproep, by):
    actions.log_agressiestap(oproep, stap="politie", by=by)
    save(oproep, by, klachten=["pijn"], agressie="geen")
    assert oproep.gedrag == "dreigend"
    assert "politie_overwegen" in oproep.uitkomst["adviezen"]


def test_twice_in_a_moment_is_one_press(oproep, by):
    first = actions.log_agressiestap(oproep, stap="benoemen", by=by)
    assert actions.log_agressiestap(oproep, stap="benoemen", by=by) == first
    assert events(oproep).count("oproep.agressiestap") == 1


def test_not_on_a_closed_call(oproep, by):
    Oproep.objects.filter(pk=oproep.pk).update(status="afgerond", afgerond_op=oproep.aangenomen_op)
    with pytest.raises(StapGeweigerd, match="al afgerond"):
        actions.log_agressiestap(oproep, stap="kalmeren", by=by)
    assert not Agressiestap.objects.exists()


def test_step_and_line_stand_or_fall_together(oproep, by):
    def fail():
        with transaction.atomic():
            actions.log_agressiestap(oproep, stap="kalmeren", by=by)
            raise RuntimeError("stroom weg")

    with pytest.raises(RuntimeError):
        fail()
    assert not Agressiestap.objects.exists()
    assert "oproep.agressiestap" not in events(oproep)
