"""Reseal every value with the newest key while the house is open (S12, docs/besluiten/0012).

Only as the owner of the tables: an append-only table lets nobody else change a row, and its owner
only what is sealed (`kern.migraties.Hersleutelbaar`). A batch takes the rows that nobody holds and
never waits for one, so it cannot bring a request to a standstill; what it skipped comes in the
next round. A value is replaced only where it still is what was read.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

from kern import crypto
from kern.tenancy import all_kring_ids, kring_context
from kern.verzegeld import Kolom, declared

BATCH = 500
BATCH_BYTES = 16 * 1024 * 1024
ROUNDS = 50
PAUSE = 0.2
WAIT = 60.0
"""Seconds that the last look waits for transactions that were running before the new key."""
_LOCK = 7512


@dataclass
class Voortgang:
    """Where the work stands in one column; `onleesbaar` are keys of rows that do not open."""

    kolom: Kolom
    klaar: int = 0
    totaal: int = 0
    onleesbaar: set[str] = field(default_factory=set)


def counts() -> dict[str, dict[int, int]]:
    """Return, for each sealed column, how many values each key has; 0 is no key at all."""
    found = {}
    with kring_context(*all_kring_ids()), connection.cursor() as cursor:
        for kolom in declared():
            cursor.execute(
                # nosemgrep: sql-uit-tekst (names of tables and columns, from our own models)
                "SELECT coalesce(get_byte(nullif(substr(waarde, 1, 1), ''), 0), 0), count(*) "  # noqa: S608
                f"FROM ({kolom.query}) AS alles GROUP BY 1 ORDER BY 1"
            )
            found[kolom.naam] = dict(cursor.fetchall())
    return found


def is_owner() -> bool:
    """Whether this connection may reseal at all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(pg_has_role(current_user, relowner, 'USAGE')) FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relname = ANY (%s)",
            [[kolom.tabel for kolom in declared()]],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def alone() -> Iterator[bool]:
    """Yield whether no other process is at this work; holds it off until the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        (mine,) = cursor.fetchone()
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def reseal_all() -> Iterator[Voortgang]:
    """Bring every column to the newest key; yields after each batch."""
    for kolom in declared():
        voortgang = Voortgang(kolom)
        for _round in range(ROUNDS):
            yield from _reseal(kolom, voortgang)
            if not _left(kolom, voortgang):
                break
            time.sleep(PAUSE)  # somebody holds the rest for a moment
        yield voortgang


def wait_for_older_transactions() -> bool:
    """Wait until nobody can commit what was sealed before now; False when that takes too long."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (now,) = cursor.fetchone()
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] > now:
                return True
        time.sleep(PAUSE)
    return False


def _reseal(kolom: Kolom, voortgang: Voortgang) -> Iterator[Voortgang]:
    """Walk once along the rows with an older key."""
    newest = bytes([crypto.key_ids()[-1]])
    limit, voortgang.totaal = _measure(kolom, newest)
    voortgang.totaal += voortgang.klaar
    last: object = None
    while True:
        with _everywhere():
            rows = _take(kolom, newest, last, limit)
            voortgang.klaar += _replace(kolom, _sealed_anew(rows, voortgang))
        if not rows:
            return
        last = rows[-1][0]
        yield voortgang


@contextmanager
def _everywhere() -> Iterator[None]:
    """Open all kringen, and the append-only tables for what is sealed, for one transaction."""
    with kring_context(*all_kring_ids()), connection.cursor() as cursor:
        # nosemgrep: context-zetten (opens no kring, but what the owner may change)
        cursor.execute("SELECT set_config('app.hersleutelen', 'aan', true)")
        yield


def _measure(kolom: Kolom, newest: bytes) -> tuple[int, int]:
    """Return how many rows make a batch that fits in memory, and how many are to be done."""
    with kring_context(*all_kring_ids()), connection.cursor() as cursor:
        cursor.execute(
            # nosemgrep: sql-uit-tekst (names of tables and columns, from our own models)
            "SELECT coalesce(max(octet_length(waarde)), 0), count(*) "  # noqa: S608
            f"FROM ({kolom.query}) AS alles WHERE substr(waarde, 1, 1) <> %s",
            [newest],
        )
        longest, count = cursor.fetchone()
    return max(1, min(BATCH, BATCH_BYTES // max(longest, 1))), count


def _take(kolom: Kolom, newest: bytes, last: object, limit: int) -> list[tuple]:
    """Lock and return the next rows (key, sealed bytes, place) that nobody else holds."""
    after = "" if last is None else "AND rij > %s "
    with connection.cursor() as cursor:
        cursor.execute(
            # nosemgrep: sql-uit-tekst (names of tables and columns, from our own models)
            f"SELECT rij, waarde, plaats FROM ({kolom.query}) AS alles "  # noqa: S608
            f"WHERE substr(waarde, 1, 1) <> %s {after}"
            "ORDER BY rij LIMIT %s FOR NO KEY UPDATE SKIP LOCKED",
            [newest, *([] if last is None else [last]), limit],
        )
        return cursor.fetchall()


def _sealed_anew(rows: list[tuple], voortgang: Voortgang) -> list[list]:
    changes = []
    for rij, sealed, place in rows:
        old = bytes(sealed)
        try:
            changes.append([crypto.seal(crypto.unseal(old, place=place), place=place), rij, old])
        except crypto.CryptoFout:
            voortgang.onleesbaar.add(str(rij))
    return changes


def _replace(kolom: Kolom, changes: list[list]) -> int:
    if not changes:
        return 0
    with connection.cursor() as cursor:
        cursor.executemany(
            # nosemgrep: sql-uit-tekst (names of tables and columns, from our own models)
            f"UPDATE public.{kolom.tabel} SET {kolom.kolom} = {kolom.schrijf.format('%s::bytea')} "  # noqa: S608
            f"WHERE {kolom.rij} = %s AND {kolom.waarde} = %s",
            changes,
        )
        return cursor.rowcount


def _left(kolom: Kolom, voortgang: Voortgang) -> bool:
    newest = bytes([crypto.key_ids()[-1]])
    return _measure(kolom, newest)[1] > len(voortgang.onleesbaar)
