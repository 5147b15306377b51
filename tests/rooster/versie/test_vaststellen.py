"""A proposal becomes the roster, and what stays as it is."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from kern.models import Zending
from kern.tijd import db_now
from rooster.actions import versie as actions
from rooster.actions.concept import open_concept
from rooster.models import (
    Conceptdienst,
    Conceptplaats,
    Dienst,
    Dienstplaats,
    Roosterperiode,
    Roosterversie,
    Roosterwijziging,
)
from rooster.versie.rijen import Plek, Roosterrij
from tests.factories import (
    DienstFactory,
    OproepFactory,
    TandartsFactory,
)
from tests.rooster.versie.hulp import Status, at, close, last_line

pytestmark = pytest.mark.django_db


def test_an_adopted_proposal_is_the_roster(agreed, periode, tandarts, achter, by):
    actions.adopt(agreed, by=by)
    diensten = list(Dienst.objects.with_places())
    assert [dienst.begin for dienst in diensten] == [at(4, 17), at(6, 17), at(8, 17)]
    assert {(d.dienstdoende, d.achterwacht, d.roosterperiode) for d in diensten} == {
        (tandarts, achter, periode)
    }
    assert {plaats.deelnemer for plaats in Dienstplaats.objects.all()} == {
        tandarts.deelnemer,
        achter.deelnemer,
    }
    agreed.refresh_from_db()
    periode.refresh_from_db()
    assert (agreed.status, agreed.vastgesteld_door_id) == (Status.VASTGESTELD, by.gebruiker_id)
    assert periode.status == "gepubliceerd"
    events = Roosterwijziging.objects.all()
    assert {(e.soort, e.voor, e.dienst_nummer) for e in events} == {
        ("gepubliceerd", None, dienst.pk) for dienst in diensten
    }
    assert events[0].na["dienstdoende"]["praktijk"] == "Praktijk De Brug"
    assert last_line() == ("rooster.vastgesteld", "U", "roosterversie")


def test_not_before_everybody_answered(versie, tandarts, by):
    actions.answer(versie, deelnemer=tandarts.deelnemer, akkoord=True, opmerking="", by=by)
    with pytest.raises(ValidationError, match="Nog niet iedereen"):
        actions.adopt(versie, by=by)
    assert not Dienst.objects.exists()


def test_after_the_closing_date_silence_is_consent(versie, by):
    close(versie)
    actions.adopt(versie, by=by)
    assert Dienst.objects.count() == 3


def test_an_objection_is_passed_over_with_a_reason_only(agreed, achter, by):
    actions.answer(agreed, deelnemer=achter.deelnemer, akkoord=False, opmerking="Nee", by=by)
    with pytest.raises(ValidationError) as refused:
        actions.adopt(agreed, reden=" ", by=by)
    assert list(refused.value.message_dict) == ["reden"]
    actions.adopt(agreed, reden="Besproken op 1 december", by=by)
    agreed.refresh_from_db()
    assert agreed.reden == "Besproken op 1 december"


def test_an_open_place_asks_a_reason_and_stays_open(concept, tandarts, by):
    Conceptplaats.objects.filter(dienst__code="D0001", rol="achterwacht").update(
        tandarts=None, deelnemer=None
    )
    versie = actions.propose(concept, by=by)
    close(versie)
    with pytest.raises(ValidationError) as refused:
        actions.adopt(versie, by=by)
    assert list(refused.value.message_dict) == ["reden"]
    actions.adopt(versie, reden="Volgt nog", by=by)
    dienst = Dienst.objects.with_places().get(begin=at(6, 17))
    assert (dienst.dienstdoende, dienst.achterwacht) == (tandarts, None)


def test_a_next_version_changes_what_differs_and_nothing_else(agreed, concept, kring, achter, by):
    actions.adopt(agreed, by=by)
    first, second, third = Dienst.objects.all()
    nieuw = TandartsFactory(kring=kring, naam="N. Nieuw", deelnemer=achter.deelnemer)
    Conceptplaats.objects.filter(dienst__code="D0001", rol="achterwacht").update(tandarts=nieuw)
    Conceptdienst.objects.filter(code="D0002").delete()
    Roosterperiode.objects.update(akkoord_tot=date(2026, 12, 1))
    versie = actions.propose(concept, by=by)
    close(versie)
    before = Roosterwijziging.objects.count()
    actions.adopt(versie, by=by)
    # The same duties keep their id: calls, feeds and history hang on it.
    assert [dienst.pk for dienst in Dienst.objects.all()] == [first.pk, second.pk]
    assert Dienst.objects.with_places().get(pk=second.pk).achterwacht == nieuw
    events = list(Roosterwijziging.objects.all())[before:]
    assert {(e.dienst_nummer, e.soort) for e in events} == {
        (second.pk, "gepubliceerd"),
        (third.pk, "verwijderd"),
    }
    changed = next(e for e in events if e.dienst_nummer == second.pk)
    assert (changed.voor["achterwacht"]["naam"], changed.na["achterwacht"]["naam"]) == (
        "D. Achterberg",
        "N. Nieuw",
    )
    agreed.refresh_from_db()
    assert agreed.status == Status.VERVANGEN


def test_a_duty_of_the_same_hours_that_was_planned_by_hand_is_taken_over(agreed, kring, by):
    dienst = DienstFactory(kring=kring, begin=at(4, 17), einde=at(5, 8))
    was = dienst.dienstdoende.naam
    close(agreed)
    actions.adopt(agreed, by=by)
    assert Dienst.objects.count() == 3
    event = Roosterwijziging.objects.get(dienst_nummer=dienst.pk)
    assert (event.voor["dienstdoende"]["naam"], event.na["dienstdoende"]["praktijk"]) == (
        was,
        "Praktijk De Brug",
    )


def test_a_duty_across_the_new_ones_is_named(agreed, kring, by):
    DienstFactory(kring=kring, begin=at(4, 12), einde=at(4, 20))
    close(agreed)
    with pytest.raises(ValidationError, match="4 jan 2027 12:00"):
        actions.adopt(agreed, by=by)
    assert Dienst.objects.count() == 1
    agreed.refresh_from_db()
    assert agreed.status == Status.VOORGELEGD


def test_a_dentist_who_stopped_is_named(agreed, achter, by):
    achter.actief = False
    achter.save()
    with pytest.raises(ValidationError, match="Achterberg"):
        actions.adopt(agreed, by=by)
    assert not Dienst.objects.exists()


def test_a_duty_that_vanishes_but_has_calls_stays(agreed, concept, kring, by):
    actions.adopt(agreed, by=by)
    OproepFactory(kring=kring, dienst=Dienst.objects.last())
    Conceptdienst.objects.filter(code="D0002").delete()
    versie = actions.propose(concept, by=by)
    close(versie)
    with pytest.raises(ValidationError, match="horen al oproepen"):
        actions.adopt(versie, by=by)
    assert Dienst.objects.count() == 3


def test_what_has_begun_stays_as_it_is(periode, kring, tandarts, achter, by):
    """A roster made anew halfway touches no duty that runs or is over."""
    nu = db_now()
    spans = [(nu - timedelta(hours=30), 10), (nu - timedelta(hours=2), 10), (nu + timedelta(1), 10)]
    rows = []
    for begin, hours in spans:
        dienst = DienstFactory(kring=kring, begin=begin, einde=begin + timedelta(hours=hours))
        Dienst.objects.filter(pk=dienst.pk).update(roosterperiode=periode)
        rows.append(dienst)
    versie = Roosterversie.objects.create(
        kring=kring,
        periode=periode,
        nummer=1,
        inhoud=[],
        reageren_tot=date(2026, 1, 1),
        voorgelegd_op=nu,
    )
    actions.adopt(versie, by=by)
    assert [dienst.pk for dienst in Dienst.objects.all()] == [rows[0].pk, rows[1].pk]


def test_a_running_duty_is_in_the_way_and_stays(periode, kring, tandarts, achter, by):
    nu = db_now()
    loopt = DienstFactory(kring=kring, begin=nu - timedelta(hours=2))
    Dienst.objects.update(roosterperiode=periode)
    plekken = {
        "dienstdoende": Plek(
            str(tandarts.pk), tandarts.naam, str(tandarts.deelnemer_id), tandarts.deelnemer.naam
        )
    }
    begin = nu + timedelta(hours=1)
    rij = Roosterrij(begin, begin + timedelta(hours=3), "doordeweeks", plekken)
    versie = Roosterversie.objects.create(
        kring=kring,
        periode=periode,
        nummer=1,
        inhoud=[rij.as_record()],
        reageren_tot=date(2026, 1, 1),
        voorgelegd_op=nu,
    )
    with pytest.raises(ValidationError, match="staan al diensten"):
        actions.adopt(versie, reden="Geen achterwacht", by=by)
    assert Dienst.objects.get() == loopt


def test_adoption_stands_or_falls_with_its_log_line(agreed, by, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("log is full")

    letters = Zending.objects.count()
    monkeypatch.setattr(actions.logboek, "record", fail)
    with pytest.raises(RuntimeError):
        actions.adopt(agreed, by=by)
    assert not Dienst.objects.exists()
    assert not Roosterwijziging.objects.exists()
    assert Zending.objects.count() == letters


def test_everybody_gets_one_letter_about_the_adopted_roster(
    agreed, vertegenwoordiger, tandarts_gebruiker, by
):
    """The representative, the dentist with an account, and the practice that nobody speaks for."""
    actions.adopt(agreed, by=by)
    keys = Zending.objects.filter(sleutel__contains="vastgesteld").values_list("sleutel", flat=True)
    assert len(keys) == len(set(keys)) == 3


def test_an_adopted_draft_no_longer_changes(agreed, concept, by):
    """Dentists read in it why they have a place: it stays what was adopted."""
    actions.adopt(agreed, by=by)
    with pytest.raises(ValidationError, match="is vastgesteld"):
        open_concept(concept)
