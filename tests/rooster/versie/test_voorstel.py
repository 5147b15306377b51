"""A roster is laid before the deelnemers: propose, answer, withdraw."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from kern.models import Zending
from kern.tijd import db_now, to_local
from rooster.actions import versie as actions
from rooster.models import (
    Akkoord,
    Concept,
    Conceptplaats,
    Roosterperiode,
    Roosterversie,
)
from tests.rooster.versie.hulp import Status, at, last_line

pytestmark = pytest.mark.django_db


def test_a_proposal_keeps_what_was_shown_and_writes_to_each_practice(
    concept, periode, by, vertegenwoordiger
):
    versie = actions.propose(concept, by=by)
    assert (versie.nummer, versie.status, versie.voorgelegd_door_id) == (
        1,
        Status.VOORGELEGD,
        by.gebruiker_id,
    )
    assert [(rij.begin, rij.dienstdoende.praktijk) for rij in versie.rijen] == [
        (at(day, 17), "Praktijk De Brug") for day in (4, 6, 8)
    ]
    periode.refresh_from_db()
    assert periode.status == "akkoord"
    # The representative for the one, the practice's own address for the other.
    assert Zending.objects.count() == 2
    assert last_line() == ("rooster.voorgelegd", "C", "roosterversie")
    Conceptplaats.objects.all().delete()
    versie.refresh_from_db()
    assert versie.rijen[0].dienstdoende is not None


@pytest.mark.parametrize("status", ["voorbereiding", "wensen"])
def test_nothing_is_proposed_while_wishes_are_open(concept, periode, by, status):
    Roosterperiode.objects.filter(pk=periode.pk).update(status=status)
    with pytest.raises(ValidationError, match="nog niet gesloten"):
        actions.propose(concept, by=by)
    assert not Roosterversie.objects.exists()


def test_one_proposal_at_a_time(versie, concept, by):
    with pytest.raises(ValidationError, match="al een voorstel"):
        actions.propose(concept, by=by)
    assert Roosterversie.objects.count() == 1


def test_only_the_chosen_draft_is_proposed(concept, by):
    Concept.objects.filter(pk=concept.pk).update(gekozen=False)
    with pytest.raises(ValidationError, match="niet gekozen"):
        actions.propose(concept, by=by)
    assert not Roosterversie.objects.exists()


def test_an_empty_draft_is_not_proposed(periode, by):
    concept = Concept.objects.create(
        kring=periode.kring, periode=periode, naam="Leeg", gekozen=True
    )
    with pytest.raises(ValidationError, match="geen diensten"):
        actions.propose(concept, by=by)


def test_deelnemers_get_a_week_at_least(concept, periode, by):
    today = to_local(db_now()).date()
    Roosterperiode.objects.filter(pk=periode.pk).update(
        wensen_tot=today - timedelta(days=9), akkoord_tot=today - timedelta(days=2)
    )
    concept.refresh_from_db()
    assert actions.propose(concept, by=by).reageren_tot == today + timedelta(days=7)


def test_the_second_answer_replaces_the_first(versie, deelnemer, by):
    actions.answer(versie, deelnemer=deelnemer, akkoord=False, opmerking="Te veel", by=by)
    actions.answer(versie, deelnemer=deelnemer, akkoord=True, opmerking="", by=by)
    row = Akkoord.objects.get()
    assert (row.akkoord, row.opmerking, row.gegeven_door_id) == (True, "", by.gebruiker_id)
    assert last_line() == ("rooster.beantwoord", "U", "roosterversie")


def test_who_objects_says_why(versie, deelnemer, by):
    with pytest.raises(ValidationError) as refused:
        actions.answer(versie, deelnemer=deelnemer, akkoord=False, opmerking=" ", by=by)
    assert list(refused.value.message_dict) == ["opmerking"]
    assert not Akkoord.objects.exists()


def test_a_withdrawn_proposal_frees_the_draft(versie, concept, periode, deelnemer, by):
    actions.withdraw(versie, reden="Verkeerde week", by=by)
    versie.refresh_from_db()
    periode.refresh_from_db()
    assert (versie.status, versie.reden, periode.status) == (
        Status.INGETROKKEN,
        "Verkeerde week",
        "plannen",
    )
    with pytest.raises(ValidationError, match="ingetrokken"):
        actions.answer(versie, deelnemer=deelnemer, akkoord=True, opmerking="", by=by)
    assert actions.propose(concept, by=by).nummer == 2
