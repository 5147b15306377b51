"""How fast are the figures of a year? Run: ./spoed test bench/cijfers.py -s -p no:randomly

Makes its own throw-away database. STATISTIEK_OPROEPEN sets how many calls a year (20 000).
"""

import os
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from kern.tenancy import kring_context
from kern.tijd import db_now
from statistiek import lezen, periode
from tests import databank, factories
from tests.conftest import CLONE, KringClient, als, django_db_setup, echte_db  # noqa: F401 (fixtures)
from triage.models import Contactpoging, Oproep, Patient, Termijn

CALLS = int(os.environ.get("STATISTIEK_OPROEPEN", "20000"))
ROUNDS = 5
KLACHTEN = ("pijn", "ongemak", "avulsie", "nabloeding", "tandletsel")


def fill(kring, door, tandarts, nu) -> None:
    """Make the calls of a year: half obligatory, each with an attempt, a third with a clock."""
    with kring_context(kring.pk):
        patients = [
            Patient(kring=kring, naam=f"Proef {n}", adres="Dorpsstraat 1", woonplaats="Utrecht")
            for n in range(CALLS // 2)
        ]
        Patient.objects.bulk_create(patients, batch_size=2000)
        calls, attempts, clocks = [], [], []
        for n in range(CALLS):
            moment = nu - timedelta(seconds=n * 364 * 86_400 // CALLS)
            due = n % 2 == 0
            call = Oproep(
                kring=kring,
                nummer=n + 1,
                aangenomen_op=moment,
                aangenomen_door=door,
                patient=patients[n // 2],
                contact="verplicht" if due else "niet_nodig",
                antwoorden={"klachten": [KLACHTEN[n % 5]], "nrs": n % 10, "opname_gemeld": True},
                uitkomst={"zien_binnen_min": 60, "moet_gezien": "ja", "regels": ["R-60"] * 6},
                uitkomst_op=moment + timedelta(seconds=20 + n % 300),
                verplicht_op=moment + timedelta(seconds=20 + n % 300) if due else None,
                zien_voor=moment + timedelta(minutes=60),
                besluit="zien" if due else "",
                gezien_op=moment + timedelta(minutes=20 + n % 90) if due else None,
                status="afgerond",
                afgerond_op=moment + timedelta(hours=2),
                omschrijving="Voortand los na een val, bloedt nog, gekoeld.",
            )
            calls.append(call)
            if due:
                attempts.append(
                    Contactpoging(
                        kring=kring,
                        oproep=call,
                        tandarts=tandarts,
                        rol="dienstdoende",
                        resultaat="gesproken",
                        moment=moment + timedelta(seconds=60 + n % 600),
                        door=door,
                    )
                )
            if n % 3 == 0:
                clocks.append(
                    Termijn(
                        kring=kring,
                        oproep=call,
                        soort="terugbellen",
                        begint_op=moment,
                        vervalt_op=moment + timedelta(minutes=30),
                        gesloten_op=moment + timedelta(minutes=25 + n % 20),
                        sluitreden="gehaald",
                    )
                )
        for model, rows in ((Oproep, calls), (Contactpoging, attempts), (Termijn, clocks)):
            model.objects.bulk_create(rows, batch_size=2000)
    # After the commit, as autovacuum does: for rows it does not see, the planner plans for none.
    with databank.superuser_of(CLONE) as db:
        db.execute("ANALYZE")


@pytest.fixture
def kring(echte_db):  # noqa: F811
    return factories.KringFactory(slug="vecht")


def test_a_year(kring, als):  # noqa: F811
    nu = db_now()
    with kring_context(kring.pk):
        lid = factories.LidmaatschapFactory(kring=kring, rol="coordinator")
        tandarts = factories.TandartsFactory(kring=kring)
    fill(kring, lid.gebruiker, tandarts, nu)
    year = periode.free((nu - timedelta(days=364)).date(), nu.date())
    for name, period in (("a year", year), ("30 days", periode.last_days(nu))):
        times = []
        for _ in range(ROUNDS):
            with kring_context(kring.pk):
                began = time.perf_counter()
                found = lezen.read(kring.pk, period, nu)
                times.append(1000 * (time.perf_counter() - began))
        print(f"\n{name}: {found.aantal} calls, figures in {_words(times)}")
    assert found.aantal > 0
    client = als(lid.gebruiker)
    url = reverse("statistiek:overzicht", kwargs={"kring": kring.slug})
    query = {
        "periode": "vrij",
        "van": (nu - timedelta(days=364)).date().isoformat(),
        "tot": nu.date().isoformat(),
    }
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        assert client.get(url, query).status_code == 200
        times.append(1000 * (time.perf_counter() - began))
    print(f"the page of the year: {_words(times)}")
    connection.close()


def _words(times: list[float]) -> str:
    return f"{min(times):.0f} to {max(times):.0f} ms over {len(times)} runs"
