"""How many dossier pages a second? Run: .venv/bin/python -m bench.dossier

The page of a dentist: session, second factor, membership, row-level security, condition on the
object, timeline, line of the access log in its chain, commit. Real gunicorn with two sync workers,
200 000 patients. In turns with and without the chain of the log.
"""

import http.client
import os
import random
import re
from collections.abc import Callable

from bench import klant, rekentijd
from bench.groothuis import Groothuis, groothuis, load

SECONDS = float(os.environ.get("BENCH_SECONDEN", "15"))
ROUNDS = int(os.environ.get("BENCH_RONDEN", "3"))
SAMPLE = 5_000
TRIGGER = """
SELECT tgname FROM pg_trigger
WHERE tgrelid = 'kern_logregel'::regclass AND NOT tgisinternal AND tgname <> 'alleen_toevoegen'
"""


def log_in(huis: Groothuis, gebruiker_id: int) -> str:
    """Log in through the panel of the demo; return the cookies."""
    jar: dict[str, str] = {}

    def ask(method: str, path: str, body: str = "") -> str:
        connection = http.client.HTTPConnection("127.0.0.1", huis.poort, timeout=30)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in jar.items()), "Referer": huis.adres}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                jar[key] = rest.partition(";")[0]
        return answer.read().decode()

    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', ask("GET", "/demo/"))
    assert found, "no form on the demo's panel"
    ask("POST", f"/demo/aanmelden/{gebruiker_id}/", f"csrfmiddlewaretoken={found[1]}")
    return "; ".join(f"{key}={value}" for key, value in jar.items())


def pages(huis: Groothuis) -> tuple[int, list[str]]:
    """Return a dentist and the pages of dossiers that they may read."""
    with huis.superuser() as db:
        db.execute("SET row_security = off")
        slug, tandarts, gebruiker = db.execute(
            "SELECT k.slug, t.id, t.gebruiker_id FROM kring_tandarts t JOIN kring_kring k "
            "ON k.id = t.kring_id WHERE t.id = (SELECT behandelaar_id FROM triage_oproep "
            "WHERE nummer = 1000000)"
        ).fetchone()
        rows = db.execute(
            "SELECT d.id FROM verslag_passantendossier d JOIN verslag_verslag v "
            "ON v.dossier_id = d.id WHERE v.auteur_id = %s ORDER BY random() LIMIT %s",
            [tandarts, SAMPLE],
        ).fetchall()
    return gebruiker, [f"/k/{slug}/dossiers/{pk}/" for (pk,) in rows]


def main() -> None:
    with groothuis() as huis:
        gebruiker, paths = pages(huis)
        cookies = log_in(huis, gebruiker)
        rng = random.Random(1)

        def request() -> bytes:
            head = f"GET {rng.choice(paths)} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"
            return f"{head}\r\n".encode()

        print(f"{huis.size()}, {len(paths)} dossiers, {os.cpu_count()} cores")
        klant.run(huis.poort, request, c=4, seconds=3)  # warm
        print(f"floor: /gezond/   c=4   {measure(huis, floor, 4, has=b'gezond')}", flush=True)
        for number in range(ROUNDS):
            for chained in (True, False) if number % 2 else (False, True):
                set_chain(huis, on=chained)
                for c in (4, 16):
                    word = "with   " if chained else "without"
                    print(f"{word} chain  c={c:<2}  {measure(huis, request, c)}", flush=True)
        set_chain(huis, on=True)


def floor() -> bytes:
    """The cheapest page with one query: what this machine costs today."""
    return b"GET /gezond/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def measure(
    huis: Groothuis, request: Callable[[], bytes], c: int, *, has: bytes = b"</html>"
) -> str:
    """Run the client once; return what it saw, and the CPU time of each answer."""
    busy, before = load(), rekentijd.milliseconds(huis.instantie)
    meting = klant.run(huis.poort, request, c=c, seconds=SECONDS, has=has)
    after = rekentijd.milliseconds(huis.instantie)
    assert not meting.wrong, meting.wrong[0]
    web, db = ((b - a) / len(meting.times) for a, b in zip(before, after, strict=True))
    return f"{meting}  CPU {web:4.1f} + {db:4.1f} ms  load {busy}"


def set_chain(huis: Groothuis, *, on: bool) -> None:
    """Switch the trigger; lines that were written without it are removed again."""
    with huis.superuser() as db:
        for (name,) in db.execute(TRIGGER).fetchall():
            db.execute(f"ALTER TABLE kern_logregel {'ENABLE' if on else 'DISABLE'} TRIGGER {name}")
        if on:
            db.execute("SET session_replication_role = replica")
            db.execute("DELETE FROM kern_logregel WHERE volgnummer IS NULL")


if __name__ == "__main__":
    main()
