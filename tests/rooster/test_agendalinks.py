"""Links to the calendar: who may make which, what they show, and that they die."""

from datetime import datetime, timedelta

import icalendar
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kern.models import Logregel
from kern.tijd import AMSTERDAM
from kring.models import Lidmaatschap
from rooster import actions
from rooster.actions import agenda
from rooster.models import Agendalink
from tests.factories import (
    DeelnemerFactory,
    DienstFactory,
    GebruikerFactory,
    LidmaatschapFactory,
    TandartsFactory,
)

pytestmark = pytest.mark.django_db


def page(kring, path=""):
    return f"/k/{kring.slug}/rooster/agenda/{path}"


@pytest.fixture
def make(kring, tandarts, actor):
    """Make a link; returns its row and address."""

    def make(soort="tandarts", gebruiker=None, **kwargs):
        gebruiker = gebruiker or tandarts.gebruiker
        if soort == "tandarts":
            kwargs.setdefault("tandarts", tandarts)
        row, geheim = agenda.make_agendalink(
            kring_id=kring.pk, gebruiker=gebruiker, soort=soort, by=actor(gebruiker), **kwargs
        )
        return row, page(kring, f"{geheim}/dienst.ics")

    return make


def soon(days, hour=17):
    day = timezone.localtime(timezone=AMSTERDAM).date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=AMSTERDAM)


def events(address, client=None):
    response = (client or Client()).get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def duty(kring, days, **places):
    return DienstFactory(kring=kring, begin=soon(days), **places)


def test_the_feed_of_a_dentist_holds_only_their_own_duties(kring, tandarts, make):
    mine = duty(kring, 3, dienstdoende=tandarts)
    behind = duty(kring, 5, achterwacht=tandarts)
    duty(kring, 7)
    _row, address = make()
    found = {event["UID"]: event for event in events(address)}
    assert set(found) == {f"dienst-{dienst.pk}@spoeddienst" for dienst in (mine, behind)}
    assert found[f"dienst-{mine.pk}@spoeddienst"]["SUMMARY"] == "Spoeddienst: dienstdoende"
    assert found[f"dienst-{behind.pk}@spoeddienst"]["SUMMARY"] == "Spoeddienst: achterwacht"
    assert behind.dienstdoende.naam in found[f"dienst-{behind.pk}@spoeddienst"]["DESCRIPTION"]
    # A phone number is not for whatever program the link was given to.
    assert tandarts.telefoon not in Client().get(address).content.decode()


def test_the_feeds_of_practice_and_kring(kring, tandarts, make, vertegenwoordiger):
    mine, other = duty(kring, 3, dienstdoende=tandarts), duty(kring, 5)
    _row, practice = make("praktijk", vertegenwoordiger, deelnemer=tandarts.deelnemer)
    _row, whole = make("kring")
    assert [event["UID"] for event in events(practice)] == [f"dienst-{mine.pk}@spoeddienst"]
    assert {event["UID"] for event in events(whole)} == {
        f"dienst-{dienst.pk}@spoeddienst" for dienst in (mine, other)
    }


def test_a_swapped_duty_is_cancelled_here_and_appears_there(
    kring, tandarts, make, coordinator, actor
):
    colleague = TandartsFactory(kring=kring, gebruiker=GebruikerFactory())
    LidmaatschapFactory(kring=kring, gebruiker=colleague.gebruiker, rol="tandarts")
    dienst = actions.plan_dienst(
        kring_id=kring.pk,
        begin=soon(3),
        einde=soon(4, 8),
        dienstdoende=tandarts,
        achterwacht=TandartsFactory(kring=kring),
        by=actor(coordinator),
    )
    _row, mine = make()
    _row, theirs = make(gebruiker=colleague.gebruiker, tandarts=colleague)
    [before] = events(mine)
    assert events(theirs) == []
    actions.change_dienst(
        dienst,
        begin=dienst.begin,
        einde=dienst.einde,
        dienstdoende=colleague,
        achterwacht=dienst.achterwacht,
        by=actor(coordinator),
        reden="Geruild",
    )
    [gone], [got] = events(mine), events(theirs)
    assert gone["UID"] == before["UID"] == got["UID"]
    assert (gone["STATUS"], got["STATUS"]) == ("CANCELLED", "CONFIRMED")
    assert gone["SEQUENCE"] > before["SEQUENCE"]


def test_a_removed_duty_is_cancelled_for_the_kring(kring, tandarts, make, coordinator, actor):
    dienst = actions.plan_dienst(
        kring_id=kring.pk,
        begin=soon(3),
        einde=soon(4, 8),
        dienstdoende=tandarts,
        achterwacht=TandartsFactory(kring=kring),
        by=actor(coordinator),
    )
    _row, address = make("kring")
    assert [event["STATUS"] for event in events(address)] == ["CONFIRMED"]
    actions.remove_dienst(dienst, by=actor(coordinator), reden="Dubbel gepland")
    assert [event["STATUS"] for event in events(address)] == ["CANCELLED"]


def test_an_unchanged_feed_is_a_304(kring, tandarts, make):
    duty(kring, 3, dienstdoende=tandarts)
    _row, address = make()
    first = Client().get(address)
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_link_dies_with_its_owner_and_by_revoking(kring, tandarts, make, actor):
    row, address = make()
    _other, other_address = make()
    assert Client().get(address).status_code == 200
    assert agenda.revoke_agendalink(row, by=actor(tandarts.gebruiker))
    assert not agenda.revoke_agendalink(row, by=actor(tandarts.gebruiker))
    assert Client().get(address).status_code == 404
    assert Client().get(other_address).status_code == 200
    Lidmaatschap.objects.filter(gebruiker=tandarts.gebruiker).update(status="beeindigd")
    assert Client().get(other_address).status_code == 404
    assert (
        Logregel.objects.filter(gebeurtenis="agendalink.ingetrokken", object_id=str(row.pk)).count()
        == 1
    )


def test_a_representative_who_moves_loses_the_feed_of_the_practice(
    kring, tandarts, make, vertegenwoordiger
):
    _row, address = make("praktijk", vertegenwoordiger, deelnemer=tandarts.deelnemer)
    assert Client().get(address).status_code == 200
    Lidmaatschap.objects.filter(gebruiker=vertegenwoordiger).update(
        deelnemer=DeelnemerFactory(kring=kring)
    )
    assert Client().get(address).status_code == 404


def test_the_link_of_one_kring_opens_nothing_in_another(kring, andere_kring, make):
    _row, address = make("kring")
    assert Client().get(address.replace(kring.slug, andere_kring.slug)).status_code == 404
    assert Client().get(page(kring, "verzonnen/dienst.ics")).status_code == 404


def test_only_a_hash_is_kept(make):
    row, address = make()
    geheim = address.split("/")[-2]
    stored = Agendalink.objects.values().get(pk=row.pk)
    assert geheim not in str(stored)
    assert len(geheim) >= 43


def test_the_page_makes_a_link_and_shows_it_once(kring, als, tandarts, tandarts_gebruiker):
    client = als(tandarts_gebruiker)
    assert "Mijn eigen diensten" in client.get(page(kring)).content.decode()
    made = client.post(page(kring), {"keuze": f"tandarts-{tandarts.pk}", "bezet": "on"})
    assert made.status_code == 200
    row = Agendalink.objects.get()
    assert row.bezet
    assert (row.tandarts, row.gebruiker) == (tandarts, tandarts_gebruiker)
    address = made.context["adres"]
    assert address in made.content.decode()
    assert made["Cache-Control"] == "no-store, private"
    assert address not in client.get(page(kring)).content.decode()
    assert Logregel.objects.filter(gebeurtenis="agendalink.gemaakt").count() == 1


@pytest.mark.parametrize(
    "keuze", ["", "verzonnen", "tandarts-00000000-0000-0000-0000-000000000000"]
)
def test_a_choice_that_is_not_offered_is_refused_at_the_field(kring, als, triagist, keuze):
    response = als(triagist).post(page(kring), {"keuze": keuze})
    assert response.status_code == 422
    assert "keuze" in response.context["form"].errors
    assert not Agendalink.objects.exists()


def test_a_triagist_cannot_take_the_feed_of_a_dentist(kring, als, triagist, tandarts):
    response = als(triagist).post(page(kring), {"keuze": f"tandarts-{tandarts.pk}"})
    assert response.status_code == 422
    assert not Agendalink.objects.exists()


def test_too_many_links_are_refused(kring, make):
    for _time in range(agenda.MEESTE):
        make("kring")
    with pytest.raises(ValidationError, match="Trek er eerst een in"):
        make("kring")


def test_revoking_by_the_page(kring, als, make, tandarts_gebruiker, coordinator):
    row, address = make()
    way = page(kring, f"{row.pk}/weg/")
    assert als(coordinator).get(way).status_code == 200
    assert als(tandarts_gebruiker).post(way).status_code == 302
    assert Client().get(address).status_code == 404


def test_nobody_else_revokes_a_link(kring, als, make, triagist, vreemde):
    row, address = make()
    for other in (triagist, vreemde):
        assert als(other).post(page(kring, f"{row.pk}/weg/")).status_code == 404
    assert Client().get(address).status_code == 200


def test_queries_do_not_grow_with_the_roster(kring, tandarts, make):
    _row, address = make("kring")
    duty(kring, 1)
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert len(events(address)) == 1
    for days in range(2, 31):
        duty(kring, days)
    with CaptureQueriesContext(connection) as many:
        assert len(events(address)) == 30
    assert len(many) == len(one)
