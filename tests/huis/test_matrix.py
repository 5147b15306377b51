"""Every route × method × person × kring, against a golden file that a person has read.

`SPOED_MATRIX_SCHRIJF=1 ./spoed test tests/huis/test_matrix.py` writes the file anew; read its diff.
Marks: ja (handled), nee (403), weg (404), aanmelden (redirect to the login or the enrolment).
"""

import copy
import os
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

from kern import toegang
from tests import factories
from tests.huis.objecten import objects_of, route_kwargs

GOLDEN = Path(__file__).with_name("matrix.txt")
PERSONS = (
    "triagist",
    "tandarts_gebruiker",
    "coordinator",
    "vertegenwoordiger",
    "beheerder",
    "fg",
    "zonder_factor",
    "vreemde",
    "uitgenodigde",
    "beeindigde",
    "niemand",
)


@pytest.fixture
def clients(request, als, triagist):
    found = {
        name: als(request.getfixturevalue(name))
        for name in PERSONS
        if name not in ("zonder_factor", "niemand")
    }
    found["zonder_factor"] = als(triagist, tweede_factor=False)
    found["niemand"] = als()
    return found


def _outcome(response) -> str:
    if response.status_code in (403, 404):
        return {403: "nee", 404: "weg"}[response.status_code]
    if response.status_code == 302 and response.headers["Location"].startswith("/aanmelden/"):
        return "aanmelden"
    assert response.status_code < 500, response
    return "ja"


def _ask(client, method: str, url: str) -> str:
    """Ask inside a savepoint that is undone, so that no cell sees the effect of another."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        outcome = _outcome(client.generic(method, url))
        transaction.set_rollback(True)
    client.cookies = cookies  # the logout takes them away
    return outcome


def _cells(clients, own, other):
    """Yield (route, method, whose object, person, outcome)."""
    for row in toegang.table():
        if row.prefix or row.route.startswith("demo:"):
            continue
        for whose, objects in (("eigen", own), ("ander", other)):
            kwargs = route_kwargs(row.route, objects)
            if whose == "ander" and set(kwargs) <= {"kring"}:
                continue
            # The other kring's object below the own kring's address: the sharpest question.
            url = reverse(
                row.route, kwargs=kwargs | ({"kring": "vecht"} if "kring" in kwargs else {})
            )
            for method in row.methoden:
                for name, client in clients.items():
                    yield row.route, method, whose, name, _ask(client, method, url)


@pytest.fixture
def cells(clients, kring, andere_kring, tandarts):
    own = objects_of(kring, tandarts)
    other = objects_of(andere_kring, factories.TandartsFactory(kring=andere_kring))
    return list(_cells(clients, own, other))


ROLE_OF = {
    "triagist": "triagemedewerker",
    "tandarts_gebruiker": "tandarts",
    "coordinator": "coordinator",
    "vertegenwoordiger": "vertegenwoordiger",
    "beheerder": "beheerder",
    "fg": "fg",
}


def _expected(route: str, whose: str, name: str, mag) -> set[str]:
    """Return what the table itself allows, independent of the golden file."""
    if mag.openbaar:
        return {"ja", "weg", "aanmelden"}
    if name == "niemand":
        return {"aanmelden"}
    if name not in ROLE_OF or not mag.rollen:
        in_kring = ":" in route and not route.startswith("admin")
        stranger = name in ("vreemde", "uitgenodigde", "beeindigde") and in_kring
        return {"weg"} if stranger else {"ja", "nee", "weg", "aanmelden"}
    if ROLE_OF[name] not in mag.rollen:
        return {"nee"}
    return {"weg"} if whose == "ander" else {"ja"}


@pytest.mark.traag
def test_matrix_equals_the_golden_file_and_the_table(cells):
    lines: dict[str, list[str]] = {}
    for route, method, whose, name, outcome in cells:
        lines.setdefault(f"{route} {method} {whose}", []).append(f"{name}={outcome}")
        allowed = _expected(route, whose, name, toegang.find(route).methoden[method])
        assert outcome in allowed, (route, method, whose, name)
    found = "".join(f"{key}: {' '.join(marks)}\n" for key, marks in sorted(lines.items()))
    if os.environ.get("SPOED_MATRIX_SCHRIJF"):
        GOLDEN.write_text(found)
    assert found.splitlines() == GOLDEN.read_text().splitlines()
