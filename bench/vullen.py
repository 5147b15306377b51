"""Fill the house of the bench: run by groothuis.py as the superuser, without triggers.

Through the models, so that sealed fields are sealed as in the product.
"""

import sys
import time
from collections.abc import Iterator
from datetime import date

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from stdnum.nl import bsn  # noqa: E402

from kern.tenancy import set_context  # noqa: E402
from kring.models import Gebruiker, Kring, Tandarts  # noqa: E402
from triage.models import Oproep, Patient  # noqa: E402
from verslag.models import Passantendossier, Verslag, Verslagversie  # noqa: E402
from verslag.momentopname import fingerprint, sign, snapshot  # noqa: E402

BATCH = 2_000
WITH_REPORT = 4
"""One patient in this many has a signed report."""

# As the product writes them, through the trigger that chains them.
LINES = """
INSERT INTO kern_logregel (kring_id, gebeurtenis, actie, uitkomst, gebruiker_id,
    gebruiker_naam, rollen, doel, toegangspunt, verzoek, object_soort, object_id, patient_id)
SELECT %s, 'dossier.gelezen', 'R', 'geslaagd', n %% 40,
    'Medewerker ' || n %% 40, 'tandarts', 'zorgverlening', '192.0.2.' || n %% 250,
    'GET verslag:dossier ' || to_hex(n), 'passantendossier', gen_random_uuid()::text,
    gen_random_uuid()
FROM generate_series(1, %s) n
"""


def bsns() -> Iterator[str]:
    for number in range(100_000_000, 999_999_999):
        if bsn.is_valid(str(number)):
            yield str(number)


def fill(patients: int, lines: int) -> None:
    kring = Kring.objects.get(slug=busiest())
    with transaction.atomic():
        set_context([kring.pk])
        tandartsen = list(
            Tandarts.objects.filter(kring=kring, gebruiker__isnull=False).select_related(
                "deelnemer"
            )
        )
        door = Gebruiker.objects.order_by("pk").first()
    present = Patient.objects.filter(naam__startswith="Bench ").count()
    numbers = bsns()
    for _ in range(present):
        next(numbers)
    for start in range(present, patients, BATCH):
        with transaction.atomic():
            set_context([kring.pk])
            connection.cursor().execute("SET LOCAL session_replication_role = replica")
            batch(kring, tandartsen, door, start, numbers)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kern_logregel WHERE kring_id = %s", [kring.pk])
        for _ in range(cursor.fetchone()[0], lines, BATCH):
            cursor.execute(LINES, [kring.pk, BATCH])
        if present < patients:
            cursor.execute("VACUUM ANALYZE")


def busiest() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT slug FROM kring_kring k ORDER BY "
            "(SELECT count(*) FROM kring_tandarts t WHERE t.kring_id = k.id) DESC LIMIT 1"
        )
        return cursor.fetchone()[0]


def batch(kring, tandartsen, door, start: int, numbers: Iterator[str]) -> None:
    now = timezone.now()
    patients, dossiers, calls, reports, versions = [], [], [], [], []
    for number in range(start, start + BATCH):
        tandarts = tandartsen[number % len(tandartsen)]
        patient = Patient(
            kring=kring,
            naam=f"Bench {number}",
            adres=f"Dorpsstraat {number % 300}",
            postcode="3500 AA",
            woonplaats="Utrecht",
            telefoon=f"+316{10_000_000 + number}",
            bsn=next(numbers),
            geboortedatum=date(1980, 2, 1),
        )
        dossier = Passantendossier(kring=kring, patient=patient)
        patients.append(patient)
        dossiers.append(dossier)
        for repeat in range(1 + number % 2):
            call = Oproep(
                kring=kring,
                nummer=1_000_000 + 2 * number + repeat,
                patient=patient,
                aangenomen_op=now,
                aangenomen_door=door,
                behandelaar=tandarts,
                omschrijving="Voortand los na een val, bloedt nog, gekoeld.",
                status="gezien",
                besluit="zien",
                afspraak_om=now,
                gezien_op=now,
            )
            calls.append(call)
        if number % WITH_REPORT == 0:
            report = Verslag(
                kring=kring,
                dossier=dossier,
                oproep=call,
                auteur=tandarts,
                spoedklacht="Voortand los na een val.",
                bevindingen="Element 11 geavulseerd, alveole intact, lip gezwollen.",
                diagnose="Avulsie 11.",
                behandeling="Teruggeplaatst en gespalkt met composiet van 12 tot 21.",
                getekend_bij=1,
            )
            inhoud = sign(snapshot(report), nummer=1, reden="", moment=now)
            reports.append(report)
            versions.append(
                Verslagversie(
                    kring=kring,
                    verslag=report,
                    nummer=1,
                    inhoud=inhoud,
                    sha256=fingerprint(inhoud),
                    getekend_op=now,
                    getekend_door=tandarts,
                )
            )
    for model, rows in (
        (Patient, patients),
        (Passantendossier, dossiers),
        (Oproep, calls),
        (Verslag, reports),
        (Verslagversie, versions),
    ):
        model.objects.bulk_create(rows, batch_size=500)


if __name__ == "__main__":
    began = time.perf_counter()
    fill(int(sys.argv[1]), int(sys.argv[2]))
    print(f"filled: {time.perf_counter() - began:.0f} s")
