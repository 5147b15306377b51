"""From draft to published roster: propose, answer, withdraw, adopt; and their pages."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.models import Logregel, Zending
from kern.tijd import AMSTERDAM, db_now, to_local
from kring.models import Deelnemer
from rooster.actions import versie as actions
from rooster.actions.concept import open_concept
from rooster.models import (
    Akkoord,
    Concept,
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
    DeelnemerFactory,
    DienstFactory,
    LidmaatschapFactory,
    OproepFactory,
    RoosterperiodeFactory,
    TandartsFactory,
)
from tests.rooster.test_views import page

pytestmark = pytest.mark.django_db

Status = Roosterversie.Status


def at(day: int, hour: int) -> datetime:
    return datetime(2027, 1, day, hour, tzinfo=AMSTERDAM)


@pytest.fixture
def achter(kring):
    return TandartsFactory(kring=kring, naam="D. Achterberg", deelnemer__naam="Praktijk Zuid")


@pytest.fixture
def periode(kring):
    return RoosterperiodeFactory(kring=kring, status="plannen")


@pytest.fixture
def concept(periode, tandarts, achter):
    """Three nights, with both places held."""
    concept = Concept.objects.create(
        kring=periode.kring, periode=periode, naam="Eerste", gekozen=True
    )
    for n, day in enumerate((4, 6, 8)):
        dienst = Conceptdienst.objects.create(
            kring=periode.kring,
            concept=concept,
            code=f"D{n:04}",
            begin=at(day, 17),
            einde=at(day + 1, 8),
            eerste_dag=date(2027, 1, day),
            laatste_dag=date(2027, 1, day),
            categorie="doordeweeks",
        )
        for rol, who in (("dienstdoende", tandarts), ("achterwacht", achter)):
            Conceptplaats.objects.create(
                kring=periode.kring, dienst=dienst, rol=rol, tandarts=who, deelnemer=who.deelnemer
            )
    return concept


@pytest.fixture
def by(coordinator, actor):
    return actor(coordinator)


@pytest.fixture
def versie(concept, by):
    return actions.propose(concept, by=by)


@pytest.fixture
def agreed(versie, tandarts, achter, by):
    """A proposal that every practice agreed with."""
    for who in (tandarts, achter):
        actions.answer(versie, deelnemer=who.deelnemer, akkoord=True, opmerking="", by=by)
    return versie


def close(versie) -> None:
    """Let the closing date be over: silence is consent."""
    Roosterversie.objects.filter(pk=versie.pk).update(reageren_tot=date(2026, 1, 1))


def last_line() -> tuple:
    line = Logregel.objects.latest("pk")
    return line.gebeurtenis, line.actie, line.object_soort


# --- propose


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


# --- answer and withdraw


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


# --- adopt


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


# --- pages


@pytest.mark.parametrize("wie", ["coordinator", "tandarts_gebruiker", "vertegenwoordiger"])
def test_who_takes_part_reads_the_proposal(versie, als, request, wie):
    client = als(request.getfixturevalue(wie))
    paths = [f"versie/{versie.pk}/{tail}" for tail in ("", "maand/", "verschil/")]
    assert "versie 1" in client.get(page(versie.kring, "versie/")).content.decode()
    overview, month, differs = (client.get(page(versie.kring, p)).content.decode() for p in paths)
    assert "Praktijk De Brug" in overview
    assert "D. Achterberg" in month
    assert "3 diensten zijn anders" in differs


@pytest.mark.parametrize("wie", ["triagist", "beheerder", "fg"])
def test_others_wait_for_the_adopted_roster(versie, als, request, wie):
    client = als(request.getfixturevalue(wie))
    for path in ("versie/", f"versie/{versie.pk}/", f"versie/{versie.pk}/maand/"):
        assert client.get(page(versie.kring, path)).status_code == 403


def test_another_krings_version_does_not_exist(versie, andere_kring, als, vreemde, coordinator):
    tails = ("", "maand/", "verschil/", "vaststellen/", "intrekken/")
    for tail in tails:
        assert als(vreemde).get(page(versie.kring, f"versie/{versie.pk}/{tail}")).status_code == 404
    LidmaatschapFactory(kring=andere_kring, gebruiker=coordinator, rol="coordinator")
    client = als(coordinator)
    for tail in tails:
        assert client.get(page(andere_kring, f"versie/{versie.pk}/{tail}")).status_code == 404


def test_the_representative_answers_for_the_own_practice_alone(
    versie, als, vertegenwoordiger, deelnemer, achter
):
    client = als(vertegenwoordiger)
    own = page(versie.kring, f"versie/{versie.pk}/antwoord/{deelnemer.pk}/")
    assert client.get(own).status_code == 200
    response = client.post(own, {"akkoord": "nee", "opmerking": ""})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["opmerking"]
    assert client.post(own, {"akkoord": "ja"}).status_code == 302
    assert Akkoord.objects.get().deelnemer == deelnemer
    other = page(versie.kring, f"versie/{versie.pk}/antwoord/{achter.deelnemer_id}/")
    assert client.post(other, {"akkoord": "ja"}).status_code == 404
    assert Akkoord.objects.count() == 1


def test_remarks_of_others_are_for_the_coordinator(versie, als, by, coordinator, vertegenwoordiger):
    ander = DeelnemerFactory(kring=versie.kring, naam="Praktijk Oost")
    actions.answer(versie, deelnemer=ander, akkoord=False, opmerking="Scheef verdeeld", by=by)
    address = page(versie.kring, f"versie/{versie.pk}/")
    assert "Scheef verdeeld" in als(coordinator).get(address).content.decode()
    assert "Scheef verdeeld" not in als(vertegenwoordiger).get(address).content.decode()


def test_the_coordinator_proposes_and_adopts_from_the_pages(concept, als, coordinator):
    kring = concept.kring
    client = als(coordinator)
    propose = page(kring, f"versie/voorleggen/{concept.pk}/")
    assert propose in client.get(page(kring, "versie/")).content.decode()
    assert "3 diensten" in client.get(propose).content.decode()
    assert client.post(propose).status_code == 302
    versie = Roosterversie.objects.get()
    adopt = page(kring, f"versie/{versie.pk}/vaststellen/")
    assert "2 praktijken hebben nog niet gereageerd" in client.get(adopt).content.decode()
    refused = client.post(adopt)
    assert refused.status_code == 422
    assert "Nog niet iedereen heeft gereageerd" in refused.content.decode()
    for deelnemer in Deelnemer.objects.filter(kring=kring):
        address = page(kring, f"versie/{versie.pk}/antwoord/{deelnemer.pk}/")
        assert client.post(address, {"akkoord": "ja"}).status_code == 302
    assert client.post(adopt).status_code == 302
    assert Dienst.objects.count() == 3


def test_withdrawing_asks_a_reason(versie, als, coordinator):
    client = als(coordinator)
    address = page(versie.kring, f"versie/{versie.pk}/intrekken/")
    assert client.post(address, {"reden": ""}).status_code == 422
    assert client.post(address, {"reden": "Verkeerde week"}).status_code == 302
    versie.refresh_from_db()
    assert versie.status == Status.INGETROKKEN


@pytest.mark.parametrize("tail", ["", "verschil/", "maand/"])
def test_thirty_practices_cost_the_queries_of_one(versie, als, coordinator, tail, by):
    client = als(coordinator)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(page(versie.kring, f"versie/{versie.pk}/{tail}"))
            counts.append(len(queries))
        for deelnemer in DeelnemerFactory.create_batch(15, kring=versie.kring):
            actions.answer(versie, deelnemer=deelnemer, akkoord=True, opmerking="", by=by)
    assert counts[0] == counts[1]


def test_an_adopted_draft_no_longer_changes(agreed, concept, by):
    """Dentists read in it why they have a place: it stays what was adopted."""
    actions.adopt(agreed, by=by)
    with pytest.raises(ValidationError, match="is vastgesteld"):
        open_concept(concept)
