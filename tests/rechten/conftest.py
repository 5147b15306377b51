"""A patient with a whole file, and what somebody asks about it."""

from datetime import UTC, date, datetime

import pytest

from kern.actor import Actor
from rechten import actions
from rechten.models import Afgifte, Patientverzoek, Vernietiging
from tests import factories
from tests.huis.objecten import objects_of
from triage.models import Oproep, Patient, Termijn

NU = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def objecten(kring, tandarts):
    """One row of every kind; the calls are over."""
    found = objects_of(kring, tandarts)
    factories.AgressiestapFactory(kring=kring, oproep=found.oproep)
    Termijn.objects.create(
        kring=kring, oproep=found.oproep, soort="terugbellen", begint_op=NU, vervalt_op=NU
    )
    # The tests make their own requests.
    Vernietiging.objects.all().delete()
    Afgifte.objects.all().delete()
    Patientverzoek.objects.all().delete()
    close_calls()
    return found


def close_calls() -> None:
    Oproep.objects.update(status="afgerond", afgerond_op="2026-11-01T12:00Z")


@pytest.fixture
def patient(objecten):
    return Patient.objects.get(pk=objecten.patient.pk)


@pytest.fixture
def door(actor):
    """Return the actor of a person at work on a request."""
    return actor


@pytest.fixture
def noteer(patient, coordinator, door):
    """Return a function that notes a request of the patient."""

    def note(soort="afschrift", **anders):
        gegevens = {
            "soort": soort,
            "ontvangen_op": date(2026, 11, 2),
            "aanvrager": "patient",
            "aanvrager_naam": "Wilhelmina Kanarievogel",
            "aanvrager_adres": "Kooistraat 99, Vogelenzang",
            "wens": "Graag alles van de kies linksboven.",
            "identiteit": "paspoort",
        } | anders
        return actions.note_verzoek(patient=patient, gegevens=gegevens, by=door(coordinator))

    return note


@pytest.fixture
def besloten(noteer, coordinator, fg, door):
    """A destruction that both persons agreed to."""
    actions.decide(noteer("vernietiging"), toewijzen=True, by=door(coordinator))
    row = Vernietiging.objects.get()
    return actions.confirm(row, als="fg", by=door(fg))


@pytest.fixture
def systeem(kring):
    return Actor.system(kring.pk, "rechten")


@pytest.fixture(autouse=True)
def _wislijst(settings, tmp_path):
    settings.WISLIJST_MAP = tmp_path / "wislijst"
