"""Holes planted in the house itself: a list without a filter, a log that takes no lines."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import path
from django.urls.resolvers import get_resolver

from kern import toegang
from kern.tenancy import kring_context
from kern.toegang import Rol, regel
from tests import databank, factories
from triage.models import Patient
from verslag.models import Verslag


def leaky(request):
    """A view as it must never be written: it asks for every patient there is."""
    return HttpResponse("\n".join(patient.naam for patient in Patient.objects.all()))


@pytest.fixture
def lek(monkeypatch):
    """Open a door to the leaky view."""
    row = regel("lek", Rol.TANDARTS)
    find = toegang.find
    resolver = get_resolver()
    planted = [*resolver.url_patterns, path("k/<slug:kring>/lek/", leaky, name="lek")]
    monkeypatch.setitem(resolver.__dict__, "url_patterns", planted)
    monkeypatch.setattr(toegang, "find", lambda name: row if name == "lek" else find(name))


@pytest.fixture
def twee_kringen(echte_db):
    """Return a dentist of the first of two kringen; both hold a report about a patient."""
    found = SimpleNamespace()
    for slug, naam in (("vecht", "Kanarie Eigen"), ("maas", "Kanarie Vreemd")):
        kring = factories.KringFactory(slug=slug)
        with kring_context(kring.pk):
            lid = factories.LidmaatschapFactory(kring=kring, rol="tandarts")
            tandarts = factories.TandartsFactory(kring=kring, gebruiker=lid.gebruiker)
            patient = factories.PatientFactory(kring=kring, naam=naam)
            dienst = factories.DienstFactory(kring=kring, dienstdoende=tandarts)
            oproep = factories.OproepFactory(
                kring=kring, patient=patient, behandelaar=tandarts, dienst=dienst
            )
            verslag = factories.VerslagFactory(kring=kring, oproep=oproep, auteur=tandarts)
        if slug == "vecht":
            found.kring, found.gebruiker, found.verslag = kring, lid.gebruiker, verslag
    return found


def test_a_list_without_a_filter_shows_the_own_kring_only(als, lek, twee_kringen):
    client = als(twee_kringen.gebruiker)
    assert client.get("/k/vecht/lek/").content.decode() == "Kanarie Eigen"
    # The proof that the view leaks by itself: without the policy it shows both.
    with databank.superuser_of(connection.settings_dict["NAME"]) as owner:
        owner.execute("ALTER TABLE triage_patient DISABLE ROW LEVEL SECURITY")
    assert "Kanarie Vreemd" in client.get("/k/vecht/lek/").content.decode()


PAGES = ["verslagen/{verslag}/bewerken/", "dossiers/", "mijn/", "triage/"]


@pytest.mark.parametrize("page", PAGES)
def test_no_line_of_the_log_no_data(als, twee_kringen, page):
    """S17: a page whose line cannot be written is not shown."""
    client = als(twee_kringen.gebruiker)
    url = f"/k/vecht/{page.format(verslag=twee_kringen.verslag.pk)}"
    assert "Kanarie Eigen" in client.get(url).content.decode()
    with databank.superuser_of(connection.settings_dict["NAME"]) as owner:
        owner.execute("REVOKE INSERT ON kern_logregel FROM spoed_web")
    client.raise_request_exception = False
    response = client.get(url)
    assert response.status_code == 500
    assert "Kanarie" not in response.content.decode()


def test_no_line_of_the_log_no_change(als, twee_kringen):
    """S17: an action whose line cannot be written did not happen."""
    client = als(twee_kringen.gebruiker)
    client.raise_request_exception = False
    with databank.superuser_of(connection.settings_dict["NAME"]) as owner:
        owner.execute("REVOKE INSERT ON kern_logregel FROM spoed_web")
    url = f"/k/vecht/verslagen/{twee_kringen.verslag.pk}/tekenen/"
    assert client.post(url, {"versie": twee_kringen.verslag.versie}).status_code == 500
    with kring_context(twee_kringen.kring.pk):
        assert not Verslag.objects.get().versies.exists()
