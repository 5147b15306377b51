"""Resigning with notice, and the other ends of art. 8."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kern.models import Zending
from kring.models import Deelnemer
from reglement.actions.einde import deviate, expected_end, resign, stop, withdraw_end
from reglement.kiesregister import members_on
from reglement.models import Deelname, Einde
from reglement.termijnen import add_months
from tests import factories
from tests.conftest import KringClient
from tests.reglement.deelnemen import DAG, events, page, rules, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def co(coordinator, actor):
    return actor(coordinator)


@pytest.fixture(autouse=True)
def reglement(kring):
    return rules(kring, v8__opzegmaanden=3)


def test_a_resignation_takes_effect_after_the_notice_of_the_rules(
    kring, deelnemer, vertegenwoordiger, co, reglement
):
    row = resign(deelnemer, gemeld_op=today(), by=co)
    last = add_months(today(), 3)
    assert (row.laatste_dag, row.volgens_regel, row.maanden) == (last, last, 3)
    assert row.versie == reglement
    assert "3 maanden" in row.waarom
    assert [bool(members_on(kring.pk, dag)) for dag in (last, last + DAG)] == [True, False]
    assert "einde.vastgelegd" in events()
    # The practice and the coordinator hear the day.
    assert Zending.objects.filter(sleutel__startswith=f"einde|{row.pk}").count() == 2


def test_the_rules_of_the_day_it_came_in_count_not_those_of_today(kring, deelnemer, co):
    rules(kring, sinds=today() - 5 * DAG, v8__opzegmaanden=6)
    row = resign(deelnemer, gemeld_op=today() - 10 * DAG, by=co)
    assert row.maanden == 3
    assert resign(factories.DeelnemerFactory(kring=kring), gemeld_op=today(), by=co).maanden == 6


def test_a_later_day_always_may(deelnemer, co):
    later = add_months(today(), 8)
    assert resign(deelnemer, gemeld_op=today(), gevraagd=later, by=co).laatste_dag == later


def test_earlier_without_circumstances_is_refused_with_article_and_day(deelnemer, co):
    with pytest.raises(ValidationError) as refused:
        resign(deelnemer, gemeld_op=today(), gevraagd=today() + 7 * DAG, by=co)
    sentence = refused.value.message_dict["gevraagd"][0]
    assert "art. 8" in sentence
    assert str(add_months(today(), 3).year) in sentence
    assert not Einde.objects.exists()
    assert not Deelname.objects.exists()


def test_the_coordinator_may_let_a_practice_go_earlier_with_a_reason(deelnemer, co):
    early = today() + 7 * DAG
    row = resign(deelnemer, gemeld_op=today(), gevraagd=early, afwijking="Ernstig ziek.", by=co)
    assert row.laatste_dag == early
    assert row.afgeweken_door_id == co.gebruiker_id


def test_the_practice_itself_asks_and_the_lawful_day_stands_until_the_coordinator_decides(
    kring, deelnemer, vertegenwoordiger, actor, co
):
    early = today() + 7 * DAG
    row = resign(
        deelnemer,
        gemeld_op=today(),
        gevraagd=early,
        afwijking="Ernstig ziek.",
        by=actor(vertegenwoordiger),
    )
    assert row.laatste_dag == add_months(today(), 3)
    assert row.gevraagd == early
    assert row.afgeweken_door_id is None
    deviate(row, laatste_dag=early, afwijking="Ernstig ziek; overleg met waarnemer.", by=co)
    row.refresh_from_db()
    assert row.laatste_dag == early
    assert not members_on(kring.pk, early + DAG)
    assert members_on(kring.pk, early)
    assert Deelname.objects.filter(deelnemer=deelnemer).count() == 1
    # Deciding the same again is a new letter, not a fault.
    deviate(row, laatste_dag=early, afwijking="Ernstig ziek.", by=co)


def test_deviating_needs_a_reason(deelnemer, co):
    row = resign(deelnemer, gemeld_op=today(), by=co)
    with pytest.raises(ValidationError, match="bijzondere omstandigheden"):
        deviate(row, laatste_dag=today(), afwijking="  ", by=co)
    # The database holds it as well.
    row.laatste_dag = today()
    with pytest.raises(IntegrityError, match="einde_afwijking"), transaction.atomic():
        row.save()


def test_a_known_end_is_not_written_twice_and_can_be_taken_back(kring, deelnemer, tandarts, co):
    row = resign(deelnemer, gemeld_op=today(), by=co)
    with pytest.raises(ValidationError, match="staat al vast"):
        resign(deelnemer, gemeld_op=today(), by=co)
    withdraw_end(row, reden="Vond een opvolger.", by=co)
    assert members_on(kring.pk, add_months(today(), 12))
    assert not Deelname.objects.filter(deelnemer=deelnemer).exists()
    with pytest.raises(ValidationError, match="al ingetrokken"):
        withdraw_end(row, reden="nog eens", by=co)
    assert resign(deelnemer, gemeld_op=today(), by=co).pk != row.pk


def test_a_resignation_of_tomorrow_is_not_in_yet(deelnemer, co):
    with pytest.raises(ValidationError, match="moet nog komen"):
        resign(deelnemer, gemeld_op=today() + DAG, by=co)


@pytest.mark.parametrize(
    ("grond", "woord"), [("staken", "zegt op"), ("overlijden", "nieuwe vertegenwoordiger")]
)
def test_only_a_one_person_practice_ends_by_stopping_or_death(deelnemer, co, grond, woord):
    with pytest.raises(ValidationError, match=woord):
        stop(deelnemer, grond=grond, laatste_dag=today(), eenmanszaak=False, by=co)
    row = stop(deelnemer, grond=grond, laatste_dag=today() - DAG, eenmanszaak=True, by=co)
    assert row.laatste_dag == today() - DAG
    assert not Deelnemer.objects.get(pk=deelnemer.pk).actief
    with pytest.raises(ValidationError, match="doet niet"):
        resign(deelnemer, gemeld_op=today(), by=co)


def test_an_end_that_passed_stays(deelnemer, co):
    row = stop(deelnemer, grond="staken", laatste_dag=today() - DAG, eenmanszaak=True, by=co)
    with pytest.raises(ValidationError, match="al gestopt"):
        withdraw_end(row, reden="toch niet", by=co)


@pytest.mark.parametrize(
    ("lezing", "einde"),
    [
        ("exacte_dag", date(2026, 11, 15)),
        ("maandeinde", date(2026, 11, 30)),
    ],
)
def test_the_reading_of_the_version_decides_the_day(kring, deelnemer, lezing, einde):
    factories.ReglementversieFactory(
        kring=kring,
        besloten_op=date(2026, 1, 1),
        variabelen={"8.opzegmaanden": 6},
        lezing={"opzeg_einde": lezing},
        nummer=900,
    )
    assert expected_end(deelnemer, date(2026, 5, 15)).einde == einde


# --- pages


def test_the_vertegenwoordiger_resigns_on_the_page_and_sees_why_that_day(
    als, kring, deelnemer, vertegenwoordiger
):
    client = als(vertegenwoordiger)
    url = page(kring, f"deelnemers/{deelnemer.pk}/opzeggen/")
    assert "3 maanden" in client.get(url).content.decode()
    assert "Wanneer kwam" not in client.get(url).content.decode()
    assert client.post(url, {"gevraagd": ""}).status_code == 302
    html = client.get(page(kring, f"deelnemers/{deelnemer.pk}/")).content.decode()
    assert "Laatste dag" in html
    assert "De opzegtermijn is 3 maanden (art. 8)" in html
    # Twice is refused on the page, nothing lost.
    again = client.post(url, {"afwijking": "Ik ben ziek."})
    assert again.status_code == 422
    assert "Ik ben ziek." in again.content.decode()


def test_resigning_asks_the_second_factor_anew(kring, deelnemer, vertegenwoordiger):
    client = KringClient()
    client.force_login(vertegenwoordiger)
    response = client.get(page(kring, f"deelnemers/{deelnemer.pk}/opzeggen/"))
    assert response.status_code in (302, 403)
    assert not Einde.objects.exists()


def test_the_coordinator_notes_a_letter_and_is_told_what_is_lawful(
    als, kring, deelnemer, coordinator
):
    client = als(coordinator)
    url = page(kring, f"deelnemers/{deelnemer.pk}/opzeggen/")
    typed = {"gemeld_op": today().isoformat(), "gevraagd": (today() + DAG).isoformat()}
    refused = client.post(url, typed)
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "art. 8" in html
    assert typed["gevraagd"] in html
    assert client.post(url, typed | {"afwijking": "Brand in de praktijk."}).status_code == 302
    row = Einde.objects.get()
    assert "Brand" in client.get(page(kring, f"deelnemers/{deelnemer.pk}/")).content.decode()
    move = page(kring, f"deelnemers/einde/{row.pk}/afwijken/")
    assert client.get(move).status_code == 200
    later = (today() + timedelta(days=20)).isoformat()
    assert client.post(move, {"laatste_dag": later, "afwijking": "Brand."}).status_code == 302
    back = page(kring, f"deelnemers/einde/{row.pk}/intrekken/")
    assert client.post(back, {"reden": ""}).status_code == 422
    assert client.post(back, {"reden": "Blijft toch."}).status_code == 302
    assert "Blijft toch." in client.get(page(kring, f"deelnemers/{deelnemer.pk}/")).content.decode()


def test_only_the_coordinator_notes_other_ends(
    als, kring, deelnemer, vertegenwoordiger, coordinator
):
    url = page(kring, f"deelnemers/{deelnemer.pk}/einde/")
    assert als(vertegenwoordiger).get(url).status_code == 403
    client = als(coordinator)
    typed = {"grond": "staken", "eenmanszaak": "nee", "laatste_dag": today().isoformat()}
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "eenmanszaak (art. 8)" in refused.content.decode()
    assert client.post(url, typed | {"eenmanszaak": "ja"}).status_code == 302
    assert Einde.objects.get().grond == "staken"


@pytest.mark.parametrize("dag", ["9999-12-31", "0001-01-01"])
def test_a_day_outside_this_century_is_a_sentence_at_its_field(
    *, als, kring, deelnemer, coordinator, co, dag
):
    client, own = als(coordinator), f"deelnemers/{deelnemer.pk}/"
    row = resign(factories.DeelnemerFactory(kring=kring), gemeld_op=today(), by=co)
    for path, field, typed in (
        (f"{own}opzeggen/", "gevraagd", {"gemeld_op": today().isoformat()}),
        (f"{own}einde/", "laatste_dag", {"grond": "staken", "eenmanszaak": "ja"}),
        (f"deelnemers/einde/{row.pk}/afwijken/", "laatste_dag", {"afwijking": "Brand."}),
    ):
        answer = client.post(page(kring, path), typed | {field: dag})
        assert answer.status_code == 422
        assert answer.context["form"].errors[field] == ["Controleer het jaar."]
    assert Einde.objects.get().laatste_dag == row.laatste_dag
