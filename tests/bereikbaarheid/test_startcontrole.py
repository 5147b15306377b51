"""Ticking the start check: the action, and the page on the dentist's phone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bereikbaarheid import actions
from bereikbaarheid.models import Controlepunt
from bereikbaarheid.regels import PUNTEN, VENSTER
from kern.models import Logregel
from kern.tijd import db_now
from tests.factories import DeelnemerFactory, DienstFactory, LidmaatschapFactory, TandartsFactory

pytestmark = pytest.mark.django_db


def lines(kring):
    rows = Logregel.objects.filter(kring=kring, gebeurtenis__startswith="startcontrole.")
    return list(rows.order_by("id").values_list("gebeurtenis", "object_id"))


def page(kring, dienst, route="start"):
    return f"/k/{kring.slug}/bereikbaarheid/{route}/{dienst.pk}/"


def press(punt="telefoon", aan="ja", rol="dienstdoende"):
    return {"rol": rol, "punt": punt, "aan": aan}


# --- the action


def test_a_tick_says_who_and_when_by_the_database_clock(plaats, tandarts_gebruiker, actor, kring):
    before = db_now()
    row = actions.tick_punt(plaats, punt="telefoon", by=actor(tandarts_gebruiker))
    assert row.afgevinkt_door == tandarts_gebruiker
    assert before <= row.afgevinkt_op <= db_now()
    assert lines(kring) == [("startcontrole.afgevinkt", str(plaats.dienst_id))]


def test_ticking_twice_keeps_the_first_moment_and_one_line(
    plaats, tandarts_gebruiker, actor, kring
):
    by = actor(tandarts_gebruiker)
    first = actions.tick_punt(plaats, punt="telefoon", by=by)
    again = actions.tick_punt(plaats, punt="telefoon", by=by)
    assert (again.pk, again.afgevinkt_op) == (first.pk, first.afgevinkt_op)
    assert len(lines(kring)) == 1


def test_a_tick_can_be_taken_back(plaats, tandarts_gebruiker, actor, kring):
    by = actor(tandarts_gebruiker)
    actions.tick_punt(plaats, punt="telefoon", by=by)
    assert actions.untick_punt(plaats, punt="telefoon", by=by)
    assert not actions.untick_punt(plaats, punt="telefoon", by=by)
    assert not Controlepunt.objects.exists()
    assert [event for event, _ in lines(kring)][1:] == ["startcontrole.teruggezet"]


def test_a_tick_and_its_line_are_rolled_back_together(plaats, tandarts_gebruiker, actor, kring):
    with transaction.atomic():
        actions.tick_punt(plaats, punt="telefoon", by=actor(tandarts_gebruiker))
        transaction.set_rollback(True)
    assert (Controlepunt.objects.count(), lines(kring)) == (0, [])


def test_the_coordinator_may_tick_for_the_dentist_and_is_named(plaats, coordinator, actor):
    row = actions.tick_punt(plaats, punt="nummer", by=actor(coordinator))
    assert (row.tandarts, row.afgevinkt_door) == (plaats.tandarts, coordinator)


def test_another_dentist_may_not(kring, plaats, actor):
    other = LidmaatschapFactory(kring=kring, rol="tandarts").gebruiker
    for act in (actions.tick_punt, actions.untick_punt):
        with pytest.raises(PermissionDenied):
            act(plaats, punt="telefoon", by=actor(other))
    assert not Controlepunt.objects.exists()


def test_a_point_of_the_other_place_is_refused(dienst, coordinator, actor):
    plaats = dienst.plaatsen.select_related("tandarts").get(rol="achterwacht")
    with pytest.raises(ValidationError, match="hoort niet bij deze plaats"):
        actions.tick_punt(plaats, punt="lijn", by=actor(coordinator))


@pytest.mark.parametrize(
    ("begint_over", "zin"),
    [(VENSTER + timedelta(minutes=1), "Afvinken kan vanaf"), (-timedelta(hours=16), "voorbij")],
)
def test_only_around_the_duty(tandarts, tandarts_gebruiker, actor, begint_over, zin):
    kring = tandarts.kring
    dienst = DienstFactory(kring=kring, begin=timezone.now() + begint_over, dienstdoende=tandarts)
    plaats = dienst.plaatsen.get(rol="dienstdoende")
    with pytest.raises(ValidationError, match=zin):
        actions.tick_punt(plaats, punt="telefoon", by=actor(tandarts_gebruiker))
    assert not Controlepunt.objects.exists()


def test_a_tick_of_before_the_duty_was_moved_can_be_set_anew(
    plaats, tandarts_gebruiker, actor, tick
):
    (old,) = tick(plaats.dienst, "telefoon", afgevinkt_op=plaats.begin - timedelta(hours=5))
    row = actions.tick_punt(plaats, punt="telefoon", by=actor(tandarts_gebruiker))
    assert row.pk == old.pk
    assert row.afgevinkt_op > plaats.begin


# --- the page


def test_the_dentist_ticks_on_the_own_page(kring, dienst, tandarts_gebruiker, als):
    client = als(tandarts_gebruiker)
    text = client.get(page(kring, dienst)).content.decode()
    assert text.count("Gecontroleerd</span>") == len(PUNTEN["dienstdoende"])
    assert "Achterberg" not in text
    response = client.post(page(kring, dienst), press())
    assert response.url == f"{page(kring, dienst)}#dienstdoende-telefoon"
    text = client.get(page(kring, dienst)).content.decode()
    assert "Afgevinkt" in text
    assert text.count("Gecontroleerd</span>") == len(PUNTEN["dienstdoende"]) - 1
    client.post(page(kring, dienst), press(aan="nee"))
    assert not Controlepunt.objects.exists()


def test_all_done_is_said(kring, dienst, tandarts_gebruiker, als, tick):
    tick(dienst)
    text = als(tandarts_gebruiker).get(page(kring, dienst)).content.decode()
    assert "Alles is gecontroleerd" in text


def test_the_coordinator_sees_both_places(kring, dienst, coordinator, als):
    client = als(coordinator)
    text = client.get(page(kring, dienst, "namens")).content.decode()
    assert "Achterberg" in text
    assert "doe dat alleen met de tandarts aan de lijn" in text
    client.post(page(kring, dienst, "namens"), press(rol="achterwacht"))
    row = Controlepunt.objects.get()
    assert (row.tandarts, row.afgevinkt_door) == (dienst.achterwacht, coordinator)


@pytest.mark.parametrize("data", [{}, press(punt="fax"), press(rol="baas"), press(aan="misschien")])
def test_a_broken_press_is_told(kring, dienst, tandarts_gebruiker, als, data):
    response = als(tandarts_gebruiker).post(page(kring, dienst), data)
    assert response.status_code == 422
    assert "Laad de pagina opnieuw" in response.content.decode()
    assert not Controlepunt.objects.exists()


def test_a_dentist_presses_for_nobody_else(kring, dienst, tandarts_gebruiker, als):
    response = als(tandarts_gebruiker).post(page(kring, dienst), press(rol="achterwacht"))
    assert response.status_code == 404
    assert not Controlepunt.objects.exists()


def test_a_duty_of_others_and_of_another_kring_is_not_there(
    kring, andere_kring, tandarts, coordinator, als
):
    tandarts_gebruiker = tandarts.gebruiker
    someone = DienstFactory(kring=kring)
    elsewhere = DienstFactory(kring=andere_kring)
    for dienst in (someone, elsewhere):
        assert als(tandarts_gebruiker).get(page(kring, dienst)).status_code == 404
    assert als(coordinator).get(page(kring, elsewhere, "namens")).status_code == 404


@pytest.mark.parametrize("wie", ["triagist", "vertegenwoordiger", "beheerder", "fg"])
@pytest.mark.parametrize("route", ["start", "namens"])
def test_the_list_is_for_dentist_and_coordinator(dienst, als, request, wie, route):
    client = als(request.getfixturevalue(wie))
    url = page(dienst.kring, dienst, route)
    assert client.get(url).status_code == 403
    assert client.post(url, press()).status_code == 403
    assert not Controlepunt.objects.exists()


def test_mijn_leads_to_the_own_duty(kring, dienst, tandarts_gebruiker, als):
    response = als(tandarts_gebruiker).get(f"/k/{kring.slug}/bereikbaarheid/mijn/")
    assert response.url == page(kring, dienst)


@pytest.mark.parametrize(("over", "zin"), [(10, "Controleren kan vanaf"), (None, "niet in het")])
def test_mijn_says_when_there_is_nothing(kring, tandarts, als, over, zin):
    if over:
        begin = timezone.now() + timedelta(hours=over)
        DienstFactory(kring=kring, begin=begin, dienstdoende=tandarts)
    response = als(tandarts.gebruiker).get(f"/k/{kring.slug}/bereikbaarheid/mijn/")
    assert zin in response.content.decode()


def test_triage_sees_how_it_stands(kring, dienst, triagist, als, tick):
    tick(dienst, "antwoordapparaat")
    DienstFactory(kring=kring, begin=dienst.einde, dienstdoende=TandartsFactory(kring=kring))
    text = als(triagist).get(f"/k/{kring.slug}/bereikbaarheid/").content.decode()
    assert "niet af" in text
    assert "Straks: vanaf" in text
    assert "Afvinken voor de tandarts" not in text


def test_the_overview_without_a_duty(kring, triagist, als):
    text = als(triagist).get(f"/k/{kring.slug}/bereikbaarheid/").content.decode()
    assert "Nu heeft niemand dienst" in text


def test_the_overview_asks_the_same_whatever_was_ticked(dienst, triagist, als, tick):
    client = als(triagist)
    url = f"/k/{dienst.kring.slug}/bereikbaarheid/"
    client.get(url)
    with CaptureQueriesContext(connection) as bare:
        client.get(url)
    tick(dienst)
    with CaptureQueriesContext(connection) as full:
        client.get(url)
    assert len(full) == len(bare)


def test_the_first_page_asks_the_dentist_and_warns_the_coordinator(
    dienst, coordinator, triagist, als, tick
):
    tandarts_gebruiker = dienst.dienstdoende.gebruiker

    def first(gebruiker):
        return als(gebruiker).get(f"/k/{dienst.kring.slug}/").content.decode()

    assert "Doe je startcontrole" in first(tandarts_gebruiker)
    assert "Startcontrole niet af" in first(coordinator)
    assert "Startcontrole niet af" not in first(triagist)
    tick(dienst)
    assert "Doe je startcontrole" not in first(tandarts_gebruiker)
    assert "Startcontrole niet af" not in first(coordinator)


def test_who_serves_for_another_practice_checks_the_machine_of_that_one(
    plaats, tandarts_gebruiker, als, kring
):
    elders = DeelnemerFactory(kring=kring, naam="Praktijk Elders", telefoon="+31302345678")
    type(plaats).objects.filter(pk=plaats.pk).update(deelnemer=elders)
    client = als(tandarts_gebruiker)
    assert "tel:+31302345678" in client.get(page(kring, plaats.dienst)).content.decode()
    html = client.get(f"/k/{kring.slug}/bereikbaarheid/").content.decode()
    assert "Praktijk Elders" in html
    assert plaats.tandarts.deelnemer.naam not in html
