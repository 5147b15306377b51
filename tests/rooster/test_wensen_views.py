"""The wish pages: who may for whom, what is shown, and what a thumb does wrong."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kern.models import Logregel
from kern.weergave import format_datum
from rooster.models import Feestdag, Inzet, Roosterperiode, Wens, Wensenlijst
from tests.factories import DeelnemerFactory, LidmaatschapFactory, TandartsFactory
from tests.rooster.brieven import letters
from tests.rooster.perioden import open_period

pytestmark = pytest.mark.django_db


@pytest.fixture
def periode(kring):
    return open_period(kring)


@pytest.fixture
def plek(kring, periode, tandarts):
    """Where it happens: kring, period, dentist."""
    return kring, periode, tandarts


@pytest.fixture
def collega(kring):
    """A dentist of another practice, with an account."""
    lid = LidmaatschapFactory(kring=kring, rol="tandarts")
    return TandartsFactory(kring=kring, gebruiker=lid.gebruiker, naam="C. Collega")


def page(kring, name, *objects):
    names = ("periode", "tandarts")
    kwargs = {name: row.pk for name, row in zip(names, objects, strict=False)}
    return reverse(f"rooster:{name}", kwargs={"kring": kring.slug, **kwargs})


def day(periode, number):
    return (periode.eerste_dag + timedelta(days=number)).isoformat()


def marked():
    return {(wens.dag.isoformat(), wens.soort, wens.gewicht) for wens in Wens.objects.all()}


# --- the calendar of one dentist


def test_one_dentist_and_one_period_come_straight_to_the_calendar(
    kring, periode, tandarts, als, tandarts_gebruiker
):
    client = als(tandarts_gebruiker)
    response = client.get(page(kring, "wensen"))
    address = page(kring, "wensenlijst", periode, tandarts)
    assert (response.status_code, response.url) == (302, address)
    html = client.get(address).content.decode()
    assert "Mijn wensen" in html
    assert html.count('name="dag"') == 56
    assert "Nog <strong>10</strong> punten" in html
    assert "Ik heb geen wensen" in html


def test_ticked_days_get_a_wish_and_the_page_comes_back_at_their_month(
    kring, periode, tandarts, als, tandarts_gebruiker
):
    client = als(tandarts_gebruiker)
    address = page(kring, "wensenlijst", periode, tandarts)
    ticked = [day(periode, 0), day(periode, 3)]
    response = client.post(address, {"dag": ticked, "soort": "liever_niet", "gewicht": "3"})
    month = periode.eerste_dag.strftime("%Y-%m")
    assert (response.status_code, response.url) == (302, f"{address}#maand-{month}")
    assert marked() == {(dag, "liever_niet", 3) for dag in ticked}
    html = client.get(address).content.decode()
    assert "Nog <strong>4</strong> punten" in html
    assert html.count("wd--liever_niet") == 2
    # A wish less: the same page, the other button.
    client.post(address, {"dag": ticked[:1], "soort": "wis", "gewicht": "1"})
    assert marked() == {(ticked[1], "liever_niet", 3)}


def test_a_blocked_day_costs_no_points_whatever_the_weight_says(
    kring, periode, tandarts, als, tandarts_gebruiker
):
    address = page(kring, "wensenlijst", periode, tandarts)
    wish = {"dag": [day(periode, 0)], "soort": "geblokkeerd", "gewicht": "5"}
    als(tandarts_gebruiker).post(address, wish)
    assert marked() == {(day(periode, 0), "geblokkeerd", 1)}


def test_a_part_of_the_page_comes_back_to_htmx(kring, periode, tandarts, als, tandarts_gebruiker):
    client = als(tandarts_gebruiker)
    address = page(kring, "wensenlijst", periode, tandarts)
    wish = {"dag": [day(periode, 0)], "soort": "geblokkeerd", "gewicht": "1"}
    response = client.post(address, wish, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert response.status_code == 200
    assert html.startswith('<form id="wensen"')
    assert format_datum(periode.eerste_dag, met_jaar=False) + " kan niet." in html
    # The button that says so disappears from the page that stays.
    assert '<div id="wensen-geen" hx-swap-oob="true"></div>' in html
    # Refused, and still swapped in: what was ticked stays ticked.
    too_many = {**wish, "dag": [day(periode, number) for number in range(1, 6)]}
    html = client.post(address, too_many, headers={"HX-Request": "true"}).content.decode()
    assert "Dit zijn 3 dagen te veel" in html
    assert len(re.findall(r'name="dag"[^>]*checked', html)) == 5
    assert len(marked()) == 1
    cleared = {**wish, "soort": "wis"}
    empty = client.post(address, cleared, headers={"HX-Request": "true"}).content.decode()
    assert "Ik heb geen wensen" in empty


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"soort": "graag"}, "Tik eerst een of meer dagen aan."),
        ({"dag": ["morgen"], "soort": "graag"}, "Een van deze dagen bestaat niet"),
        ({"dag": ["2027-02-30"], "soort": "graag"}, "Een van deze dagen bestaat niet"),
        ({"dag": ["1999-01-01"], "soort": "graag"}, "Daarbuiten valt: vr 1 jan 1999"),
        ({"dag": ["2027-01-01"], "soort": "nooit"}, "Selecteer een geldige keuze"),
    ],
)
def test_a_broken_form_says_what_is_wrong(plek, als, typed, reason):
    kring, periode, tandarts = plek
    client = als(tandarts.gebruiker)
    response = client.post(page(kring, "wensenlijst", periode, tandarts), typed)
    assert response.status_code == 422
    assert reason in response.content.decode()
    assert not Wens.objects.exists()


def test_a_stretch_on_chosen_weekdays(kring, periode, tandarts, als, tandarts_gebruiker):
    Roosterperiode.objects.update(blokkadebudget=20)
    client = als(tandarts_gebruiker)
    typed = {
        "van": day(periode, 0),
        "tot": day(periode, 13),
        "weekdagen": ["2"],
        "soort": "geblokkeerd",
    }
    address = page(kring, "wensenreeks", periode, tandarts)
    assert client.post(address, typed).status_code == 302
    first = next(n for n in range(7) if (periode.eerste_dag + timedelta(n)).weekday() == 2)
    assert {dag for dag, _soort, _gewicht in marked()} == {
        day(periode, first),
        day(periode, first + 7),
    }
    # The whole fortnight runs over them; nothing changes until that is asked for.
    typed |= {"weekdagen": [], "soort": "liever_niet", "gewicht": "1"}
    Roosterperiode.objects.update(wensenbudget=20)
    response = client.post(address, typed)
    html = response.content.decode()
    assert (response.status_code, len(marked())) == (422, 2)
    assert "Hier staat al een andere wens" in html
    assert f'value="{day(periode, 13)}"' in html
    assert client.post(address, {**typed, "vervang": "on"}).status_code == 302
    assert {soort for _dag, soort, _gewicht in marked()} == {"liever_niet"}
    assert len(marked()) == 14


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"van": "2027-02-02", "tot": "2027-02-01"}, "De laatste dag ligt voor de eerste dag."),
        ({"van": "2027-02-01", "tot": "2037-02-01"}, "Kies ten hoogste twee jaar."),
        ({"van": "2027-02-01", "tot": "2027-02-02", "weekdagen": ["6"]}, "komt in deze dagen niet"),
        ({"van": "soms", "tot": "2027-02-02"}, "Voer een geldige datum in."),
    ],
)
def test_a_broken_stretch_says_what_is_wrong(plek, als, typed, reason):
    kring, periode, tandarts = plek
    address = page(kring, "wensenreeks", periode, tandarts)
    response = als(tandarts.gebruiker).post(address, {"soort": "geblokkeerd", **typed})
    assert response.status_code == 422
    assert reason in response.content.decode()
    assert not Wens.objects.exists()


def test_holidays_and_the_own_balance_are_shown(kring, periode, tandarts, als, tandarts_gebruiker):
    Feestdag.objects.create(kring=kring, datum=periode.eerste_dag, naam="Dorpsfeest")
    before = open_period(
        kring,
        naam="Eerder",
        eerste_dag=periode.eerste_dag - timedelta(days=60),
        laatste_dag=periode.eerste_dag - timedelta(days=1),
        wensen_tot=periode.eerste_dag - timedelta(days=90),
        akkoord_tot=periode.eerste_dag - timedelta(days=80),
        status="gepubliceerd",
    )
    before.saldi.create(
        kring=kring, deelnemer=tandarts.deelnemer, categorie="weekend", verschil="1.50"
    )
    html = als(tandarts_gebruiker).get(page(kring, "wensenlijst", periode, tandarts))
    html = html.content.decode()
    assert f"{periode.eerste_dag.day} Dorpsfeest" in html
    assert "+1,5" in html


def test_after_closing_the_page_is_for_reading(kring, periode, tandarts, als, tandarts_gebruiker):
    client = als(tandarts_gebruiker)
    address = page(kring, "wensenlijst", periode, tandarts)
    wish = {"dag": [day(periode, 0)], "soort": "graag", "gewicht": "5"}
    client.post(address, wish)
    Roosterperiode.objects.update(wensen_tot=timezone.localdate() - timedelta(days=1))
    html = client.get(address).content.decode()
    assert 'name="dag"' not in html
    assert "wd--graag" in html
    response = client.post(address, {**wish, "dag": [day(periode, 1)]})
    assert response.status_code == 422
    # Told on a page that has no buttons any more.
    assert "Wensen opgeven kon tot en met" in response.content.decode()
    assert len(marked()) == 1
    assert client.get(page(kring, "wensen")).status_code == 200


def test_send_in_and_change_afterwards(kring, periode, tandarts, als, tandarts_gebruiker):
    client = als(tandarts_gebruiker)
    address = page(kring, "wensenlijst", periode, tandarts)
    response = client.post(page(kring, "wensen_indienen", periode, tandarts))
    assert (response.status_code, response.url) == (302, address)
    assert Wensenlijst.objects.get().ingediend_door == tandarts_gebruiker
    client.post(address, {"dag": [day(periode, 0)], "soort": "graag", "gewicht": "1"})
    assert Wensenlijst.objects.get().ingediend_op is not None
    html = client.get(address).content.decode()
    assert "Klaar, dien de wensen in" not in html


def test_a_year_of_days_costs_as_many_queries_as_two_months(
    kring, tandarts, als, tandarts_gebruiker, django_assert_num_queries
):
    client = als(tandarts_gebruiker)
    first = timezone.localdate() + timedelta(days=35)
    year = open_period(kring, laatste_dag=first + timedelta(days=363), wensenbudget=400)
    address = page(kring, "wensenlijst", year, tandarts)
    client.get(address)
    with CaptureQueriesContext(connection) as empty:
        client.get(address)
    before = len(empty)
    wishes = {"van": day(year, 0), "tot": day(year, 299), "soort": "graag", "gewicht": "1"}
    assert client.post(page(kring, "wensenreeks", year, tandarts), wishes).status_code == 302
    client.get(address)
    with django_assert_num_queries(before):
        html = client.get(address).content.decode()
    assert html.count("wd--graag") == 300


# --- for somebody else


def test_the_representative_speaks_for_the_own_practice_only(plek, collega, als, vertegenwoordiger):
    kring, periode, tandarts = plek
    client = als(vertegenwoordiger)
    wish = {"dag": [day(periode, 0)], "soort": "geblokkeerd", "gewicht": "1"}
    assert client.post(page(kring, "wensenlijst", periode, tandarts), wish).status_code == 302
    for name, method in (
        ("wensenlijst", client.get),
        ("wensenlijst", client.post),
        ("wensenreeks", client.post),
        ("wensen_indienen", client.post),
    ):
        assert method(page(kring, name, periode, collega)).status_code == 404
    assert Wens.objects.get().tandarts == tandarts
    line = Logregel.objects.get(gebeurtenis="wensen.gewijzigd")
    assert line.gebruiker_id == vertegenwoordiger.pk


def test_a_dentist_with_a_second_practice_is_also_of_its_representative(
    plek, collega, als, vertegenwoordiger
):
    kring, periode, tandarts = plek
    address = page(kring, "wensenlijst", periode, collega)
    client = als(vertegenwoordiger)
    assert client.get(address).status_code == 404
    Inzet.objects.create(
        kring=kring,
        tandarts=collega,
        deelnemer=tandarts.deelnemer,
        fte="0.4",
        geldig_vanaf=timezone.localdate(),
    )
    html = client.get(address).content.decode()
    assert "Wensen van C. Collega" in html


def test_a_dentist_does_not_see_the_wishes_of_a_colleague(kring, periode, tandarts, collega, als):
    client = als(collega.gebruiker)
    assert client.get(page(kring, "wensenlijst", periode, tandarts)).status_code == 404
    assert client.get(page(kring, "wensenlijst", periode, collega)).status_code == 200


@pytest.mark.parametrize("wie", ["triagist", "beheerder", "fg"])
def test_the_other_roles_have_no_wishes(plek, als, request, wie):
    kring, periode, tandarts = plek
    client = als(request.getfixturevalue(wie))
    assert client.get(page(kring, "wensen")).status_code == 403
    assert client.get(page(kring, "wensenlijst", periode, tandarts)).status_code == 403


@pytest.mark.parametrize("wie", ["tandarts_gebruiker", "vertegenwoordiger"])
def test_only_the_coordinator_reminds_opens_and_closes(plek, als, request, wie):
    kring, periode, _ = plek
    client = als(request.getfixturevalue(wie))
    for name in ("wensen_herinneren", "wensen_heropenen", "wensen_sluiten"):
        assert client.post(page(kring, name, periode)).status_code == 403
    assert Roosterperiode.objects.get().status == "wensen"
    assert letters() == []


def test_another_krings_period_and_dentist_do_not_exist_here(plek, andere_kring, als, coordinator):
    kring, periode, tandarts = plek
    client = als(coordinator)
    theirs = open_period(andere_kring)
    stranger = TandartsFactory(kring=andere_kring)
    for objects in ((theirs, tandarts), (periode, stranger), (theirs, stranger)):
        assert client.get(page(kring, "wensenlijst", *objects)).status_code == 404
        assert client.post(page(kring, "wensen_indienen", *objects)).status_code == 404
    for name in ("wensen_herinneren", "wensen_heropenen", "wensen_sluiten"):
        assert client.post(page(kring, name, theirs)).status_code == 404
    assert not Wensenlijst.objects.exists()


# --- the coordinator


def test_the_coordinator_sees_who_is_silent_and_reminds_all_in_one_click(
    plek, collega, als, coordinator
):
    kring, periode, tandarts = plek
    client = als(coordinator)
    client.post(page(kring, "wensen_indienen", periode, collega))
    html = client.get(page(kring, "wensen")).content.decode()
    assert "1 van 2 ingediend" in html
    # Who did nothing stands first.
    assert html.index(tandarts.naam) < html.index(collega.naam)
    response = client.post(page(kring, "wensen_herinneren", periode))
    assert (response.status_code, response.url) == (302, page(kring, "wensen"))
    assert [brief["To"] for brief in letters()] == [tandarts.gebruiker.email]
    client.post(page(kring, "wensen_herinneren", periode))
    html = client.get(page(kring, "wensen")).content.decode()
    assert "kreeg vandaag al een bericht" in html
    assert len(letters()) == 1


def test_the_list_costs_the_same_for_one_and_for_thirty(
    plek, als, coordinator, django_assert_num_queries
):
    kring, _periode, _tandarts = plek
    client = als(coordinator)
    client.get(page(kring, "wensen"))
    with CaptureQueriesContext(connection) as one:
        client.get(page(kring, "wensen"))
    before = len(one)
    praktijk = DeelnemerFactory(kring=kring)
    for _ in range(30):
        TandartsFactory(kring=kring, deelnemer=praktijk)
    with django_assert_num_queries(before):
        html = client.get(page(kring, "wensen")).content.decode()
    assert "0 van 31 ingediend" in html


def test_close_and_open_again_after_one_more_question(kring, periode, tandarts, als, coordinator):
    client = als(coordinator)
    html = client.get(page(kring, "wensen_sluiten", periode)).content.decode()
    assert "1 tandarts diende nog niets in" in html
    client.post(page(kring, "wensen_sluiten", periode))
    assert Roosterperiode.objects.get().status == "plannen"
    assert client.post(page(kring, "wensen_sluiten", periode)).status_code == 422
    assert "Wensen weer openstellen" in client.get(page(kring, "wensen")).content.decode()
    assert client.get(page(kring, "wensen_heropenen", periode)).status_code == 200
    client.post(page(kring, "wensen_heropenen", periode))
    assert Roosterperiode.objects.get().status == "wensen"


# --- the first page


def test_the_first_page_asks_who_did_not_answer(kring, periode, tandarts, als, tandarts_gebruiker):
    client = als(tandarts_gebruiker)
    start = f"/k/{kring.slug}/"
    assert "Wensen opgeven" in client.get(start).content.decode()
    client.post(page(kring, "wensen_indienen", periode, tandarts))
    assert "Wensen opgeven" not in client.get(start).content.decode()
