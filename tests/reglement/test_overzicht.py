"""The first page of the app: what waits for whom, in a fixed number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.tijd import db_now, to_local
from reglement import overzicht
from reglement.overzicht import Regel
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def adres(kring):
    return f"/k/{kring.slug}/reglement/"


@pytest.fixture
def bron(monkeypatch):
    """Put one source of lines in the place of the real ones."""

    def only(*regels):
        monkeypatch.setattr(overzicht, "_BRONNEN", [lambda request, dag: regels])

    return only


def test_what_cannot_wait_stands_first_and_what_waits_for_others_apart(
    als, coordinator, adres, bron
):
    today = to_local(db_now()).date()
    bron(
        Regel("Keur de notulen goed", "/c/"),
        Regel("Vul het wiel aan", "/b/", uiterlijk=today - timedelta(days=1)),
        Regel("Wacht op de anderen", "/d/", volgt=True),
        Regel("Stem nu", "/a/", nu=True),
    )
    page = als(coordinator).get(adres).content.decode()
    order = [page.index(text) for text in ("Stem nu", "Vul het wiel", "Keur de", "Hier wacht je")]
    assert order == sorted(order)
    assert page.index("Hier wacht je op") < page.index("Wacht op de anderen")
    assert page.count("te laat") == 1


def test_nothing_to_do_says_so(als, vertegenwoordiger, adres, bron):
    bron()
    assert "Je hoeft nu niets te doen" in als(vertegenwoordiger).get(adres).content.decode()


@pytest.mark.parametrize("rol", ["triagemedewerker", "fg"])
def test_who_takes_no_part_in_the_kring_does_not_come_in(kring, als, adres, rol):
    gebruiker = factories.LidmaatschapFactory(kring=kring, rol=rol).gebruiker
    response = als(gebruiker).get(adres)
    assert response.status_code == 403
    assert "Vergaderen" not in als(gebruiker).get(f"/k/{kring.slug}/rooster/").content.decode()


def test_another_kring_is_not_there(als, vreemde, adres):
    assert als(vreemde).get(adres).status_code == 404


def test_it_names_the_next_meeting_the_rules_and_who_has_no_voice(als, coordinator, kring, adres):
    factories.DeelnemerFactory(kring=kring, naam="Praktijk Zonder Stem")
    factories.ReglementversieFactory(kring=kring, nummer=4)
    nu = db_now()
    for days, titel in ((-3, "Vorige"), (20, "Verre"), (5, "Eerste")):
        moment = nu + timedelta(days=days)
        factories.VergaderingFactory(kring=kring, titel=titel, begint_op=moment)
    page = als(coordinator).get(adres).content.decode()
    assert "Eerste," in page
    assert "Verre," not in page
    assert "Vorige," not in page
    assert "Versie 4" in page
    assert "Praktijk Zonder Stem" in page


def test_the_number_of_queries_does_not_grow_with_the_kring(als, coordinator, kring, adres):
    client = als(coordinator)

    def fill(times):
        for _n in range(times):
            row = factories.DeelnemerFactory(kring=kring)
            factories.LidmaatschapFactory(kring=kring, rol="vertegenwoordiger", deelnemer=row)
            factories.VergaderingFactory(kring=kring, begint_op=db_now() + timedelta(days=9))

    fill(1)
    client.get(adres)
    with CaptureQueriesContext(connection) as few:
        client.get(adres)
    fill(29)
    with CaptureQueriesContext(connection) as many:
        client.get(adres)
    assert len(many) == len(few)
