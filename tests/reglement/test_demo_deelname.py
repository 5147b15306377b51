"""The demo shows who comes, who goes, another area, and how safe the addresses are."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from kern.actor import Actor
from kern.tijd import db_now
from reglement.models import Einde, Gebiedswijziging, Incident, Toelating, Veiligheidsblad
from rooster.models import Gebied
from spoeddienst.demo.gegevens.klok import Klok, playing
from spoeddienst.demo.gegevens.reglement import deelname
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def toneel(kring, coordinator):
    """Ten practices, one of them on duty yesterday."""
    klok = Klok(db_now())
    dentists = [
        factories.TandartsFactory(kring=kring, gebruiker=factories.GebruikerFactory())
        for _n in range(10)
    ]
    Gebied.objects.create(kring=kring, postcodes=["3601", "3607"], grens=30)
    dienst = factories.DienstFactory(
        kring=kring, begin=klok.nu - timedelta(days=9), dienstdoende=dentists[0]
    )

    def actor(gebruiker, rol):
        return Actor(
            naam=gebruiker.naam,
            gebruiker_id=gebruiker.pk,
            kring_id=kring.pk,
            rollen=frozenset({rol.value}),
            doel="organisatie",
            toegangspunt="192.0.2.10",
        )

    rows = SimpleNamespace(
        kring=kring, deelnemers=[row.deelnemer for row in dentists], tandartsen=dentists
    )
    return SimpleNamespace(rows=rows, klok=klok, actor=actor, diensten=[dienst])


def test_the_demo_shows_what_there_is_to_see(kring, toneel):
    meeting = factories.VergaderingFactory(kring=kring, status="concept", opgeroepen_op=None)
    with playing(toneel.klok):
        deelname.put(toneel, meeting)
        deelname.play(toneel)
    ready = Toelating.objects.get(naam="Tandartsen Vijverhof")
    assert ready.agendapunten.get().vergadering == meeting
    assert not Toelating.objects.get(naam="Praktijk De Plassen").advies
    assert Einde.objects.get().deelnemer == toneel.rows.deelnemers[-1]
    assert Gebiedswijziging.objects.get().status == "voorstel"
    sheets = Veiligheidsblad.objects.values_list("tweede_persoon", flat=True)
    assert set(sheets) == {"altijd", "op_afspraak", "nee"}
    assert Incident.objects.get().stappen.count() == 1
