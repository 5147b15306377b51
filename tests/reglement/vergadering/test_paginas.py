"""The pages of meetings: who may, what they show, what a broken form keeps."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from kern.tijd import db_now, to_local
from reglement.actions import vergadering as acties
from reglement.models import Uitnodiging, Vergadering
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(kring):
    return lambda naam, **kwargs: reverse(
        f"reglement:{naam}", kwargs={"kring": kring.slug} | kwargs
    )


def plan_data(**velden):
    moment = to_local(db_now() + timedelta(days=40))
    return {
        "titel": "Jaarvergadering",
        "begint_op": moment.strftime("%Y-%m-%dT20:00"),
        "duur_minuten": "120",
        "plaats": "De Vergulde Kies",
        "zitting": "eerste",
    } | velden


def test_from_plan_to_convocation(als, coordinator, url, leden):
    leden(3)
    client = als(coordinator)
    client.post(url("vergadering_nieuw"), plan_data(voorzitter=coordinator.pk))
    row = Vergadering.objects.get()
    client.post(
        url("agendapunt_nieuw", vergadering=row.pk),
        {"titel": "Een tweede achterwacht", "besluitsoort": "overig"},
    )
    page = client.get(url("vergadering", vergadering=row.pk)).content.decode()
    assert "Een tweede achterwacht" in page
    assert "Twee derde van 3 deelnemers" in page
    assert client.get(url("vergadering_oproepen", vergadering=row.pk)).status_code == 200
    client.post(url("vergadering_oproepen", vergadering=row.pk))
    row.refresh_from_db()
    assert row.status == "opgeroepen"


def test_a_late_convocation_says_what_can(als, coordinator, url, leden, plan):
    leden(3)
    row = plan("royement", dagen=5)
    response = als(coordinator).post(url("vergadering_oproepen", vergadering=row.pk))
    assert response.status_code == 422
    assert "De vroegste dag is" in response.content.decode()
    page = als(coordinator).get(url("vergadering", vergadering=row.pk)).content.decode()
    assert "Oproepen kan zo niet" in page


def test_a_broken_plan_keeps_what_was_typed(als, coordinator, url):
    response = als(coordinator).post(
        url("vergadering_nieuw"), plan_data(begint_op="2020-01-01T20:00", plaats="Zaal Zeldzaam")
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "al voorbij" in page
    assert "Zaal Zeldzaam" in page
    assert not Vergadering.objects.exists()


def test_the_trial_plans_nothing(als, coordinator, url, leden):
    leden(9, zonder=5)
    dag = to_local(db_now()).date() + timedelta(days=5)
    page = (
        als(coordinator)
        .get(url("oproepproef"), {"dag": dag.isoformat(), "soorten": ["royement"]})
        .content.decode()
    )
    assert "Deze dag kan niet" in page
    assert "art. 9.2c" in page
    assert "Zo wordt het quorum niet gehaald" in page
    assert "Praktijk 08" in page
    assert not Vergadering.objects.exists()
    assert als(coordinator).get(url("oproepproef"), {"dag": "onzin"}).status_code == 422


def test_a_vertegenwoordiger_answers_for_the_own_practice_only(
    *, als, vertegenwoordiger, deelnemer, url, leden, opgeroepen
):
    rows = leden(2)
    row = opgeroepen()
    client = als(vertegenwoordiger)
    page = client.get(url("vergadering", vergadering=row.pk)).content.decode()
    assert "Kom je, namens" in page
    assert "Ik doe mee op afstand" not in page
    own = url("vergadering_antwoord", vergadering=row.pk, deelnemer=deelnemer.pk)
    client.post(own, {"antwoord": "komt"})
    assert Uitnodiging.objects.get(deelnemer=deelnemer).antwoord == "komt"
    other = url("vergadering_antwoord", vergadering=row.pk, deelnemer=rows[0].pk)
    assert client.post(other, {"antwoord": "komt"}).status_code == 404
    client.post(own, {"antwoord": "op_afstand"})
    assert Uitnodiging.objects.get(deelnemer=deelnemer).antwoord == "komt"


def test_a_dentist_reads_the_agenda_without_what_concerns_a_practice(
    *, als, tandarts_gebruiker, coordinator, url, leden, plan, by
):
    leden(3)
    row = plan("royement", "overig")
    row.agendapunten.filter(volgorde=1).update(titel="Royement X", toelichting="Feit")
    acties.convoke(row, by=by)
    page = als(tandarts_gebruiker).get(url("vergadering", vergadering=row.pk)).content.decode()
    assert "Een voorstel over een praktijk" in page
    assert "Royement X" not in page
    assert "Feit" not in page
    assert "Onderwerp 2" in page
    assert "Royement X" in (
        als(coordinator).get(url("vergadering", vergadering=row.pk)).content.decode()
    )


def test_a_plan_is_for_the_coordinator(als, coordinator, vertegenwoordiger, url, plan):
    plan("overig", titel="Nog geheim")
    assert "Nog geheim" in als(coordinator).get(url("vergaderingen")).content.decode()
    assert "Nog geheim" not in als(vertegenwoordiger).get(url("vergaderingen")).content.decode()


def test_also_the_page_of_a_plan_is_for_the_coordinator(
    *, als, coordinator, vertegenwoordiger, tandarts_gebruiker, url, plan, by, leden
):
    leden(3)
    row = plan("overig", titel="Nog geheim", voorzitter=vertegenwoordiger)
    routes = [url(naam, vergadering=row.pk) for naam in ("vergadering", "vergadering_ics", "zaal")]
    for person in (vertegenwoordiger, tandarts_gebruiker):
        statuses = [als(person).get(address).status_code for address in routes]
        assert set(statuses) <= {404, 403}
    assert "Nog geheim" in als(coordinator).get(routes[0]).content.decode()
    acties.convoke(row, by=by)
    assert "Nog geheim" in als(vertegenwoordiger).get(routes[0]).content.decode()


def test_a_practice_that_left_keeps_what_it_was_called_for_and_no_more(
    *, als, url, leden, lopend, by, kring, pdf
):
    leden(4)
    gone = factories.DeelnemerFactory(kring=kring, naam="Praktijk Weg")
    person = factories.LidmaatschapFactory(
        kring=kring, rol="vertegenwoordiger", deelnemer=gone
    ).gebruiker

    def meet():
        row = acties.close_meeting(lopend("overig"), by=by)
        royement = factories.AgendapuntFactory(
            kring=kring, vergadering=row, besluitsoort="royement", volgorde=9, titel="Over De Brug"
        )
        besluit = factories.BesluitFactory(kring=kring, agendapunt=royement)
        stuk = factories.StukFactory(kring=kring, vergadering=row)
        return [
            url("notulen", vergadering=row.pk),
            url("notulen_pdf", vergadering=row.pk),
            url("zaal", vergadering=row.pk),
            url("zaal_stand", vergadering=row.pk),
            url("stuk", stuk=stuk.pk),
            url("besluit", besluit=besluit.pk),
        ], url("vergadering", vergadering=row.pk)

    before, page_before = meet()
    gone.actief = False
    gone.save()
    after, page_after = meet()
    client = als(person)
    assert [client.get(address).status_code for address in before] == [200] * 6
    assert "Over De Brug" in client.get(page_before).content.decode()
    assert [client.get(address).status_code for address in after] == [404] * 6
    assert "Over De Brug" not in client.get(page_after).content.decode()


@pytest.mark.parametrize("wie", ["triagist", "fg"])
def test_who_takes_no_part_sees_nothing(*, als, request, url, opgeroepen, leden, wie):
    leden(3)
    row = opgeroepen()
    client = als(request.getfixturevalue(wie))
    for address in (url("vergaderingen"), url("vergadering", vergadering=row.pk)):
        assert client.get(address).status_code == 403


def test_another_kring_finds_nothing(als, vreemde, andere_kring, opgeroepen, leden):
    leden(3)
    row = opgeroepen()
    client = als(vreemde)
    for naam in ("vergadering", "leiden", "zaal", "notulen", "vergadering_ics", "leiden_stand"):
        kwargs = {"kring": andere_kring.slug, "vergadering": row.pk}
        assert client.get(reverse(f"reglement:{naam}", kwargs=kwargs)).status_code == 404, naam


def test_the_list_asks_as_many_queries_for_thirty_as_for_one(als, coordinator, url, kring):
    client = als(coordinator)
    counts = []
    for _number in (1, 29):
        for _row in range(_number):
            meeting = factories.VergaderingFactory(kring=kring)
            factories.UitnodigingFactory(kring=kring, vergadering=meeting)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url("vergaderingen")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_meeting_asks_as_many_queries_for_thirty_deelnemers(
    als, coordinator, url, kring, opgeroepen
):
    client, counts = als(coordinator), []
    for aantal in (2, 28):
        for nummer in range(aantal):
            factories.DeelnemerFactory(kring=kring, naam=f"Van {aantal}, {nummer}")
        row = opgeroepen("overig", titel=f"Met {aantal}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("vergadering", vergadering=row.pk)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_meeting_goes_into_a_calendar(als, vertegenwoordiger, url, leden, opgeroepen):
    leden(2)
    row = opgeroepen("royement")
    body = als(vertegenwoordiger).get(url("vergadering_ics", vergadering=row.pk)).content
    [event] = Calendar.from_ical(body).walk("VEVENT")
    assert str(event["uid"]) == f"vergadering-{row.pk}@spoeddienst"
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=2)
    assert "Onderwerp" not in body.decode()


def test_what_waits_stands_on_the_first_page(
    *, als, coordinator, vertegenwoordiger, deelnemer, url, leden, opgeroepen, by
):
    leden(2)
    row = opgeroepen()
    first = f"/k/{row.kring.slug}/reglement/"
    assert "Laat weten of je komt" in als(vertegenwoordiger).get(first).content.decode()
    acties.answer(row, deelnemer=deelnemer, antwoord="komt", by=by)
    assert "Laat weten of je komt" not in als(vertegenwoordiger).get(first).content.decode()
    row = acties.open_meeting(row, by=by)
    assert "Kom in de vergadering" in als(vertegenwoordiger).get(first).content.decode()
    assert "Leid de vergadering" in als(coordinator).get(first).content.decode()
    acties.arrive(row, deelnemer=deelnemer, by=by)
    row = acties.close_meeting(row, by=by)
    assert "Leg de notulen voor" in als(coordinator).get(first).content.decode()
    acties.submit_minutes(row.notulen, by=by)
    assert "Kijk de notulen na" in als(vertegenwoordiger).get(first).content.decode()
    acties.answer_minutes(row.notulen, deelnemer=deelnemer, akkoord=True, by=by)
    assert "Kijk de notulen na" not in als(vertegenwoordiger).get(first).content.decode()


def test_a_meeting_that_nobody_closed_stays_a_task(als, coordinator, url, leden, lopend):
    leden(2)
    row = lopend()
    Vergadering.objects.filter(pk=row.pk).update(begint_op=F("begint_op") - timedelta(days=2))
    page = als(coordinator).get(f"/k/{row.kring.slug}/reglement/").content.decode()
    assert "Leid de vergadering" not in page
    assert f"Sluit de vergadering: {row.titel}" in page
    assert url("leiden", vergadering=row.pk) in page
