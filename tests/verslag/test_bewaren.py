"""What a save keeps, however it was sent."""

import pytest

from tests.verslag.paginas.hulp import form_data, url
from verslag import actions


@pytest.fixture
def client(als, tandarts, tandarts_gebruiker):
    return als(tandarts_gebruiker)


@pytest.fixture
def edit(kring, verslag):
    return url("bewerk", kring, verslag=verslag.pk)


def test_a_line_ends_the_same_however_it_was_sent(client, verslag, edit, by):
    """A pressed button sends CRLF, autosave LF: the same text, so nothing to save or correct."""
    client.post(edit, form_data(verslag, doel="bewaar", overig="Eerste.\r\nTweede.\rDerde."))
    verslag.refresh_from_db()
    assert verslag.overig == "Eerste.\nTweede.\nDerde."
    signed = verslag.versie
    actions.sign_verslag(verslag, by=by)
    client.post(edit, form_data(verslag, doel="auto", overig="Eerste.\nTweede.\nDerde."))
    client.post(edit, form_data(verslag, doel="bewaar", overig="Eerste.\r\nTweede.\r\nDerde."))
    verslag.refresh_from_db()
    assert verslag.versie == signed
    assert not verslag.is_concept
