"""The first page shows what this person may do, and nothing else."""

import pytest

from kring import startpagina

pytestmark = pytest.mark.django_db

READ = {"rooster:overzicht"}
OWN = {"rooster:wensen", "rooster:ruilen"}
EXPECTED = {
    "triagist": READ | {"kring:eigen_tandartsen"},
    "tandarts_gebruiker": READ | OWN | {"kring:eigen_tandartsen"},
    "coordinator": READ
    | OWN
    | {"rooster:dienst_nieuw"}
    | {"kring:eigen_tandartsen", "kring:deelnemers", "kring:gebruikers"},
    "vertegenwoordiger": READ | OWN,
    "beheerder": READ
    | {"kring:eigen_tandartsen", "kring:deelnemers", "kring:gebruikers", "kring:toestand"},
    "fg": READ | {"kring:logboek"},
}


@pytest.mark.parametrize("wie", list(EXPECTED))
def test_tasks_follow_from_the_access_table(kring, als, request, wie):
    response = als(request.getfixturevalue(wie)).get(f"/k/{kring.slug}/")
    own = {taak.route for taak, _url in response.context["taken"]}
    assert {route for route in own if route.startswith(("kring:", "rooster:"))} == EXPECTED[wie]
    client = als(request.getfixturevalue(wie))
    assert {client.get(url).status_code for _taak, url in response.context["taken"]} == {200}


def test_a_block_without_use_is_left_out(rf, monkeypatch):
    monkeypatch.setattr(startpagina, "_BLOKKEN", [])
    startpagina.register("kring/_tabs.html", lambda request: None, volgorde=1)
    assert startpagina.blocks(rf.get("/")) == []
