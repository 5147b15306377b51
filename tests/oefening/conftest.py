"""What the tests of the training share."""

import pytest
from django.urls import reverse

from oefening import actions, casussen


@pytest.fixture
def by(triagist, actor):
    return actor(triagist)


@pytest.fixture
def client(als, triagist):
    return als(triagist)


@pytest.fixture
def casus():
    """Return a case by its title's beginning: the tables may be renumbered."""

    def find(title):
        return next(case for case in casussen.cases() if case.titel.startswith(title))

    return find


@pytest.fixture
def begin(kring, by, casus):
    """Begin with the case of this title."""

    def start(title, *, als_wie=None):
        return actions.start_casus(casus(title), kring_id=kring.pk, by=als_wie or by)

    return start


@pytest.fixture
def url(kring):
    def build(naam, poging=None, slug=None):
        kwargs = {"kring": slug or kring.slug}
        if poging is not None:
            kwargs["pk"] = poging.pk
        return reverse(f"oefening:{naam}", kwargs=kwargs)

    return build
