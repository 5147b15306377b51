"""Test databases: one template a schema, one clone a test run (0.1 s instead of a migrate).

The tests connect as the web role, exactly like the product, so row-level security and missing
grants are felt. Only this module knows the superuser, to clone and to drop.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
OWNER_URL = "SPOED_EIGENAAR_URL"
SUPERUSER_URL = "SPOED_TEST_SUPERUSER_URL"
LOCK = 7516


def superuser() -> psycopg.Connection:
    return psycopg.connect(os.environ[SUPERUSER_URL], autocommit=True)


def _schema_hash() -> str:
    paths = [*ROOT.glob("*/migrations/*.py"), ROOT / "kern/migraties.py", ROOT / "kern/rechten.py"]
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def database_url(name: str, variable: str = "DATABASE_URL") -> str:
    """Return the URL of another database on the same server."""
    return os.environ[variable].rpartition("/")[0] + f"/{name}"


def template() -> str:
    """Return the name of the migrated template, made when it is missing."""
    name = f"spoed_sjabloon_{_schema_hash()}"
    with superuser() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        row = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
        if row is None:
            _build(connection, name)
    return name


def _build(connection: psycopg.Connection, name: str) -> None:
    half = f"{name}_half"
    drop(half)
    create = "CREATE DATABASE {} OWNER spoed_eigenaar TEMPLATE template0"
    connection.execute(sql.SQL(create).format(sql.Identifier(half)))
    with psycopg.connect(database_url(half, SUPERUSER_URL), autocommit=True) as inside:
        for extension in ("btree_gist", "pg_trgm", "unaccent"):
            inside.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(extension)))
        inside.execute("ALTER SCHEMA public OWNER TO spoed_eigenaar")
    environment = os.environ | {"DATABASE_URL": database_url(half, OWNER_URL)}
    migrate = [sys.executable, "manage.py", "migrate", "-v", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    rename = "ALTER DATABASE {} RENAME TO {}"
    connection.execute(sql.SQL(rename).format(sql.Identifier(half), sql.Identifier(name)))


def clone(name: str, *, tablespace: str = "pg_default") -> None:
    """Make a fresh database of this name, dropping the old one."""
    drop(name)
    create = "CREATE DATABASE {} OWNER spoed_eigenaar TEMPLATE {} TABLESPACE {}"
    names = [sql.Identifier(part) for part in (name, template(), tablespace)]
    with superuser() as connection:
        connection.execute(sql.SQL(create).format(*names))


def drop(name: str) -> None:
    with superuser() as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def superuser_of(name: str) -> psycopg.Connection:
    """Return a superuser connection to one database, to damage it on purpose."""
    return psycopg.connect(database_url(name, SUPERUSER_URL), autocommit=True)
