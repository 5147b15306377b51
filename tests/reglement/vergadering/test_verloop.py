"""The meeting itself: who is there, which point, and two who preside at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from kern.tijd import db_now
from reglement.aanwezig import present_at, stretches
from reglement.actions import vergadering as acties
from reglement.models import Aanwezigheid, Vergadering, Vergaderstap
from reglement.vergadering.herkansing import undecided
from reglement.vergadering.stand import read_stand
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def tweede_by(actor, kring):
    return actor(factories.LidmaatschapFactory(kring=kring, rol="coordinator").gebruiker)


def test_who_comes_and_goes_counts_from_minute_to_minute(leden, lopend, by):
    rows = leden(3)
    row = lopend()
    first = acties.arrive(row, deelnemer=rows[0], by=by)
    gone = acties.leave(row, deelnemer=rows[0], by=by)
    back = acties.arrive(row, deelnemer=rows[0], by=by)
    assert [line.pk for line in present_at(row)] == [back.pk]
    assert present_at(row, first.op) == [first]
    assert not present_at(row, gone.op)
    assert len(stretches(row)[rows[0].pk]) == 2


def test_who_does_not_count_is_refused_with_the_reason(leden, lopend, by, kring):
    rows = leden(3, zonder=1)
    row = lopend()
    factories.DeelnameFactory(kring=kring, deelnemer=rows[1], status="geroyeerd")
    for praktijk, zin in ((rows[2], "geen vertegenwoordiger"), (rows[1], "geen deelnemer")):
        with pytest.raises(ValidationError, match=zin), transaction.atomic():
            acties.arrive(row, deelnemer=praktijk, by=by)
    with pytest.raises(ValidationError, match="niet in de oproep"), transaction.atomic():
        acties.arrive(row, deelnemer=rows[0], op_afstand=True, by=by)
    with pytest.raises(ValidationError, match=r"was niet \(meer\) aanwezig"):
        acties.leave(row, deelnemer=rows[0], by=by)
    assert not Aanwezigheid.objects.exists()


def test_noting_somebody_twice_says_who_did_it(leden, lopend, by, coordinator):
    rows = leden(3)
    row = lopend()
    acties.arrive(row, deelnemer=rows[0], by=by)
    with pytest.raises(ValidationError, match=f"genoteerd door {coordinator.naam}"):
        acties.arrive(row, deelnemer=rows[0], by=by)
    assert Aanwezigheid.objects.count() == 1


def test_of_two_chairs_the_second_hears_what_the_first_did(leden, lopend, by, tweede_by):
    leden(3)
    row = lopend("overig", "overig")
    een, twee = row.agendapunten.order_by("volgorde")
    seen = row.stap
    acties.table_point(een, gezien=seen, by=by)
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        acties.table_point(twee, gezien=seen, by=tweede_by)
    text = " ".join(refused.value.messages)
    assert by.naam in text
    assert "1. Onderwerp 1" in text
    twee.refresh_from_db()
    assert twee.aan_de_orde_op is None
    row.refresh_from_db()
    acties.table_point(twee, gezien=row.stap, by=tweede_by)
    een.refresh_from_db()
    assert een.afgehandeld_op is not None


def test_opening_twice_says_who_opened(leden, opgeroepen, by, tweede_by):
    leden(3)
    row = opgeroepen()
    seen = row.stap
    acties.open_meeting(row, gezien=seen, by=by)
    with pytest.raises(ValidationError, match=f"{by.naam} de vergadering geopend"):
        acties.open_meeting(row, gezien=seen, by=tweede_by)
    assert Vergaderstap.objects.filter(vergadering=row, soort="geopend").count() == 1


def test_a_meeting_is_not_opened_days_before(leden, plan, by):
    leden(3)
    row = acties.convoke(plan("overig"), by=by)
    with pytest.raises(ValidationError, match="twee uur voor het begin"):
        acties.open_meeting(row, by=by)
    row.refresh_from_db()
    assert row.status == "opgeroepen"


def test_a_meeting_is_not_opened_on_another_day_than_they_were_called_for(leden, opgeroepen, by):
    leden(3)
    row = opgeroepen("overig")
    row.begint_op = db_now() - timedelta(hours=13)
    row.save()
    with pytest.raises(ValidationError, match="alleen met een nieuwe oproep"):
        acties.open_meeting(row, by=by)
    row.refresh_from_db()
    assert row.status == "opgeroepen"
    # The way on that the sentence names is there.
    acties.call_off(row, reden="Te weinig mensen op tijd.", by=by)
    again = acties.plan_again(
        row, begint_op=db_now() + timedelta(days=40), plaats="De Vergulde Kies", by=by
    )
    assert [punt.titel for punt in again.agendapunten.all()] == ["Onderwerp 1"]


def test_a_meeting_is_judged_by_the_rules_of_its_own_day(leden, opgeroepen, by, kring):
    leden(3)
    row = opgeroepen()
    assert row.versie is None
    versie = factories.ReglementversieFactory(kring=kring)
    assert acties.open_meeting(row, by=by).versie == versie


@pytest.mark.parametrize("act", ["table", "finish", "close"])
def test_during_a_vote_nothing_else_is_put_on_the_table(leden, lopend, by, kring, act):
    leden(3)
    row = lopend("overig", "overig")
    een, twee = row.agendapunten.order_by("volgorde")
    acties.table_point(een, by=by)
    factories.StemmingFactory(kring=kring, agendapunt=een)
    doen = {
        "table": lambda: acties.table_point(twee, by=by),
        "finish": lambda: acties.finish_point(een, by=by),
        "close": lambda: acties.close_meeting(row, by=by),
    }[act]
    with pytest.raises(ValidationError, match="Over punt 1 wordt gestemd"):
        doen()
    row.refresh_from_db()
    assert row.status == "open"


def test_the_chair_changes_by_a_step(leden, lopend, by, kring):
    leden(3)
    row = lopend()
    ander = factories.LidmaatschapFactory(kring=kring, rol="coordinator").gebruiker
    row = acties.appoint_chair(row, voorzitter=ander, gezien=row.stap, by=by)
    assert row.voorzitter == ander
    assert Vergaderstap.objects.get(soort="voorzitter").toelichting == ander.naam


def test_the_big_number_is_held_against_the_point_on_the_table(leden, lopend, by):
    rows = leden(9)
    row = lopend("", "wijzigen", "hertoelating")
    for praktijk in rows[:5]:
        acties.arrive(row, deelnemer=praktijk, by=by)
    stand = read_stand(row)
    assert (stand.aanwezig, stand.gevraagd.nodig, stand.genoeg) == (5, 6, False)
    acties.table_point(row.agendapunten.get(volgorde=3), by=by)
    assert read_stand(row).genoeg
    acties.arrive(row, deelnemer=rows[5], by=by)
    acties.table_point(row.agendapunten.get(volgorde=2), by=by)
    stand = read_stand(row)
    assert (stand.aanwezig, stand.huidig.punt.volgorde, stand.genoeg) == (6, 2, True)


@pytest.mark.parametrize("aantal", [3, 30])
def test_the_screen_asks_as_many_queries_for_thirty_as_for_three(
    leden, lopend, by, aantal, django_assert_num_queries
):
    rows = leden(aantal)
    row = lopend("overig")
    for praktijk in rows[: aantal // 2]:
        acties.arrive(row, deelnemer=praktijk, by=by)
    with django_assert_num_queries(7):
        assert read_stand(row).leden == aantal


def close_with(row, rows, by, *, aanwezig):
    for praktijk in rows[:aanwezig]:
        acties.arrive(row, deelnemer=praktijk, by=by)
    for punt in row.agendapunten.order_by("volgorde"):
        acties.table_point(punt, by=by)
    return acties.close_meeting(row, by=by)


def test_only_points_without_enough_deelnemers_come_back(leden, lopend, by, kring):
    rows = leden(9)
    row = lopend("", "wijzigen", "hertoelating")
    row = close_with(row, rows, by, aanwezig=5)
    assert [punt.volgorde for punt in undecided(row)] == [2]
    second = acties.plan_second(row, begint_op=db_now() + timedelta(days=8), plaats="Zaal 2", by=by)
    [punt] = second.agendapunten.all()
    assert (punt.herhaalt.volgorde, punt.besluitsoort, second.zitting) == (2, "wijzigen", "tweede")
    with pytest.raises(ValidationError, match="alleen over de punten van de eerste"):
        acties.add_point(second, titel="Nog iets", besluitsoort="overig", by=by)
    with pytest.raises(ValidationError, match="precies dezelfde punten"):
        acties.change_point(
            punt, titel="Iets anders", toelichting="", besluitsoort="wijzigen", by=by
        )
    punt.refresh_from_db()
    assert punt.titel == punt.herhaalt.titel


def test_a_second_meeting_needs_a_reason_and_comes_once(leden, lopend, by):
    rows = leden(3)
    row = close_with(lopend("wijzigen"), rows, by, aanwezig=3)
    moment = db_now() + timedelta(days=8)
    with pytest.raises(ValidationError, match="te weinig deelnemers"), transaction.atomic():
        acties.plan_second(row, begint_op=moment, plaats="Zaal", by=by)
    empty = close_with(lopend("wijzigen", titel="Leeg"), rows, by, aanwezig=0)
    second = acties.plan_second(empty, begint_op=moment, plaats="Zaal", by=by)
    with pytest.raises(ValidationError, match="al een tweede vergadering"), transaction.atomic():
        acties.plan_second(empty, begint_op=moment, plaats="Zaal", by=by)
    acties.convoke(second, by=by)
    Vergadering.objects.filter(pk=second.pk).update(status="gesloten", gesloten_op=db_now())
    with pytest.raises(ValidationError, match="geen volgende met dezelfde agenda"):
        acties.plan_second(second, begint_op=moment, plaats="Zaal", by=by)


def test_a_point_that_was_decided_does_not_come_back(leden, lopend, by, kring):
    rows = leden(9)
    row = close_with(lopend("wijzigen"), rows, by, aanwezig=2)
    assert len(undecided(row)) == 1
    factories.BesluitFactory(kring=kring, agendapunt=row.agendapunten.get(), uitkomst="verworpen")
    assert not undecided(row)
