"""The cast and the real parts that every test may use.

Alone among the tests this file opens both kringen at once, so that a test can place data that
could leak; a request through `als(...)` gets its own, narrow context from the middleware.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from hypothesis import settings as hypothesis_settings

from kern import logboek
from kern.actor import Actor
from kern.bewijs import prove
from kern.tenancy import _read_settings, _write_settings, set_context
from tests import databank, factories, logschema

CLONE = f"spoed_test_{os.getpid()}"

# Time is measured in bench/; on a full machine one example of many may stand still for a while.
hypothesis_settings.register_profile("huis", deadline=None)
hypothesis_settings.load_profile("huis")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with what takes minutes, so that no worker waits for another; the rest stays random.

    What needs the machine for itself comes last: nobody waits long for the others to end.
    """
    items.sort(key=_turn)


def _turn(item) -> int:
    return bool(item.get_closest_marker("alleen")) - bool(item.get_closest_marker("eerst"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Let no other worker run beside a test that is marked `alleen`.

    Its bounds are promises (recovered within 20 s) on a machine that has the house to itself; a
    worker that counts at full speed beside it takes that machine away.
    """
    with (Path(os.environ["SPOED_MAP"]) / "beurt").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX if item.get_closest_marker("alleen") else fcntl.LOCK_SH)
        return (yield)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Give this run its own clone of the migrated template."""
    with django_db_blocker.unblock():
        databank.clone(CLONE)
        connection.close()
        connection.settings_dict["NAME"] = CLONE
    yield
    with django_db_blocker.unblock():
        connection.close()
        databank.drop(CLONE)


@pytest.fixture
def echte_db(django_db_setup, django_db_blocker):
    """A database with real commits, for threads and processes; a new clone afterwards."""
    with django_db_blocker.unblock():
        yield databank.database_url(CLONE)
        connection.close()
        databank.clone(CLONE)


@pytest.fixture(autouse=True)
def log_schema(request, monkeypatch):
    """Hold every line that the product makes in this test to the schema of the log (S13)."""
    if request.node.get_closest_marker("eigen_logregels"):
        yield
        return
    problems: list[str] = []
    build = logboek._line

    def checked(*args, **kwargs):
        line = build(*args, **kwargs)
        problems.extend(logschema.problems(line))
        return line

    monkeypatch.setattr(logboek, "_line", checked)
    yield
    assert not problems, problems[:5]


class KringClient(Client):
    """Restores the context of the test body: here a request is a part of its transaction."""

    def request(self, **request):
        before = _read_settings() if connection.in_atomic_block else None
        try:
            return super().request(**request)
        finally:
            with suppress(Exception):
                if before is not None:
                    _write_settings(before)


@pytest.fixture
def _kringen(db):
    own = factories.KringFactory(slug="vecht", naam="Kring Vecht")
    other = factories.KringFactory(slug="maas", naam="Kring Maas")
    set_context([own.pk, other.pk])
    return own, other


@pytest.fixture
def kring(_kringen):
    return _kringen[0]


@pytest.fixture
def andere_kring(_kringen):
    return _kringen[1]


@pytest.fixture
def deelnemer(kring):
    return factories.DeelnemerFactory(kring=kring, naam="Praktijk De Brug")


def _member(kring, rol, **kwargs):
    return factories.LidmaatschapFactory(kring=kring, rol=rol, **kwargs).gebruiker


@pytest.fixture
def triagist(kring):
    return _member(kring, "triagemedewerker")


@pytest.fixture
def tandarts_gebruiker(kring):
    return _member(kring, "tandarts")


@pytest.fixture
def tandarts(kring, deelnemer, tandarts_gebruiker):
    return factories.TandartsFactory(kring=kring, deelnemer=deelnemer, gebruiker=tandarts_gebruiker)


@pytest.fixture
def coordinator(kring):
    return _member(kring, "coordinator")


@pytest.fixture
def vertegenwoordiger(kring, deelnemer):
    return _member(kring, "vertegenwoordiger", deelnemer=deelnemer)


@pytest.fixture
def beheerder(kring):
    return _member(kring, "beheerder")


@pytest.fixture
def fg(kring):
    return _member(kring, "fg")


@pytest.fixture
def uitgenodigde(kring):
    return _member(kring, "triagemedewerker", status="uitgenodigd")


@pytest.fixture
def beeindigde(kring):
    return _member(kring, "triagemedewerker", status="beeindigd")


@pytest.fixture
def vreemde(andere_kring):
    """Someone with every role, in the other kring only."""
    gebruiker = factories.GebruikerFactory(naam="Vreemde")
    praktijk = factories.DeelnemerFactory(kring=andere_kring)
    for rol in ("triagemedewerker", "tandarts", "coordinator", "beheerder", "fg"):
        factories.LidmaatschapFactory(kring=andere_kring, gebruiker=gebruiker, rol=rol)
    factories.LidmaatschapFactory(
        kring=andere_kring, gebruiker=gebruiker, rol="vertegenwoordiger", deelnemer=praktijk
    )
    factories.TandartsFactory(kring=andere_kring, deelnemer=praktijk, gebruiker=gebruiker)
    return gebruiker


@pytest.fixture
def als():
    """Return a client that is logged in as this person, with a fresh second factor."""

    def log_in(gebruiker=None, *, tweede_factor=True):
        client = KringClient()
        if gebruiker is not None:
            client.force_login(gebruiker)
            session = client.session
            if tweede_factor:
                prove(session)
            session.save()
        return client

    return log_in


@pytest.fixture
def actor():
    """Return the actor of a person in the kring of their first membership."""

    def build(gebruiker):
        rows = list(gebruiker.lidmaatschappen.active())
        return Actor(
            naam=gebruiker.naam,
            gebruiker_id=gebruiker.pk,
            kring_id=rows[0].kring_id,
            rollen=frozenset(row.rol for row in rows),
            doel="zorgverlening",
            toegangspunt="127.0.0.1",
        )

    return build
