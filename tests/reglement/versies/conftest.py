"""A kring that writes its rules: a whole draft, a meeting, and what the group decided."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from kern.tijd import db_now, to_local
from reglement.actions import reglement as acties
from reglement.models import Agendapunt
from tests import factories
from tests.reglement.test_variabelen import VOL


@pytest.fixture
def vandaag(db):
    return to_local(db_now()).date()


@pytest.fixture
def door(actor, coordinator):
    """The coordinator at work."""
    return actor(coordinator)


@pytest.fixture
def concept(kring):
    """A first draft in which everything is filled in."""
    return factories.ReglementconceptFactory(kring=kring, variabelen=dict(VOL))


@pytest.fixture
def geldend(kring, deelnemer, concept, door, vandaag):
    """Version 1, adopted on paper two months ago, with one deelnemer."""
    day = vandaag - timedelta(days=60)
    return acties.register_paper(
        concept, besloten_op=day, geldig_vanaf=day, reden="Notulen van toen.", by=door
    )


@pytest.fixture
def vergadering(kring):
    """A meeting nobody was called to yet."""
    return factories.VergaderingFactory(
        kring=kring,
        status="concept",
        opgeroepen_op=None,
        begint_op=db_now() + timedelta(days=30),
    )


@pytest.fixture
def wijziging(kring, geldend, door):
    """A draft that makes the notice of resignation six months."""
    row = acties.start_draft(kring_id=kring.pk, by=door)
    return acties.save_article(
        row, pagina="8", waarden={"8.opzegmaanden": 6}, tekst=None, gezien=0, by=door
    )


@pytest.fixture
def voorstel(wijziging, vergadering, door):
    """That draft on the agenda of the meeting."""
    acties.lay_before(wijziging, vergadering=vergadering, by=door)
    wijziging.refresh_from_db()
    return wijziging


@pytest.fixture
def besluit(kring, vandaag):
    """Return a function that lets the group decide about a proposal."""

    def decide(versie, uitkomst="aangenomen", dag=None):
        return factories.BesluitFactory(
            kring=kring,
            agendapunt=Agendapunt.objects.get(reglementversie=versie),
            uitkomst=uitkomst,
            genomen_op=dag or vandaag,
        )

    return decide


@pytest.fixture
def tekenaar(deelnemer, vertegenwoordiger, actor):
    """A practice with who speaks for it."""
    return SimpleNamespace(
        praktijk=deelnemer, gebruiker=vertegenwoordiger, by=actor(vertegenwoordiger)
    )
