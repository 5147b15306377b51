"""A kring that can be planned: four practices with two dentists each, six weeks of duties."""

from datetime import date, time
from types import SimpleNamespace

import pytest

from kern.actor import Actor
from rooster.actions.concept import make_concept
from rooster.concept.uitvoer import duties_of
from rooster.models import Dienstsoort, Inzet, Roosterperiode
from tests import factories

EERSTE, LAATSTE = date(2027, 1, 4), date(2027, 2, 14)


def build(kring, *, praktijken=4, eerste=EERSTE, laatste=LAATSTE) -> SimpleNamespace:
    """Return frame, people and a period of this kring; every hour of the week is a duty."""
    for naam, categorie, dagen, later in (
        ("Dag en nacht", "doordeweeks", [0, 1, 2, 3], 1),
        ("Weekend", "weekend", [4], 3),
    ):
        Dienstsoort.objects.create(
            kring=kring,
            naam=naam,
            categorie=categorie,
            dagen=dagen,
            feestdagen="ook",
            begin=time(8),
            einde=time(8),
            dagen_later=later,
            geldig_vanaf=date(2020, 1, 1),
        )
    periode = Roosterperiode.objects.create(
        kring=kring,
        naam="Winter 2027",
        eerste_dag=eerste,
        laatste_dag=laatste,
        wensen_tot=date(2026, 10, 31),
        akkoord_tot=date(2026, 11, 30),
        status="plannen",
        rustdagen=2,
    )
    tandartsen = []
    for n in range(praktijken):
        praktijk = factories.DeelnemerFactory(kring=kring, naam=f"Praktijk {n + 1}")
        for letter in "AB":
            tandarts = factories.TandartsFactory(
                kring=kring, deelnemer=praktijk, naam=f"Tandarts {n + 1}{letter}"
            )
            Inzet.objects.create(
                kring=kring,
                tandarts=tandarts,
                deelnemer=praktijk,
                fte=1,
                geldig_vanaf=date(2020, 1, 1),
            )
            tandartsen.append(tandarts)
    return SimpleNamespace(kring=kring, periode=periode, tandartsen=tandartsen)


@pytest.fixture
def systeem(kring):
    return Actor.system(kring.pk)


@pytest.fixture
def kader(kring):
    return build(kring)


@pytest.fixture
def concept(kader, systeem):
    return make_concept(
        periode=kader.periode,
        naam="Concept 1",
        diensten=duties_of(kader.periode),
        by=systeem,
    )
