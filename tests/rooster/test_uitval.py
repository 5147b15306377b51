"""Ill at night: the achterwacht is on duty at once, the next one is asked at once."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kern import crypto
from kern.models import Logregel, Zending
from kern.outbox import place_of
from kern.tijd import db_now
from rooster import actions
from rooster.actions import uitval as uitval_actions
from rooster.models import Dienstplaats, Roosterwijziging, Ruilverzoek
from rooster.wacht import duty_card
from tests.factories import DienstFactory
from tests.rooster.ruilen import colleague, holders, night, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def vier(kring):
    return [colleague(kring, naam) for naam in "ABCD"]


@pytest.fixture
def vannacht(kring, vier):
    """The duty that runs now, with A and B."""
    return DienstFactory(kring=kring, dienstdoende=vier[0], achterwacht=vier[1])


@pytest.fixture
def meld(actor):
    def meld(dienst, rol="dienstdoende", by=None):
        plaats = place(dienst, rol)
        return actions.report_uitval(plaats, by=by or actor(plaats.tandarts.gebruiker))

    return meld


def texts(soort="sms") -> list[dict]:
    """Return the text messages that wait, each with its number and its words."""
    rows = Zending.objects.filter(soort=soort)
    return [json.loads(crypto.unseal(bytes(row.inhoud), place=place_of(row))) for row in rows]


def test_the_achterwacht_is_dienstdoende_at_once(kring, vannacht, vier, meld, coordinator):
    kring.telefoon_coordinator = "+31612345699"
    kring.save()
    verzoek = meld(vannacht)
    kaart = duty_card(db_now(), kring_id=kring.pk)
    assert (kaart.dienstdoende, kaart.achterwacht) == (vier[1], None)
    assert (verzoek.rol, verzoek.soort, verzoek.uiterlijk_op) == (
        "achterwacht",
        "uitval",
        vannacht.einde,
    )
    event = Roosterwijziging.objects.get()
    assert event.soort == "uitgevallen"
    assert (event.voor["dienstdoende"]["naam"], event.na["dienstdoende"]["naam"]) == ("A", "B")
    assert event.na["achterwacht"] is None
    lines = Logregel.objects.order_by("pk").values_list("gebeurtenis", flat=True)
    assert list(lines) == ["ruil.gevraagd", "dienst.uitval"]
    told = {text["telefoon"]: text["tekst"] for text in texts()}
    assert "JIJ bent nu dienstdoende" in told[vier[1].telefoon]
    assert vier[1].naam in told["+31612345699"]
    assert {vier[2].telefoon, vier[3].telefoon} <= set(told)
    assert vier[0].telefoon not in told


def test_a_landline_of_the_coordinator_is_called(kring, vannacht, vier, meld):
    kring.telefoon_coordinator = "+31302345699"
    kring.save()
    meld(vannacht)
    (call,) = texts("spraak")
    assert call["telefoon"] == "+31302345699"
    assert f"is nu: {vier[1].naam}" in call["tekst"]
    assert "http" not in call["tekst"]
    assert "+31302345699" not in {text["telefoon"] for text in texts()}


def test_whoever_says_yes_is_the_new_achterwacht(vannacht, vier, meld, actor):
    verzoek = meld(vannacht)
    aanbod = verzoek.aanbiedingen.get(tandarts=vier[3])
    actions.accept_aanbod(aanbod, by=actor(vier[3].gebruiker))
    assert holders(vannacht) == [("B", "D")]
    assert [event.soort for event in Roosterwijziging.objects.all()] == ["uitgevallen", "hersteld"]


def test_an_achterwacht_who_falls_out_leaves_the_dienstdoende(vannacht, vier, meld):
    verzoek = meld(vannacht, "achterwacht")
    assert holders(vannacht) == [("A", None)]
    assert verzoek.rol == "achterwacht"


def test_when_the_second_falls_out_too_both_places_are_asked(vannacht, vier, meld):
    meld(vannacht)
    tweede = meld(vannacht)
    assert holders(vannacht) == [(None, None)]
    assert tweede.rol == "dienstdoende"
    assert set(Ruilverzoek.objects.filter(status="open").values_list("rol", flat=True)) == {
        "dienstdoende",
        "achterwacht",
    }


def test_rested_colleagues_first_and_the_others_when_there_are_few(kring, vier, meld):
    # C had the night before; D is free.
    night(kring, -1, vier[2], colleague(kring, "X"))
    dienst = night(kring, 0, vier[0], vier[1])
    verzoek = meld(dienst)
    rows = list(verzoek.aanbiedingen.values_list("tandarts__naam", "krap"))
    assert rows[0] == ("D", False)
    assert set(rows[1:]) == {("C", True), ("X", True)}


def test_who_has_another_duty_this_hour_is_not_asked(kring, vannacht, vier, meld):
    Dienstplaats.objects.filter(dienst=vannacht, rol="achterwacht").update(tandarts=vier[2])
    verzoek = meld(vannacht)
    assert set(verzoek.aanbiedingen.values_list("tandarts__naam", flat=True)) == {"B", "D"}


def test_next_week_somebody_asks_a_colleague_instead(kring, vier, meld):
    with pytest.raises(ValidationError, match="Vraag een collega"):
        meld(night(kring, 3, vier[0], vier[1]))


def test_a_duty_that_is_over_needs_nobody(kring, vier, meld):
    with pytest.raises(ValidationError, match="voorbij"):
        meld(night(kring, -3, vier[0], vier[1]))


def test_a_colleague_does_not_report_another_ill(vannacht, vier, meld, actor):
    with pytest.raises(PermissionDenied):
        meld(vannacht, by=actor(vier[1].gebruiker))
    assert holders(vannacht) == [("A", "B")]


def test_the_coordinator_reports_for_who_is_too_ill(vannacht, meld, actor, coordinator):
    meld(vannacht, by=actor(coordinator))
    assert holders(vannacht) == [("B", None)]


def test_a_second_press_changes_nothing_more(vannacht, vier, actor):
    plaats = place(vannacht)
    by = actor(vier[0].gebruiker)
    actions.report_uitval(plaats, by=by)
    with pytest.raises(ValidationError, match="net gewijzigd"):
        actions.report_uitval(plaats, by=by)
    assert holders(vannacht) == [("B", None)]


def test_an_open_give_away_of_the_duty_lapses(kring, vier, meld, actor):
    straks = db_now() + timedelta(hours=2)
    dienst = DienstFactory(kring=kring, begin=straks, dienstdoende=vier[0], achterwacht=vier[1])
    eerder = actions.ask_ruil(
        place(dienst),
        soort="overname",
        keuzes=(),
        uiterlijk_op=dienst.begin,
        by=actor(vier[0].gebruiker),
    )
    meld(dienst)
    eerder.refresh_from_db()
    assert eerder.status == "vervallen"


def test_a_failing_log_line_leaves_the_roster_as_it_was(vannacht, meld, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("log is full")

    monkeypatch.setattr(uitval_actions.logboek, "record", fail)
    with pytest.raises(RuntimeError):
        meld(vannacht)
    assert holders(vannacht) == [("A", "B")]
    assert Zending.objects.count() == 0


def test_the_request_ends_with_the_duty(vannacht, meld, actor, vier):
    verzoek = meld(vannacht)
    Ruilverzoek.objects.update(uiterlijk_op=db_now() - timedelta(seconds=1))
    assert actions.expire_ruil(verzoek, by=actor(vier[0].gebruiker))
    verzoek.refresh_from_db()
    assert verzoek.status == "verlopen"
