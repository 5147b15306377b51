"""What does the board cost? Run: .venv/bin/python -m bench.bord

100 open calls among 1 000 000 stored ones of one kring, CPU milliseconds a request of web and
PostgreSQL together, everything in one run. The floor is a WSGI page of psycopg alone under the same
gunicorn (bench/vloer.py): it asks exactly the questions that the uncached board was seen to ask, of
who is this to who has the duty, and writes a hundred rows with f-strings; no check and no template.
"""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench import klant, rekentijd
from bench.dossier import log_in
from bench.groothuis import Groothuis, load
from spoeddienst.servers.demo import Demo
from spoeddienst.servers.instantie import CHECKOUT, Instantie
from spoeddienst.servers.processen import is_healthy, listen, port_of

SECONDS = float(os.environ.get("BENCH_SECONDEN", "6"))
ROUNDS = int(os.environ.get("BENCH_RONDEN", "3"))
CALLS = int(os.environ.get("BENCH_OPROEPEN", "1000000"))
ROWS = 100
POLLERS, EVERY, WATCH = 50, 5.0, 30.0

# What a filled row has of its own; of all other columns it keeps what one row of the demo has.
PATIENT = {"id": "gen_random_uuid()", "naam": "'Bench ' || n", "telefoon": "'+316' || 10000000 + n"}
# Each patient has two calls, years apart.
STORED = {
    "id": "gen_random_uuid()",
    "nummer": "1000000 + 2 * p.n + k",
    "patient_id": "p.id",
    "herhaling_van_id": "NULL",
    "status": "'afgerond'",
    "uitkomst": "'{}'",
    "antwoorden": """'{"klachten": ["pijn"]}'""",
    "aangenomen_op": "now() - (p.n / 1000 + 900 * k + 5) * interval '1 day'",
    "afgerond_op": "now() - interval '5 days'",
    "gewijzigd_op": "now() - interval '5 days'",
}
CLOCKS = """
INSERT INTO triage_termijn (id, kring_id, aangemaakt_op, gewijzigd_op, oproep_id, soort, begint_op,
    vervalt_op, gesloten_op, sluitreden, gemeld_op)
SELECT gen_random_uuid(), kring_id, now(), now(), id, soort, aangenomen_op,
    aangenomen_op + interval '2 hours', now(), 'gehaald', NULL
FROM triage_oproep, (VALUES ('zien'), ('contact_tandarts')) s (soort)
WHERE kring_id = %(kring)s AND nummer >= 1000000 AND nummer %% 2 = 0
"""
# The demo's own calls leave the board.
CLOSE = (
    "UPDATE triage_oproep SET status = 'afgerond', afgerond_op = now() "
    "WHERE kring_id = %(kring)s AND status <> 'afgerond'",
    "UPDATE triage_termijn SET gesloten_op = now(), sluitreden = 'vervallen' "
    "WHERE kring_id = %(kring)s AND gesloten_op IS NULL",
)
# No clock may cross ten, five or zero minutes while we measure: the board would be made anew.
SPREAD = """
UPDATE triage_termijn t SET begint_op = least(t.begint_op, now()),
    vervalt_op = now() + (o.nummer %% 90) * interval '1 minute' + interval '1 hour'
FROM triage_oproep o WHERE o.id = t.oproep_id AND t.kring_id = %(kring)s AND t.gesloten_op IS NULL
"""
TABLES = ("triage_patient", "triage_oproep", "triage_termijn")
INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
WHERE i.indrelid = ANY(%s::regclass[]) AND c.oid IS NULL
"""


def copies(db, table: str, own: dict[str, str], source: str, like: str) -> str:
    """Return SQL that copies one row of a table, once for each row of `source`, but for `own`."""
    columns = db.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
        "AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [table],
    ).fetchall()
    names = [name for (name,) in columns]
    assert set(own) <= set(names), set(own) - set(names)
    values = ", ".join(own.get(name, f"o.{name}") for name in names)
    one = f"(SELECT * FROM {table} WHERE {like} LIMIT 1) o"  # noqa: S608  names of our own
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {source}, {one}"  # noqa: S608


@contextmanager
def bulk(db) -> Iterator[None]:
    """Load without waiting for the disk, without triggers and without indexes to keep."""
    loading = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "'8GB'"}
    for name, value in loading.items():
        db.execute(f"ALTER SYSTEM SET {name} = {value}")
    db.execute("SELECT pg_reload_conf()")
    db.execute("SET session_replication_role = replica")
    db.execute("SET maintenance_work_mem = '256MB'")
    indexes = db.execute(INDEXES, [list(TABLES)]).fetchall()
    with db.transaction():
        for name, _sql in indexes:
            db.execute(f"DROP INDEX {name}")
        yield
        for _name, sql in indexes:
            db.execute(sql)
    db.execute("VACUUM ANALYZE")
    for name in loading:
        db.execute(f"ALTER SYSTEM RESET {name}")
    db.execute("SELECT pg_reload_conf()")
    db.execute("CHECKPOINT")


class Bordhuis(Groothuis):
    """A house with a busy board."""

    def fill(self) -> None:
        """Store the calls, once, as the superuser; put a hundred on the board by the actions."""
        with self.superuser() as db:
            row = db.execute("SELECT id FROM kring_kring WHERE slug = 'vechtstreek'").fetchone()
            self.kring = row[0]
            values = {"kring": self.kring, "patients": CALLS // 2}
            present = db.execute(
                "SELECT count(*) FROM triage_oproep WHERE nummer BETWEEN 1000000 AND 8999999"
            ).fetchone()[0]
            if present < CALLS // 2:
                began = time.perf_counter()
                with bulk(db):
                    self._store(db, values)
                print(f"{CALLS} calls stored: {time.perf_counter() - began:.0f} s", flush=True)
            standing = db.execute(
                "SELECT count(*) FROM triage_oproep WHERE kring_id = %(kring)s "
                "AND status <> 'afgerond'",
                values,
            ).fetchone()[0]
            if standing < ROWS:
                began = time.perf_counter()
                subprocess.run(
                    [
                        sys.executable,
                        "-m",
                        "bench.bordoproepen",
                        str(self.kring),
                        str(ROWS - standing),
                    ],
                    cwd=CHECKOUT,
                    env=self.environment(),
                    check=True,
                )
                print(f"{ROWS} calls taken: {time.perf_counter() - began:.0f} s", flush=True)
            db.execute("SET session_replication_role = replica")
            db.execute(SPREAD, values)
            self.touch(db)

    def _store(self, db, values: dict) -> None:
        ours = "kring_id = %(kring)s"
        n = "generate_series(1, %(patients)s) n"
        db.execute(copies(db, "triage_patient", PATIENT, n, ours), values)
        patients = (
            "(SELECT id, row_number() OVER () AS n FROM triage_patient "
            "WHERE kring_id = %(kring)s AND naam LIKE 'Bench %%') p, generate_series(0, 1) k"
        )
        like = f"{ours} AND contact = 'verplicht' AND status = 'open' AND herhaling_van_id IS NULL"
        db.execute(copies(db, "triage_oproep", STORED, patients, like), values)
        db.execute(CLOCKS, values)
        for statement in CLOSE:
            db.execute(statement, values)

    def touch(self, db) -> None:
        """Change one call, so that every tag of before is old news."""
        db.execute(
            "UPDATE triage_oproep SET gewijzigd_op = now() WHERE id = "
            "(SELECT id FROM triage_oproep WHERE status <> 'afgerond' AND kring_id = %s "
            "ORDER BY nummer LIMIT 1)",
            [self.kring],
        )

    def triagist(self) -> int:
        with self.superuser() as db:
            row = db.execute(
                "SELECT gebruiker_id FROM kring_lidmaatschap WHERE kring_id = %s AND "
                "rol = 'triagemedewerker' AND status = 'actief' ORDER BY id LIMIT 1",
                [self.kring],
            ).fetchone()
            return row[0]


@contextmanager
def bordhuis() -> Iterator[Bordhuis]:
    demo = Demo(Instantie(CHECKOUT / "var" / "benchbord"))
    try:
        demo.start(0)
        huis = Bordhuis(demo)
        huis.fill()
        yield huis
    finally:
        demo.stop()


@contextmanager
def gunicorn(huis: Bordhuis, app: str, **environment: str) -> Iterator[int]:
    """Run a second web server beside that of the house; yield its port."""
    listener = listen(0)
    os.set_inheritable(listener.fileno(), True)
    argv = [sys.executable, "-m", "gunicorn", app, "--bind", f"fd://{listener.fileno()}"]
    process = subprocess.Popen(
        [*argv, "--workers", "2", "--preload", "--log-level", "warning"],
        cwd=CHECKOUT,
        env=huis.environment() | environment,
        pass_fds=[listener.fileno()],
    )
    try:
        port = port_of(listener)
        deadline = time.monotonic() + 30
        while not is_healthy(port):
            assert time.monotonic() < deadline, f"{app} does not answer"
        yield port
    finally:
        process.terminate()
        process.wait(20)
        listener.close()


def get(port: int, path: str, cookies: str, tag: str = "") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookies} | ({"If-None-Match": tag} if tag else {})
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.text = answer.read().decode()
    connection.close()
    return answer


def tag_of(text: str) -> str:
    """Return the tag that the fragment sends along at its next poll."""
    found = text.partition('If-None-Match": "')[2].partition('"}')[0]
    return found.encode().decode("unicode_escape")


def measure(huis: Bordhuis, port: int, request: Callable[[], bytes], status: bytes) -> float:
    """Return CPU milliseconds an answer of web and PostgreSQL together, and print the rest."""
    busy, before = load(), rekentijd.milliseconds(huis.instantie)
    meting = klant.run(port, request, c=2, seconds=SECONDS, has=b"", status=status)
    after = rekentijd.milliseconds(huis.instantie)
    assert not meting.wrong, meting.wrong[0]
    web, db = ((b - a) / len(meting.times) for a, b in zip(before, after, strict=True))
    print(f"    {meting}  CPU {web:5.2f} + {db:5.2f} = {web + db:5.2f} ms  load {busy}", flush=True)
    return web + db


def asker(path: str, cookies: str, tag: str = "") -> Callable[[], bytes]:
    extra = f"If-None-Match: {tag}\r\n" if tag else ""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n{extra}\r\n".encode()
    return lambda: head


def pollers(huis: Bordhuis, port: int, path: str, cookies: str) -> float:
    """Let 50 people poll every 5 seconds, a change each 20; return the share of one core."""
    tags = [""] * POLLERS
    idle = _spend(huis, 8.0, lambda: None)
    polls = iter(range(10**9))
    changed = [time.monotonic()]

    def one() -> None:
        number = next(polls) % POLLERS
        if time.monotonic() - changed[0] > 20:
            with huis.superuser() as db:
                huis.touch(db)
            changed[0] = time.monotonic()
        answer = get(port, path, cookies, tags[number])
        if answer.status == 200:
            tags[number] = tag_of(answer.text)
        else:
            assert answer.status == 304, answer.status

    for _ in range(POLLERS):
        one()
    return _spend(huis, WATCH, one) - idle


def _spend(huis: Bordhuis, seconds: float, work: Callable[[], None]) -> float:
    before, began = sum(rekentijd.milliseconds(huis.instantie)), time.monotonic()
    turn = began
    while time.monotonic() - began < seconds:
        work()
        turn += EVERY / POLLERS
        time.sleep(max(0.0, turn - time.monotonic()))
    spent = sum(rekentijd.milliseconds(huis.instantie)) - before
    return spent / 10 / (time.monotonic() - began)


def main() -> None:
    with bordhuis() as huis:
        cookies = log_in(huis, huis.triagist())
        page, path = "/k/vechtstreek/triage/", "/k/vechtstreek/triage/fragment/"
        old = tag_of(get(huis.poort, path, cookies).text)
        with huis.superuser() as db:
            huis.touch(db)
        questions = huis.instantie.map / "vragen.json"
        subprocess.run(
            [sys.executable, "-m", "bench.vloer", path, cookies, old, str(questions)],
            cwd=CHECKOUT,
            env=huis.environment() | {"SPOED_BORD_BEWAREN": "0"},
            check=True,
        )
        print(f"{huis.size()}, {os.cpu_count()} cores, load {load()}")
        found: dict[str, list[float]] = {}
        with (
            gunicorn(huis, "bench.vloer:application", BENCH_VRAGEN=str(questions)) as floor,
            gunicorn(huis, "spoeddienst.wsgi:application", SPOED_BORD_BEWAREN="0") as fresh,
        ):
            for number in range(ROUNDS + 1):
                for naam, port, ask, status in (
                    ("floor", floor, asker("/", ""), b"200"),
                    ("poll with news, made anew", fresh, asker(path, cookies, old), b"200"),
                    ("poll with news, kept", huis.poort, asker(path, cookies, old), b"200"),
                    ("poll without news (304)", huis.poort, None, b"304"),
                    ("whole page, made anew, 100 lines", fresh, asker(page, cookies), b"200"),
                    ("whole page, kept, 100 lines", huis.poort, asker(page, cookies), b"200"),
                ):
                    if ask is None:
                        _start_of_a_minute()
                    request = ask or asker(path, cookies, tag_of(get(port, path, cookies).text))
                    print(naam)
                    cpu = measure(huis, port, request, status)
                    if number:  # the first round warms up
                        found.setdefault(naam, []).append(cpu)
        middle = {naam: sorted(values)[len(values) // 2] for naam, values in found.items()}
        for naam, cpu in middle.items():
            print(f"{naam:36} {cpu:6.2f} ms  {cpu / middle['floor']:5.2f} x floor")
        share = pollers(huis, huis.poort, path, cookies)
        print(f"{POLLERS} pollers at {EVERY:.0f} s, a change each 20 s: {share:.1f} % of one core")


def _start_of_a_minute() -> None:
    """The tag holds for the minute; wait for the next one when this one is nearly over."""
    left = 60 - time.time() % 60
    if left < SECONDS + 3:
        time.sleep(left + 0.2)


if __name__ == "__main__":
    main()
