"""How fast is the chain of the access log? Run: ./spoed test bench/logketen.py -s -p no:randomly

Makes its own throw-away database. LOGKETEN_REGELS sets the number of lines (200 000).
"""

import importlib
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection, transaction

from kern import logboek, logketen
from kern.actor import Actor
from kern.tenancy import kring_context
from tests import databank, factories
from tests.conftest import CLONE, django_db_setup, echte_db  # noqa: F401 (fixtures)

LINES = int(os.environ.get("LOGKETEN_REGELS", "200000"))
SECONDS = 5
MIGRATIE = importlib.import_module("kern.migrations.0004_logketen")

# Lines as the product writes them, about as long.
GENERATE = """
INSERT INTO kern_logregel (tijdstip, kring_id, gebeurtenis, actie, uitkomst, gebruiker_id,
    gebruiker_naam, rollen, doel, toegangspunt, verzoek, object_soort, object_id, patient_id,
    namens_id, namens_naam, toegangstabel, formaat)
SELECT now() - n * interval '1 second', %s, 'dossier.gelezen', 'R', 'geslaagd', n %% 40,
    'Medewerker ' || n %% 40, 'triagemedewerker', 'zorgverlening', '192.0.2.' || n %% 250,
    'GET verslag:dossier ' || to_hex(n), 'dossier', gen_random_uuid()::text, gen_random_uuid(),
    n %% 10, 'Tandarts ' || n %% 10, '0123456789ab', 2
FROM generate_series(1, %s) n
"""


# The chain of migration 0004, over the fields of format 2.
CHAIN = MIGRATIE.CHAIN_EXISTING.replace(
    "regel.patient_id)",
    "regel.patient_id, regel.namens_id, regel.namens_naam, regel.toegangstabel, regel.formaat)",
)


@pytest.fixture
def kringen(echte_db):  # noqa: F811
    return [factories.KringFactory(slug=f"kring-{n}", naam=f"Kring {n}").pk for n in range(20)]


def test_verify(kringen):
    with databank.superuser_of(CLONE) as db:
        db.execute("SET session_replication_role = replica")
        db.execute(GENERATE, [kringen[0], LINES])
    began = time.perf_counter()
    with psycopg.connect(databank.database_url(CLONE, databank.OWNER_URL)) as owner:
        owner.execute(MIGRATIE.OPEN)
        owner.execute(CHAIN)
        owner.execute(MIGRATIE.CLOSE)
    print(f"\nmigration of {LINES} lines: {time.perf_counter() - began:.1f} s")
    with databank.superuser_of(CLONE) as db:
        db.execute("VACUUM ANALYZE kern_logregel")
    for _ in range(2):
        began = time.perf_counter()
        with kring_context(kringen[0]):
            assert logketen.verify(kringen[0]) == logketen.Uitslag(LINES, None)
        seconds = time.perf_counter() - began
        print(f"verify {LINES} lines: {seconds:.2f} s ({LINES / seconds:.0f}/s)")


@pytest.mark.parametrize("number", [1, 20])
def test_write(kringen, number):
    """Eight writers, one line a transaction, spread over this many kringen."""
    stop = threading.Event()

    def write(index):
        pk = kringen[index * 7 % number]
        done = 0
        while not stop.is_set():
            by = Actor(naam="Proef", kring_id=pk, doel="beheer")
            with transaction.atomic(), logboek.collect() as lines:
                logboek.record("proef", "E", by=by)
                logboek.write(lines)
            done += 1
        connection.close()
        return done

    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(write, index) for index in range(8)]
        time.sleep(SECONDS)
        stop.set()
        total = sum(future.result() for future in futures)
    print(f"\n{number} kringen: {total / SECONDS:.0f} lines/s")
