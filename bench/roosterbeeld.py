"""How fast is a year of 150 practices? Run: ./spoed test bench/roosterbeeld.py -s -p no:randomly

Makes its own throw-away database: 150 practices, 372 dentists, 53 weeks with two duties a day
(742). ROOSTER_PRAKTIJKEN sets another size; ROOSTER_MAP keeps the pages as files to look at.
"""

import os
import time
from datetime import date, datetime, timedelta
from datetime import time as clock
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.tenancy import kring_context
from kern.tijd import from_local
from kring.models import Deelnemer, Tandarts
from rooster.models import Dienst, Dienstplaats
from tests import databank, factories
from tests.conftest import CLONE, KringClient, als, django_db_setup, echte_db  # noqa: F401 (fixtures)

PRAKTIJKEN = int(os.environ.get("ROOSTER_PRAKTIJKEN", "150"))
RONDEN = int(os.environ.get("RONDEN", "60"))
PDF = (
    ()
    if os.environ.get("GEENPDF")
    else (("jaar_pdf", {"jaar": "2027"}), ("maand_pdf", {"maand": "2027-04"}))
)
EVENING_NIGHT = (clock(17), 6), (clock(23), 9)
EERSTE = date(2027, 1, 1)
NAMEN = (
    *("De Brug", "Molenzicht", "Aan de Vecht", "Het Witte Huis", "Kiezen en Co", "Zuilen"),
    *("Tandzorg Noord", "De Linde", "Maarssenbroek", "Dorpsplein", "Van Dijk en De Groot"),
)
ACHTERNAMEN = ("Jansen", "de Vries", "van den Berg", "Bakker", "El Amrani", "Visser", "Yılmaz")


def fill(kring) -> None:
    """Put the year in: places by turn, so that the two of a duty are of different practices."""
    with kring_context(kring.pk):
        practices = Deelnemer.objects.bulk_create(
            factories.DeelnemerFactory.build(
                kring=kring, naam=f"{NAMEN[n % len(NAMEN)]} {n // len(NAMEN) + 1}"
            )
            for n in range(PRAKTIJKEN)
        )
        dentists = Tandarts.objects.bulk_create(
            factories.TandartsFactory.build(
                kring=kring,
                deelnemer=practices[n % PRAKTIJKEN],
                naam=f"{chr(65 + n % 26)}. {ACHTERNAMEN[n * 5 % 13 % 7]}",
            )
            for n in range(round(PRAKTIJKEN * 2.48))
        )
        duties = []
        for n in range(371):
            day = EERSTE + timedelta(days=n)
            kind = "weekend" if day.weekday() >= 5 else "doordeweeks"
            if (day.month, day.day) in {(1, 1), (12, 25), (12, 26), (4, 27), (5, 6)}:
                kind = "feestdag"
            free = kind != "doordeweeks"
            for begin, hours in ((clock(8), 9), (clock(17), 15)) if free else EVENING_NIGHT:
                start = from_local(datetime.combine(day, begin))
                duties.append(
                    Dienst(
                        kring=kring,
                        begin=start,
                        einde=start + timedelta(hours=hours),
                        categorie=kind,
                    )
                )
        # The clock changes twice: each ends where the next begins.
        for duty, following in pairwise(duties):
            duty.einde = min(duty.einde, following.begin)
        Dienst.objects.bulk_create(duties)
        Dienstplaats.objects.bulk_create(
            Dienstplaats(
                kring=kring,
                dienst=duty,
                rol=rol,
                tandarts=dentists[(n * 7 + shift) % len(dentists)],
                begin=duty.begin,
                einde=duty.einde,
            )
            for n, duty in enumerate(duties)
            for rol, shift in (("dienstdoende", 0), ("achterwacht", 3))
        )
    with databank.superuser_of(CLONE) as db:
        db.execute("ANALYZE")


@pytest.fixture
def kring(echte_db):  # noqa: F811
    return factories.KringFactory(slug="vecht", naam="Kring Vechtstreek")


@pytest.fixture
def client(kring, als):  # noqa: F811
    """A representative of one of the practices, in a kring with a full year."""
    fill(kring)
    with kring_context(kring.pk):
        own = Deelnemer.objects.order_by("naam").first()
        lid = factories.LidmaatschapFactory(kring=kring, rol="vertegenwoordiger", deelnemer=own)
    print(f"\n{PRAKTIJKEN} practices, load {os.getloadavg()[0]:.1f}")
    yield als(lid.gebruiker)
    connection.close()


def test_the_pages(kring, client):
    for name, query in (
        ("jaar", {"jaar": "2027"}),
        ("maand", {"maand": "2027-04"}),
        ("overzicht", {"vanaf": "2027-04-05"}),
    ):
        _measure(client, kring, name, query, RONDEN)


def test_the_sheets(kring, client):
    for name, query in (("jaar_pdf", {"jaar": "2027"}), ("maand_pdf", {"maand": "2027-04"})):
        _measure(client, kring, name, query, 4)


def _measure(client, kring, name: str, query: dict, ronden: int) -> None:
    url = reverse(f"rooster:{name}", kwargs={"kring": kring.slug})
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url, query)
        # Counted here: the next request empties the list.
        statements = [query["sql"] for query in queries]
    assert response.status_code == 200
    times, cpu = [], []
    for _ in range(ronden):
        began, worked = time.perf_counter(), time.process_time()
        client.get(url, query)
        times.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - worked))
    times.sort()
    cpu.sort()
    print(
        f"{name:10} {len(statements):2} queries, {len(response.content) // 1000:4} kB, "
        f"p50 {times[len(times) // 2]:.0f} p95 {times[int(len(times) * 0.95)]:.0f} ms, "
        f"CPU of Python p50 {cpu[len(cpu) // 2]:.0f} ms"
    )
    if folder := os.environ.get("ROOSTER_MAP"):
        kind = "pdf" if name.endswith("pdf") else "html"
        (Path(folder) / f"{name}.{kind}").write_bytes(response.content)
        for sql in statements:
            print("   ", sql[:110])
