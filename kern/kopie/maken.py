"""Making a copy: manifest and dump of one snapshot, sealed into one file."""

import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings

from kern.kopie import KopieFout, gereedschap, stroom
from kern.kopie.manifest import Manifest
from kern.kopie.stand import read_state
from kern.kopie.voortgang import Report, megabytes, metered, seconds


def make(folder: Path, *, report: Report) -> Path:
    """Write a new copy into this folder and return its path."""
    key = stroom.read_key(settings.KOPIE_SLEUTEL)
    begin = time.monotonic()
    with snapshot_of(settings.KOPIE_URL) as (manifest, snapshot):
        stand = manifest.stand
        report(
            f"Manifest: {len(stand['rijen'])} tabellen, {manifest.rijen} rijen ({seconds(begin)})"
        )
        path = folder / f"spoed-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.kopie"
        dump = metered(gereedschap.dump(settings.KOPIE_URL, snapshot=snapshot), "gedumpt", report)
        plain = stroom.pack(manifest.to_bytes(), dump)
        try:
            size = gereedschap.write_atomically(path, stroom.encrypt(plain, key))
        except OSError as error:
            raise KopieFout(
                f"Schrijven naar {folder} lukt niet: {error.strerror}.",
                kort="het bestand is niet te schrijven",
            ) from error
    report(f"Reservekopie {path} ({megabytes(size)}, {seconds(begin)})")
    return path


@contextmanager
def snapshot_of(url: str) -> Iterator[tuple[Manifest, str]]:
    """Yield the manifest and the name of the snapshot it was read in, while that one lives."""
    if not url:
        raise KopieFout(
            "SPOED_KOPIE_URL ontbreekt (docs/productie.md).", kort="een instelling ontbreekt"
        )
    # Before the snapshot: a head of the log that was exported earlier is in this copy.
    gemaakt_op = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        connection = psycopg.connect(url, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise KopieFout(
            f"Geen verbinding als reservekopie-rol: {error}", kort="geen verbinding met de database"
        ) from error
    with connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        manifest = Manifest(
            gemaakt_op=gemaakt_op,
            versie=_version(),
            postgres=connection.info.parameter_status("server_version") or "",
            stand=_read(connection),
        )
        yield manifest, row[0] if row else ""


def _read(connection: psycopg.Connection) -> dict:
    try:
        return read_state(connection)
    except psycopg.errors.InsufficientPrivilege as error:
        # The role that row security binds would make a copy with rows missing.
        raise KopieFout(
            "De rol van SPOED_KOPIE_URL mag niet alles lezen: gebruik spoed_kopie "
            f"(BYPASSRLS en pg_read_all_data). {error.diag.message_primary}",
            kort="de rol voor de reservekopie mag niet alles lezen",
        ) from error


def _version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return project["project"]["version"]
