"""Reading changes nothing, and nothing changes without the token of our own page (S28)."""

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from kern import toegang
from kring.models import Sessie
from tests import factories
from tests.conftest import KringClient
from tests.huis.objecten import declared_routes, objects_of, route_kwargs

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
OWN_BOOKKEEPING = {
    "kern_logregel",  # a line for what was read
    "kern_logkop",
    Sessie._meta.db_table,
    Session._meta.db_table,
    *(cache["LOCATION"] for cache in settings.CACHES.values()),
}
SHOWN_ONCE = {"mfa_view_recovery_codes": {"mfa_authenticator"}}
"""The codes are shown a single time: that they were shown is kept with them."""


@pytest.fixture
def iedereen(kring):
    """One person with every role in the kring, who is the dentist of the objects too."""
    gebruiker = factories.GebruikerFactory(naam="Iedereen")
    for rol in ("triagemedewerker", "tandarts", "coordinator", "beheerder", "fg"):
        factories.LidmaatschapFactory(kring=kring, gebruiker=gebruiker, rol=rol)
    return factories.TandartsFactory(kring=kring, gebruiker=gebruiker)


def _doors(kring, tandarts):
    objects = objects_of(kring, tandarts)
    for route in declared_routes():
        yield (
            route,
            toegang.find(route).methoden,
            reverse(route, kwargs=route_kwargs(route, objects)),
        )


def _content() -> dict[str, tuple]:
    """Return the number of rows and a hash of them, of each table that a reader may not touch."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - OWN_BOOKKEEPING
        found = {}
        for table in sorted(tables):
            cursor.execute(
                f"SELECT count(*), sum(hashtextextended(rij::text, 0)) FROM {table} AS rij"  # noqa: S608
            )
            found[table] = cursor.fetchone()
    return found


@pytest.mark.traag
def test_reading_changes_nothing(als, kring, iedereen):
    client = als(iedereen.gebruiker)
    changed, opened = {}, 0
    for route, methoden, url in list(_doors(kring, iedereen)):
        if "GET" not in methoden:
            continue
        before = _content()
        for method in (client.get, client.head):
            opened += method(url).status_code == 200
        after = _content()
        tables = {table for table in after if after[table] != before[table]}
        if tables:
            changed[route] = tables
    assert opened > 60, "most doors really were opened"
    assert {r: t for r, t in changed.items() if t != SHOWN_ONCE.get(r)} == {}


@pytest.mark.traag
def test_without_the_token_nothing_unsafe_is_done(kring, iedereen, als):
    known = als(iedereen.gebruiker)
    client = KringClient(enforce_csrf_checks=True)
    client.cookies = known.cookies
    body = urlencode({"naam": "Kwaad", "email": "kwaad@voorbeeld.example", "besluit": "wissen"})
    for route, methoden, url in list(_doors(kring, iedereen)):
        before = _content()
        for method in UNSAFE:
            response = client.generic(
                method, url, body, content_type="application/x-www-form-urlencoded"
            )
            expected = {403} if method in methoden else {403, 404, 405}
            assert response.status_code in expected, (route, method)
        assert _content() == before, route
