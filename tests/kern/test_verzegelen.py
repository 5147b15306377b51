"""An installation with plain BSNs and reports becomes one without (S11), rows and all."""

import json
import os
import subprocess
import sys
import uuid

import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from kern import crypto, verzegeld
from tests import databank

pytestmark = pytest.mark.traag

ROWS = 2500
"""More than two batches of the migration."""
BSN = "111222333"
TEKST = "Kanarie: gevoelig én gezwollen"


@pytest.fixture
def oude_database(django_db_setup):
    """A database as it was before the sealing, with rows in two kringen."""
    name = f"spoed_oud_{os.getpid()}"
    databank.drop(name)
    with databank.superuser() as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} OWNER spoed_eigenaar TEMPLATE template0").format(
                sql.Identifier(name)
            )
        )
    with databank.superuser_of(name) as connection:
        for extension in ("btree_gist", "pg_trgm", "unaccent"):
            connection.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(extension)))
        connection.execute("ALTER SCHEMA public OWNER TO spoed_eigenaar")
    migrate(name, "verslag", "0002")
    migrate(name, "triage", "0002")
    yield name
    databank.drop(name)


def migrate(name: str, *target: str) -> None:
    environment = os.environ | {"DATABASE_URL": databank.database_url(name, databank.OWNER_URL)}
    command = [sys.executable, "manage.py", "migrate", "-v", "0", *target]
    subprocess.run(command, cwd=databank.ROOT, env=environment, check=True)


def fill(connection) -> list[uuid.UUID]:
    """Write rows as the old version did; what they point at does not matter here."""
    connection.execute("SET session_replication_role = replica")
    for pk in (1, 2):
        insert(connection, "kring_kring", id=pk, naam=f"Kring {pk}", slug=f"kring-{pk}")
    patients = [uuid.uuid4() for _ in range(ROWS)]
    for n, pk in enumerate(patients):
        kring = 1 + n % 2
        insert(connection, "triage_patient", id=pk, kring_id=kring, bsn=BSN if n % 3 else "")
    for n, pk in enumerate(patients[:30]):
        text = {"diagnose": f"{TEKST} {n}"}
        insert(connection, "verslag_verslag", id=pk, kring_id=1 + n % 2, oproep_id=pk, **text)
        inhoud = Jsonb({"patient": {"bsn": BSN}, "diagnose": f"{TEKST} {n}"})
        insert(
            connection,
            "verslag_verslagversie",
            id=pk,
            kring_id=1 + n % 2,
            verslag_id=pk,
            inhoud=inhoud,
        )
    connection.execute("SET session_replication_role = origin")
    return patients


EMPTY = {"character varying": "", "text": "", "boolean": False, "uuid": uuid.UUID(int=7)}
NOW = {"timestamp with time zone": "now", "date": "now", "jsonb": Jsonb({})}
NUMBERS = {"integer": 1, "bigint": 1, "smallint": 1}


def insert(connection, table: str, **values) -> None:
    """Insert a row; every other column that may not be empty gets something of its type."""
    columns = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s "
        "AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'",
        [table],
    ).fetchall()
    filled = {name: (EMPTY | NOW | NUMBERS).get(kind) for name, kind in columns} | values
    query = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, filled)),
        sql.SQL(", ").join(sql.Placeholder() * len(filled)),
    )
    connection.execute(query, list(filled.values()))


def file_of(connection, table: str) -> bytes:
    """Return what the table looks like on disk, its long values included."""
    connection.execute("CHECKPOINT")
    (content,) = connection.execute(
        "SELECT pg_read_binary_file(pg_relation_filepath(%(t)s::regclass)) || coalesce("
        "(SELECT pg_read_binary_file(pg_relation_filepath(reltoastrelid)) FROM pg_class "
        "WHERE oid = %(t)s::regclass AND reltoastrelid <> 0), '')",
        {"t": table},
    ).fetchone()
    return content


def test_existing_rows_are_sealed(oude_database):
    with databank.superuser_of(oude_database) as connection:
        patients = fill(connection)
        assert BSN.encode() in file_of(connection, "triage_patient")
        migrate(oude_database)
        opened = {kolom.naam: open_all(connection, kolom) for kolom in verzegeld.declared()}
        assert len(opened["triage_patient.bsn"]) == ROWS
        for n, pk in enumerate(patients):
            assert opened["triage_patient.bsn"][pk] == (BSN if n % 3 else "")
        for n, pk in enumerate(patients[:30]):
            assert opened["verslag_verslag.diagnose"][pk] == f"{TEKST} {n}"
            assert opened["verslag_verslag.bevindingen"][pk] == ""
            inhoud = json.loads(opened["verslag_verslagversie.inhoud"][pk])
            assert inhoud == {"patient": {"bsn": BSN}, "diagnose": f"{TEKST} {n}"}
        indexes = connection.execute(
            "SELECT kring_id, bsn_index, count(*) FROM triage_patient GROUP BY 1, 2 ORDER BY 1, 2"
        ).fetchall()
        assert [bool(index) for _kring, index, _count in indexes] == [False, True, False, True]
        assert indexes[1][1] != indexes[3][1]
        for table in ("triage_patient", "verslag_verslag", "verslag_verslagversie"):
            content = file_of(connection, table)
            assert BSN.encode() not in content, f"{table}: plain text is still in the file"
            assert b"Kanarie" not in content, f"{table}: plain text is still in the file"
        with pytest.raises(Exception, match="alleen toevoegen"):
            connection.execute("UPDATE verslag_verslagversie SET sha256 = ''")


def open_all(connection, kolom) -> dict:
    rows = connection.execute(kolom.query).fetchall()
    return {pk: crypto.unseal(sealed, place=place).decode() for pk, sealed, place in rows}
