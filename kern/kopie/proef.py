"""The drill: restore a copy into a throw-away database and look whether everything came back.

A copy is compared with its own manifest (was anything lost on the way?) and with what this code
demands (was it whole to begin with?). The walls are not only counted but walked into.
"""

import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import make_conninfo

from kern import verzegeld
from kern.kopie import KopieFout, eisen, gereedschap, keten, nawerk
from kern.kopie.lezen import Kopie
from kern.kopie.manifest import differences
from kern.kopie.stand import SESSION, read_state
from kern.kopie.voortgang import Report, megabytes, metered, seconds

PREFIX = "spoed_proef_"
_SHOWN = 3

SECTIONS = {
    "rijen": "Aantal rijen per tabel",
    "controlegetallen": "Controlegetal per tabel",
    "rls": "RLS aan en afgedwongen",
    "beleid": "RLS-beleidsregels",
    "rechten": "Rechten van de rollen",
    "triggers": "Triggers, ook voor alleen toevoegen",
    "functies": "Functies",
    "beperkingen": "Beperkingen en indexen",
    "migraties": "Migraties",
}


class _Gemeld(Exception):
    """A step failed and its line was told; nothing more can be checked."""


class Proef:
    """Collects the outcome of each check; the first failure names the drill."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.mislukt: list[str] = []
        self.gemaakt_op: datetime | None = None

    def tell(self, naam: str, faults: list[str], note: str = "") -> None:
        """Report one check in one line."""
        if faults:
            self.mislukt.append(naam)
            more = f" (en nog {len(faults) - _SHOWN})" if len(faults) > _SHOWN else ""
            note = "; ".join(faults[:_SHOWN]) + more
        self.report(f"{'✗' if faults else '✓'} {naam}{f': {note}' if note else ''}")

    def stop_on(self, naam: str, work: Callable[[], str]) -> None:
        """Run a step without which nothing more can be said."""
        try:
            note = work()
        except KopieFout as fault:
            self.tell(naam, [str(fault)])
            raise _Gemeld from fault
        self.tell(naam, [], note)


def drill(path: Path, *, report: Report, ankers: Path | None = None) -> Proef:
    """Return the outcome: the checks that failed, the first one first.

    `ankers` is a file of exported heads of the log, or a folder of them.
    """
    proef = Proef(report)
    try:
        _drill(path, proef, ankers)
    except _Gemeld:
        pass
    except KopieFout as fault:
        proef.tell("Herstelproef afgemaakt", [str(fault)])
    return proef


def _drill(path: Path, proef: Proef, ankers: Path | None) -> None:
    opened: list[Kopie] = []

    def prove() -> str:
        kopie = Kopie(path, report=proef.report)
        opened.append(kopie)
        proef.gemaakt_op = datetime.fromisoformat(kopie.manifest.gemaakt_op)
        return f"{megabytes(kopie.size)}, gemaakt op {kopie.manifest.gemaakt_op}"

    proef.stop_on("Bestand heel en sleutel juist", prove)
    kopie = opened[0]
    gemaakt_op = datetime.fromisoformat(kopie.manifest.gemaakt_op)
    with _throw_away_database() as (url, connection):
        begin = time.monotonic()

        def restore() -> str:
            gereedschap.restore(url, metered(kopie.dump(), "teruggezet", proef.report))
            return seconds(begin)

        proef.stop_on("Terugzetten in een wegwerpdatabase", restore)
        proef.report("  … alle rijen nalezen")
        found = read_state(connection)
        for part, naam in SECTIONS.items():
            expected = kopie.manifest.stand.get(part, {})
            note = f"{len(found[part])}" if expected else ""
            faults = differences(expected, found[part])
            proef.tell(naam, faults or ([] if expected else ["niets in het manifest"]), note)
        for naam, faults in eisen.check(connection, found):
            proef.tell(naam, faults)
        proef.report("  … de logketens narekenen")
        proef.tell(keten.NAAM, *keten.check(connection, ankers=ankers, gemaakt_op=gemaakt_op))
        for waarde in verzegeld.declared():
            count, faults = waarde.try_sample(connection)
            proef.tell(
                f"Ontsleutelen van {waarde.naam}",
                faults,
                f"steekproef van {count}" if count else "geen waarden in deze kopie",
            )
        for naam, faults, note in nawerk.run(connection):
            proef.tell(naam, faults, note)


@contextmanager
def _throw_away_database() -> Iterator[tuple[str, psycopg.Connection]]:
    """Yield the address of an empty database and a connection to it; drop it in any case."""
    naam = f"{PREFIX}{os.getpid()}_{secrets.token_hex(4)}"
    url = make_conninfo(settings.HERSTEL_URL, dbname=naam)
    with _server() as server:
        _drop_left_behind(server)
        try:
            server.execute(
                sql.SQL("CREATE DATABASE {} OWNER spoed_eigenaar TEMPLATE template0").format(
                    sql.Identifier(naam)
                )
            )
            server.execute(
                sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(naam))
            )
            # Stays open, so that another drill sees that this database is in use.
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(SESSION)
                yield url, connection
        except psycopg.Error as error:
            raise KopieFout(f"De herstelserver weigert: {error.diag.message_primary}") from error
        finally:
            _drop(naam)


def _drop(naam: str) -> None:
    """Drop the throw-away database, over a new connection: the other one may be broken."""
    with _server() as server:
        server.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(naam))
        )


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    if not settings.HERSTEL_URL:
        raise KopieFout("SPOED_HERSTEL_URL ontbreekt (docs/productie.md).")
    try:
        connection = psycopg.connect(settings.HERSTEL_URL, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise KopieFout(f"Geen verbinding met de herstelserver: {error}") from error
    with connection:
        yield connection


def _drop_left_behind(server: psycopg.Connection) -> None:
    """Remove what a drill left behind that was killed: it holds patients' data."""
    rows = server.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
    ).fetchall()
    for (naam,) in rows:
        with suppress(psycopg.errors.ObjectInUse):
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(naam)))
