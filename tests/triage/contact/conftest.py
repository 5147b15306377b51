"""Two dentists on duty who can log in, and a call for which one of them has to be called."""

import pytest
from django.urls import reverse

from tests import factories
from triage import actions
from triage.models import Contactpoging, Oproep


@pytest.fixture
def dienst(kring, tandarts, achterwacht):
    return factories.DienstFactory(kring=kring, dienstdoende=tandarts, achterwacht=achterwacht)


@pytest.fixture
def achterwacht(kring):
    gebruiker = factories.LidmaatschapFactory(kring=kring, rol="tandarts").gebruiker
    return factories.TandartsFactory(kring=kring, gebruiker=gebruiker)


@pytest.fixture
def avulsie(oproep, dienst, by):
    actions.save_antwoorden(
        oproep, antwoorden={"klachten": ["avulsie"]}, omschrijving="", versie=1, by=by
    )
    return Oproep.objects.get(pk=oproep.pk)


@pytest.fixture
def log(avulsie, tandarts, by):
    """Note an attempt at the dienstdoende, or at whom is said."""

    def note(resultaat, *, van=None, rol="dienstdoende", **kwargs):
        return actions.log_contactpoging(
            avulsie, tandarts=van or tandarts, rol=rol, resultaat=resultaat, by=by, **kwargs
        )

    return note


@pytest.fixture
def bericht(avulsie, tandarts, by):
    return actions.send_bericht(avulsie, tandarts=tandarts, rol="dienstdoende", by=by)


@pytest.fixture
def by_dentist(tandarts_gebruiker, actor):
    return actor(tandarts_gebruiker)


@pytest.fixture
def page(kring):
    def build(bericht, step="bericht", slug=None):
        return reverse(
            f"triage:{step}", kwargs={"kring": slug or kring.slug, "bericht": bericht.pk}
        )

    return build


@pytest.fixture
def ledger(avulsie):
    """Return what stands in the ledger, mistakes left out."""

    def read():
        rows = Contactpoging.objects.filter(oproep=avulsie).standing()
        return list(rows.values_list("rol", "resultaat"))

    return read
