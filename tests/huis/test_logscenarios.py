"""Each thing that a person does leaves exactly its lines in the log, and no route is forgotten."""

import copy

import pytest
from django.urls import reverse

from kern import toegang
from kern.models import Logregel
from tests.huis.logscenarios import SCENARIOS
from tests.huis.objecten import objects_of, route_kwargs

pytestmark = pytest.mark.django_db


@pytest.fixture
def objecten(kring, tandarts):
    return objects_of(kring, tandarts)


def written_since(last: int) -> list[Logregel]:
    return list(Logregel.objects.filter(pk__gt=last).order_by("volgnummer"))


def last_line() -> int:
    return Logregel.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_exactly_the_lines(scenario, objecten, als, request, kring):
    persons = {"tandarts": "tandarts_gebruiker"}
    client = (
        als()
        if scenario.wie == "niemand"
        else als(request.getfixturevalue(persons.get(scenario.wie, scenario.wie)))
    )
    if scenario.vooraf:
        scenario.vooraf(objecten)
    data = scenario.data(objecten) if callable(scenario.data) else copy.deepcopy(scenario.data)
    url = reverse(scenario.route, kwargs=route_kwargs(scenario.route, objecten))
    before = last_line()
    response = getattr(client, scenario.methode.lower())(url, data)
    lines = written_since(before)
    found = [(r.gebeurtenis, r.actie, r.uitkomst, r.patient_id is not None) for r in lines]
    assert found == scenario.regels, (response.status_code, str(response.content)[:500])
    assert {r.kring_id for r in lines} <= {kring.pk}
    assert {r.verzoek.split()[1] for r in lines} <= {scenario.route}
    assert bool(lines) != bool(scenario.waarom)


def test_every_route_for_care_is_in_the_table():
    """A route that shows patients and has no row here: nobody decided what it has to log."""
    care = {
        (row.route, method)
        for row in toegang.table()
        for method, mag in row.methoden.items()
        if mag.doel == toegang.Doel.ZORG
    }
    missing = care - {(scenario.route, scenario.methode) for scenario in SCENARIOS}
    assert not missing, sorted(missing)


def test_every_kind_of_event_is_in_the_table():
    """The kinds of NEN 7513, chapter 6; login has its tests in test_aanmelden."""
    assert {scenario.soort for scenario in SCENARIOS} >= {
        "aanmaken",
        "raadplegen",
        "wijzigen",
        "verwijderen",
        "lijst",
        "afdrukken",
        "overdragen",
        "exporteren",
        "zoeken",
        "inzage van het logboek",
        "wijziging van rechten",
        "mislukte poging",
    }
