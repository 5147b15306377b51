"""The demo shows an office that ends, a wheel partly done, a dispute and a letter."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from kern.actor import Actor
from kern.tijd import db_now, to_local
from reglement.jaarwiel.regels import Stand
from reglement.jaarwiel.rijen import turns_near
from reglement.models import Functie, Geschil, Rondbezorging, Voordracht
from spoeddienst.demo.gegevens.klok import Klok, playing
from spoeddienst.demo.gegevens.reglement import taken
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def toneel(kring, coordinator):
    """Ten practices, each with a dentist who speaks for it."""
    rows = SimpleNamespace(kring=kring, deelnemers=[], tandartsen=[])
    for _n in range(10):
        row = factories.TandartsFactory(kring=kring, gebruiker=factories.GebruikerFactory())
        factories.LidmaatschapFactory(
            kring=kring, rol="vertegenwoordiger", gebruiker=row.gebruiker, deelnemer=row.deelnemer
        )
        rows.deelnemers.append(row.deelnemer)
        rows.tandartsen.append(row)

    def actor(gebruiker, rol):
        return Actor(
            naam=gebruiker.naam,
            gebruiker_id=gebruiker.pk,
            kring_id=kring.pk,
            rollen=frozenset({str(rol)}),
            doel="organisatie",
            toegangspunt="192.0.2.10",
        )

    return SimpleNamespace(rows=rows, klok=Klok(db_now()), actor=actor)


def test_the_demo_has_something_of_everything(toneel, kring):
    factories.ReglementversieFactory(kring=kring)
    with playing(toneel.klok):
        taken.play(toneel)
    today = to_local(db_now()).date()
    assert Functie.objects.filter(laatste_dag__lt=today + timedelta(days=90)).count() == 1
    assert Voordracht.objects.get().status == "open"
    assert sorted(row.is_open for row in Geschil.objects.all()) == [False, True]
    assert Rondbezorging.objects.count() == 10
    stands = {beurt.stand(today) for beurt in turns_near(kring, today)}
    assert {Stand.GEDAAN, Stand.TE_LAAT, Stand.STRAKS} <= stands
