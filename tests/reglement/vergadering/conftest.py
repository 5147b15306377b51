"""A kring with practices that speak, and meetings in every stage."""

from datetime import timedelta

import pytest

from kern.tijd import db_now
from reglement.actions import vergadering as acties
from reglement.models import Vergadering
from reglement.pdfstuk import Pdfstuk
from tests import factories


@pytest.fixture
def leden(kring):
    """Make practices with a vertegenwoordiger each; `zonder` get none."""

    def make(aantal, *, zonder=0):
        rows = []
        for nummer in range(aantal):
            row = factories.DeelnemerFactory(kring=kring, naam=f"Praktijk {nummer:02}")
            if nummer < aantal - zonder:
                factories.LidmaatschapFactory(
                    kring=kring,
                    rol="vertegenwoordiger",
                    deelnemer=row,
                    gebruiker__naam=f"Stem {nummer:02}",
                )
            rows.append(row)
        return rows

    return make


@pytest.fixture
def by(actor, coordinator):
    return actor(coordinator)


@pytest.fixture
def plan(kring, by, coordinator):
    """Plan a meeting so many days on, with points of these kinds."""

    def make(*soorten, dagen=40, **velden):
        row = acties.plan(
            kring_id=kring.pk,
            titel=velden.pop("titel", "Voorjaarsvergadering"),
            begint_op=db_now() + timedelta(days=dagen),
            plaats="De Vergulde Kies",
            voorzitter=velden.pop("voorzitter", coordinator),
            by=by,
            **velden,
        )
        for nummer, soort in enumerate(soorten, start=1):
            acties.add_point(row, titel=f"Onderwerp {nummer}", besluitsoort=soort, by=by)
        return row

    return make


@pytest.fixture
def opgeroepen(plan, by):
    """Return a convoked meeting whose time has come."""

    def make(*soorten, **velden):
        row = acties.convoke(plan(*(soorten or ("overig",)), **velden), by=by)
        Vergadering.objects.filter(pk=row.pk).update(begint_op=db_now())
        row.refresh_from_db()
        return row

    return make


@pytest.fixture
def lopend(opgeroepen, by):
    """Return an open meeting."""

    def make(*soorten, **velden):
        return acties.open_meeting(opgeroepen(*soorten, **velden), by=by)

    return make


@pytest.fixture
def pdf():
    def make(inhoud="een stuk"):
        return Pdfstuk("begroting.pdf", f"%PDF-1.7\n{inhoud}\n%%EOF".encode())

    return make
