"""How fast is a patient found among a million? Run: .venv/bin/python -m bench.zoeken

`triage.zoeken.search` as the web role, row-level security on, in one process without HTTP. Names
are made with the skew of Dutch surnames: thousands of bearers for the commonest, most a handful.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from bench.groothuis import load
from spoeddienst.servers import omgeving
from spoeddienst.servers.instantie import CHECKOUT, Instantie

PATIENTEN = int(os.environ.get("BENCH_PATIENTEN", "1000000"))
ACHTERNAMEN = 60_000
VRAGEN = int(os.environ.get("BENCH_VRAGEN", "400"))

VAAK = "jong jansen vries berg bakker dijk visser janssen smit meijer boer mulder groot bos vos"
VOOR = "sanne daan emma lucas julia levi mila finn tess noah zoe bram eva sem anna lars"
STUK = (
    "ba be bo bra dam dijk do el ger ha hof hui ink ja ka kel kol la laar lin ma men mo "
    "na nie os pel ra rik ro sma ster stra ta ten ve ver vos waa win ze zon"
)
TUSSEN = ["", "", "", "van ", "de ", "van der ", "van den "]


def surnames(rng: random.Random) -> tuple[list[str], list[float]]:
    names = dict.fromkeys(VAAK.split())
    while len(names) < ACHTERNAMEN:
        names["".join(rng.choices(STUK.split(), k=rng.choice((2, 3, 3, 4))))] = None
    # Zipf with a flat head, as in the counts of Dutch surnames.
    return list(names), [1 / (rank + 60) for rank in range(len(names))]


def fill(rows: int) -> None:
    """Put the patients in with COPY; the BSN is a sealed empty text of no use, its index random."""
    import django

    django.setup()
    from django.db import connection

    from kring.models import Kring
    from triage import zoeknaam
    from triage.models import Patient

    kring = Kring.objects.order_by("pk").first()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM triage_patient WHERE naam <> ''")
        present = cursor.fetchone()[0]
        if present >= rows:
            return
        cursor.execute("SET session_replication_role = replica")
        rng = random.Random(present)
        names, weights = surnames(random.Random(1))
        first_names = VOOR.split()
        columns = [f.column for f in Patient._meta.local_fields]
        drawn = rng.choices(names, weights, k=rows - present)
        sql = f"COPY triage_patient ({', '.join(columns)}) FROM STDIN"
        with cursor.copy(sql) as copy:
            for number, last in enumerate(drawn):
                naam = f"{rng.choice(first_names).title()} {rng.choice(TUSSEN)}{last.title()}"
                values = {
                    "id": f"{rng.getrandbits(128):032x}",
                    "kring_id": kring.pk,
                    "aangemaakt_op": "2026-11-01",
                    "gewijzigd_op": "2026-11-01",
                    "naam": naam,
                    "zoek_achternaam": zoeknaam.surname(naam),
                    "zoek_achternaam_om": zoeknaam.reversed_surname(naam),
                    "zoek_dubbel": "",
                    "zoek_voornaam": zoeknaam.first_name(naam),
                    "geboortedatum": f"{rng.randint(1935, 2024)}-{rng.randint(1, 12):02}"
                    f"-{rng.randint(1, 28):02}",
                    "telefoon": f"+316{10_000_000 + number}",
                    "bsn": b"",
                    "bsn_index": f"{rng.getrandbits(256):064x}",
                    "heeft_eigen_tandarts": "onbekend",
                    "eigen_tandarts_id": None,
                }
                copy.write_row([values.get(column, "") for column in columns])
        cursor.execute("VACUUM ANALYZE triage_patient")


def typo(rng: random.Random, word: str) -> str:
    i = rng.randrange(len(word))
    letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
    return rng.choice(
        (word[:i] + word[i + 1 :], word[:i] + letter + word[i:], word[:i] + letter + word[i + 1 :])
    )


def measure(word: str, questions: list[dict], ask: Callable[[dict], bool]) -> None:
    times, hits = [], 0
    for question in questions:
        began = time.perf_counter()
        hits += ask(question)
        times.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(times, n=100)
    print(
        f"{word:<44} p50 {cuts[49]:6.1f}  p95 {cuts[94]:6.1f}  max {max(times):6.1f} ms"
        f"  found {hits / len(times):.3f}  load {load()}",
        flush=True,
    )


def run() -> None:
    """Ask as the web role; `found` is the share of questions whose patient is in the answer."""
    import django

    django.setup()
    from django.db import connection, transaction

    from kern.tenancy import set_context
    from kring.models import Kring
    from triage import zoeknaam
    from triage.models import Patient
    from triage.zoeken import search

    rng = random.Random(7)
    with transaction.atomic():
        kring = Kring.objects.order_by("pk").first()
        set_context([kring.pk])
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, count(*) FROM triage_patient")
            print("role and rows:", *cursor.fetchone(), flush=True)
            cursor.execute(
                "SELECT naam, geboortedatum, telefoon FROM triage_patient TABLESAMPLE SYSTEM (0.5)"
                " WHERE naam <> '' LIMIT 20000"
            )
            drawn = rng.sample(cursor.fetchall(), VRAGEN)
        sample = [
            dict(zip(("naam", "geboortedatum", "telefoon"), row, strict=True)) for row in drawn
        ]
        for person in sample:
            last = zoeknaam.surname(person["naam"])
            person["fout"] = person["naam"].lower().replace(last, typo(rng, last))
            person["achternaam"] = typo(rng, last)

        def asks(**by):
            def ask(person) -> bool:
                found = search(kring_id=kring.pk, **{k: person[v] for k, v in by.items()})
                wanted = (person["naam"], person["geboortedatum"])
                return wanted in [(p.naam, p.geboortedatum) for p in found.patienten]

            return ask

        def finds_surname(person) -> bool:
            found = search(kring_id=kring.pk, naam=person["achternaam"])
            last = zoeknaam.surname(person["naam"])
            return last in {p.zoek_achternaam for p in found.patienten}

        for _round in range(2):
            measure(
                "name with a typo + birth date",
                sample,
                asks(naam="fout", geboortedatum="geboortedatum"),
            )
            measure("whole phone number", sample, asks(telefoon="telefoon"))
            measure("whole name", sample, asks(naam="naam"))
            measure("whole name, typo in the surname", sample, asks(naam="fout"))
            measure("surname with a typo: surname found", sample, finds_surname)
            common = [{"naam": naam} for naam in ("van dijk", "de jong", "Jansen") * 40]
            measure(
                "the commonest surnames",
                common,
                lambda q: bool(search(kring_id=kring.pk, **q).patienten),
            )
        explain(connection, Patient, kring.pk)


def explain(connection, model, kring_id: int) -> None:
    """Show that the indexes serve below the policy, and that a similarity operator is not."""
    with connection.cursor() as cursor:
        for condition in ("zoek_achternaam = 'dijk'", "naam ILIKE '%%dijk%%'"):
            cursor.execute(
                f"EXPLAIN (COSTS OFF) SELECT id FROM {model._meta.db_table} "  # noqa: S608
                f"WHERE kring_id = {kring_id} AND {condition}"
            )
            print(condition, "->", " / ".join(row[0].strip() for row in cursor.fetchall()))


def main() -> None:
    from spoeddienst.servers.demo import Demo

    demo = Demo(Instantie(CHECKOUT / "var" / "bench-zoeken"))
    try:
        demo.start(0)
        for role, what in (("postgres", f"fill({PATIENTEN})"), ("spoed_web", "run()")):
            environment = omgeving.build(demo.instantie) | {
                "DATABASE_URL": omgeving.database_url(demo.instantie, role)
            }
            command = [sys.executable, "-c", f"from bench import zoeken; zoeken.{what}"]
            subprocess.run(command, cwd=CHECKOUT, env=environment, check=True)
    finally:
        demo.stop()


if __name__ == "__main__":
    main()
