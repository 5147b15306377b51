"""Open, save, sign, correct; each with its log lines, and all of it or nothing."""

import pytest

from tests.factories import OproepFactory
from verslag import actions
from verslag.models import Overdracht

TEKST = {
    "gezien": True,
    "spoedklacht": "Voortand uit de mond na een val.",
    "bevindingen": "Element 11 geavulseerd.",
    "diagnose": "Avulsie 11.",
    "behandeling": "Teruggeplaatst en gespalkt.",
}


@pytest.fixture
def oproep(kring, tandarts):
    return OproepFactory(kring=kring, behandelaar=tandarts, omschrijving="Val op de stoep.")


@pytest.fixture
def by(actor, tandarts_gebruiker, tandarts):
    return actor(tandarts_gebruiker)


@pytest.fixture
def verslag(oproep, by):
    verslag = actions.open_verslag(oproep, by=by)
    return actions.save_verslag(verslag, gegevens=TEKST, versie=verslag.versie, by=by)


def test_sign(verslag, by):
    versie = actions.sign_verslag(verslag, by=by)
    assert versie.nummer == 1
    assert Overdracht.objects.count() == 1
