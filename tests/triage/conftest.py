"""What the tests of the call screen share."""

import pytest
from django.urls import reverse

from tests import factories
from triage import actions


@pytest.fixture
def by(triagist, actor):
    return actor(triagist)


@pytest.fixture
def client(als, triagist):
    return als(triagist)


@pytest.fixture
def oproep(kring, by):
    return actions.start_oproep(kring_id=kring.pk, by=by)


@pytest.fixture
def gesproken(oproep, tandarts, by):
    actions.save_antwoorden(
        oproep, antwoorden={"klachten": ["avulsie"]}, omschrijving="", versie=1, by=by
    )
    actions.log_contactpoging(
        oproep, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
    )
    return oproep


@pytest.fixture
def zonder_voorraad(monkeypatch):
    """Every board is made anew."""
    monkeypatch.setattr("triage.bord.voorraad._ask", lambda *args, **kwargs: None)


@pytest.fixture
def dienst(kring):
    return factories.DienstFactory(kring=kring)


@pytest.fixture
def url(kring):
    """Return the address of a page of the kring's triage."""

    def build(naam, oproep=None, slug=None):
        kwargs = {"kring": slug or kring.slug}
        if oproep is not None:
            kwargs["pk"] = oproep.pk
        return reverse(f"triage:{naam}", kwargs=kwargs)

    return build
