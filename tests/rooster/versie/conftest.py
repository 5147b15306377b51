"""A draft of three nights, its proposal, and a proposal that everybody agreed with."""

from datetime import date

import pytest

from rooster.actions import versie as actions
from rooster.models import (
    Concept,
    Conceptdienst,
    Conceptplaats,
)
from tests.factories import (
    RoosterperiodeFactory,
    TandartsFactory,
)
from tests.rooster.versie.hulp import at


@pytest.fixture
def achter(kring):
    return TandartsFactory(kring=kring, naam="D. Achterberg", deelnemer__naam="Praktijk Zuid")


@pytest.fixture
def periode(kring):
    return RoosterperiodeFactory(kring=kring, status="plannen")


@pytest.fixture
def concept(periode, tandarts, achter):
    """Three nights, with both places held."""
    concept = Concept.objects.create(
        kring=periode.kring, periode=periode, naam="Eerste", gekozen=True
    )
    for n, day in enumerate((4, 6, 8)):
        dienst = Conceptdienst.objects.create(
            kring=periode.kring,
            concept=concept,
            code=f"D{n:04}",
            begin=at(day, 17),
            einde=at(day + 1, 8),
            eerste_dag=date(2027, 1, day),
            laatste_dag=date(2027, 1, day),
            categorie="doordeweeks",
        )
        for rol, who in (("dienstdoende", tandarts), ("achterwacht", achter)):
            Conceptplaats.objects.create(
                kring=periode.kring, dienst=dienst, rol=rol, tandarts=who, deelnemer=who.deelnemer
            )
    return concept


@pytest.fixture
def by(coordinator, actor):
    return actor(coordinator)


@pytest.fixture
def versie(concept, by):
    return actions.propose(concept, by=by)


@pytest.fixture
def agreed(versie, tandarts, achter, by):
    """A proposal that every practice agreed with."""
    for who in (tandarts, achter):
        actions.answer(versie, deelnemer=who.deelnemer, akkoord=True, opmerking="", by=by)
    return versie
