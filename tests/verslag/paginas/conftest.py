"""The treating dentist, logged in."""

import pytest


@pytest.fixture
def client(als, tandarts, tandarts_gebruiker):
    return als(tandarts_gebruiker)
