"""A version in every stage of its life, each made through the actions."""

import pytest

from tests import factories
from triage.actions import versies


@pytest.fixture
def maker(actor, coordinator):
    return actor(coordinator)


@pytest.fixture
def keurder(actor, tandarts_gebruiker):
    return actor(tandarts_gebruiker)


@pytest.fixture
def wijzig(maker):
    """Change settings of a concept, the others stay."""

    def change(versie, *, lokale_regels=(), toelichting="Afgesproken in het overleg.", **changes):
        return versies.save_concept(
            versie,
            instellingen={**versie.instellingen, **changes},
            lokale_regels=lokale_regels,
            toelichting=toelichting,
            by=maker,
        )

    return change


@pytest.fixture
def maak(kring, maker, keurder, wijzig):
    """Make a version with these settings and bring it to a stage of its life."""

    def make(stage="concept", **changes):
        versie = wijzig(versies.make_concept(kring_id=kring.pk, by=maker), **changes)
        if stage == "concept":
            return versie
        versies.offer_concept(versie, by=maker)
        if stage == "aangeboden":
            return versie
        versies.approve(versie, by=keurder)
        if stage == "goedgekeurd":
            return versie
        return versies.put_in_force(versie, by=maker)

    return make


@pytest.fixture
def concept(maak):
    return maak()


@pytest.fixture
def vreemde_versie(andere_kring):
    return factories.ProtocolversieFactory(kring=andere_kring)
