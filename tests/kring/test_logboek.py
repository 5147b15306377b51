"""The access log on screen: for the fg only, and looking is logged."""

import uuid
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern import logboek
from kern.actor import Actor
from kern.bewijs import SECOND_FACTOR
from kern.models import Logregel
from kern.tijd import AMSTERDAM

pytestmark = [pytest.mark.django_db, pytest.mark.eigen_logregels]


def lines(kring, number=1, **kwargs):
    by = Actor(naam="Iemand", kring_id=kring.pk, doel="beheer")
    return [logboek.record("proef.regel", "R", by=by, **kwargs) for _ in range(number)]


def shown(response):
    return [
        line.pk for line, _words in response.context["regels"] if line.gebeurtenis == "proef.regel"
    ]


@pytest.fixture
def read(kring, als, fg):
    client = als(fg)
    return lambda **query: client.get(f"/k/{kring.slug}/logboek/", query)


@pytest.mark.parametrize(
    "wie", ["triagist", "tandarts_gebruiker", "coordinator", "vertegenwoordiger", "beheerder"]
)
def test_only_the_fg_reads_the_log(kring, als, request, wie):
    response = als(request.getfixturevalue(wie)).get(f"/k/{kring.slug}/logboek/")
    assert response.status_code == 403
    assert Logregel.objects.filter(gebeurtenis="toegang.geweigerd", uitkomst="geweigerd").exists()


@pytest.mark.parametrize("wie", ["vreemde", "uitgenodigde", "beeindigde"])
def test_outsiders_do_not(kring, als, request, wie):
    gebruiker = request.getfixturevalue(wie)
    assert als(gebruiker).get(f"/k/{kring.slug}/logboek/").status_code == 404


def test_only_the_lines_of_this_kring(kring, andere_kring, read):
    own = lines(kring, 2)
    lines(andere_kring, 2)
    assert shown(read()) == [line.pk for line in reversed(own)]


def test_reading_the_log_is_a_line_of_the_log(kring, read, fg):
    patient = uuid.uuid4()
    read()
    read(patient=str(patient))
    found = Logregel.objects.filter(gebeurtenis="logboek.geraadpleegd").order_by("pk")
    assert list(found.values_list("gebruiker_id", "doel", "patient_id")) == [
        (fg.pk, "controle", None),
        (fg.pk, "controle", patient),
    ]


def test_filter_by_patient(kring, read):
    patient = uuid.uuid4()
    mine = lines(kring, patient_id=patient)
    lines(kring, patient_id=uuid.uuid4())
    assert shown(read(patient=str(patient))) == [mine[0].pk]


def test_filter_by_amsterdam_day(kring, read):
    """Half past midnight in Amsterdam is still yesterday in UTC."""
    moments = [
        datetime(2026, 10, 24, 23, 59, tzinfo=AMSTERDAM),
        datetime(2026, 10, 25, 0, 30, tzinfo=AMSTERDAM),
        datetime(2026, 10, 25, 23, 59, tzinfo=AMSTERDAM),
        datetime(2026, 10, 26, 0, 0, tzinfo=AMSTERDAM),
    ]
    rows = Logregel.objects.bulk_create(
        Logregel(
            kring=kring,
            gebeurtenis="proef.regel",
            actie="R",
            uitkomst="geslaagd",
            gebruiker_naam="x",
            doel="x",
            toegangspunt="x",
            tijdstip=moment,
        )
        for moment in moments
    )
    assert shown(read(datum="2026-10-25")) == [rows[2].pk, rows[1].pk]
    assert shown(read(datum="25-10-2026")) == [rows[2].pk, rows[1].pk]


def test_older_lines_follow_without_gaps_or_doubles(kring, read):
    made = [line.pk for line in lines(kring, 120)]
    seen = []
    query = {}
    while True:
        response = read(**query)
        seen += shown(response)
        if not response.context["ouder"]:
            break
        query = dict(pair.split("=") for pair in response.context["ouder"].split("&"))
    assert seen == sorted(made, reverse=True)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"datum": "gisteren"}, "geldige datum"),
        ({"datum": "0001-01-01"}, "vanaf het jaar 2000"),
        ({"datum": "9999-12-31"}, "vanaf het jaar 2000"),
        ({"patient": "jansen"}, "geen patiëntnummer"),
        ({"patient": "9" * 70000}, "geen patiëntnummer"),
        ({"datum": "2026-10-25", "tot": "2026-10-24"}, "vóór de begindatum"),
        ({"tot": "9999-12-31"}, "vanaf het jaar 2000"),
        ({"persoon": "jansen"}, "Kies uit de lijst"),
        ({"persoon": "999999999999999999999999"}, "Kies uit de lijst"),
        ({"gebeurtenis": "verzonnen"}, "Kies uit de lijst"),
    ],
)
def test_an_odd_filter_is_told(read, query, sentence):
    response = read(**query)
    assert response.status_code == 422
    assert sentence in response.content.decode()


@pytest.mark.parametrize("voor", ["0", "x", "9" * 30])
def test_an_odd_page_is_refused_without_a_crash(read, voor):
    assert read(voor=voor).status_code == 422


def test_the_page_costs_the_same_for_one_and_fifty_lines(kring, read):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            read()
        return len(captured)

    lines(kring)
    one = queries()
    lines(kring, 49)
    assert queries() == one


def test_filter_by_period_person_and_event(kring, als, triagist, read):
    als(triagist).get(f"/k/{kring.slug}/triage/")
    als(triagist).get(f"/k/{kring.slug}/logboek/")  # refused, a line
    refused = Logregel.objects.get(gebeurtenis="toegang.geweigerd")
    lines(kring)

    def rows(**query):
        return {line.pk for line, _words in read(**query).context["regels"]}

    assert refused.pk in rows(persoon=triagist.pk)
    assert rows(gebeurtenis="toegang.geweigerd") == {refused.pk}
    assert rows(gebeurtenis="toegang.geweigerd", tot="2020-01-01") == set()
    assert rows(gebeurtenis="toegang.geweigerd", datum="2020-01-01", tot="2100-01-01") == {
        refused.pk
    }
    assert all(
        line.gebruiker_id == triagist.pk for line, _w in read(persoon=triagist.pk).context["regels"]
    )


def test_a_person_of_another_kring_is_no_choice(kring, vreemde, read):
    assert read(persoon=vreemde.pk).status_code == 422


def test_an_unknown_parameter_is_ignored(kring, read):
    lines(kring)
    assert read(kring_id="2", gebruiker_naam="x", order_by="hash").status_code == 200


def test_the_file_holds_the_chosen_lines_and_is_logged(kring, als, fg):
    patient = uuid.uuid4()
    lines(kring, 2, patient_id=patient)
    lines(kring)
    response = als(fg).get(f"/k/{kring.slug}/logboek/bestand/", {"patient": patient})
    rows = response.content.decode().splitlines()
    assert response["Content-Type"].startswith("text/csv")
    assert len(rows) == 3
    assert all(str(patient) in row for row in rows[1:])
    line = Logregel.objects.get(gebeurtenis="logboek.csv")
    assert (line.actie, line.patient_id, line.gebruiker_id) == ("E", patient, fg.pk)


def test_the_file_asks_a_fresh_second_factor(kring, als, fg):
    client = als(fg)
    session = client.session
    session[SECOND_FACTOR] -= 3600
    session.save()
    response = client.get(f"/k/{kring.slug}/logboek/bestand/")
    assert response.status_code == 302
    assert not Logregel.objects.filter(gebeurtenis="logboek.csv").exists()


def test_a_file_that_is_too_large_is_refused(kring, als, fg, monkeypatch):
    monkeypatch.setattr("kring.views.logboek.MAX_CSV", 1)
    lines(kring, 2)
    response = als(fg).get(f"/k/{kring.slug}/logboek/bestand/")
    assert response.status_code == 422
    assert "Kies minder dagen" in response.content.decode()
