"""What this code demands of any database, a restored one too: it may have been broken before."""

from collections.abc import Iterator

import psycopg
from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from psycopg import Connection, sql

from kern import checks, rechten
from kern.kopie.manifest import Stand, differences


def check(connection: Connection, found: Stand) -> Iterator[tuple[str, list[str]]]:
    """Yield each check with its faults; `connection` is a superuser's in autocommit."""
    yield "Migraties van deze versie", differences(_migrations(), found["migraties"])
    yield "Muren zoals de code ze eist", _walls(found)
    yield "Rechten zoals de code ze geeft", _rights(found)
    yield "Zonder kring is geen rij te zien", _unseen(connection, found)
    yield "Alleen toevoegen houdt stand", _append_only(connection, found)


def _migrations() -> dict[str, bool]:
    disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return {f"{app}.{name}": True for app, name in disk}


def _walls(found: Stand) -> list[str]:
    policies = {name.partition(".")[0] for name in found["beleid"]}
    walled = {
        table
        for table, (enabled, forced, _owner) in found["rls"].items()
        if (enabled, forced) == ("RLS aan", "afgedwongen") and table in policies
    }
    constraints = {name.rpartition(".")[2] for name in found["beperkingen"]}
    missing = [
        f"{table} ontbreekt" for table, _ in rechten.web_tables() if table not in found["rijen"]
    ]
    return missing + [
        str(error.msg) for error in checks.missing_walls(set(found["rijen"]), walled, constraints)
    ]


def _rights(found: Stand) -> list[str]:
    faults = []
    for table, rights in rechten.web_tables():
        wanted = set(rights.split(", "))
        given = {
            right
            for role, _, right in (line.partition(" ") for line in found["rechten"].get(table, []))
            if role == settings.WEB_ROL
        }
        if given != wanted:
            faults.append(f"{table} geeft {settings.WEB_ROL} {', '.join(sorted(given)) or 'niets'}")
    return faults


def _unseen(connection: Connection, found: Stand) -> list[str]:
    """Look as the web role, without a kring: every wall must hide every row."""
    faults = []
    for model in checks.tenant_models():
        table = model._meta.db_table
        if table not in found["rijen"]:
            continue
        query = sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(table))
        try:
            with connection.transaction(force_rollback=True):
                connection.execute(
                    sql.SQL("SET LOCAL ROLE {}; SET LOCAL row_security = on").format(
                        sql.Identifier(settings.WEB_ROL)
                    )
                )
                (seen,) = connection.execute(query).fetchone() or (0,)
        except psycopg.Error as error:
            faults.append(f"{table}: {error.diag.message_primary}")
        else:
            if seen:
                faults.append(f"{table} toont {seen} rijen")
    return faults


def _append_only(connection: Connection, found: Stand) -> list[str]:
    """Try, as superuser, what even the owner may not; the triggers fire without a row, too."""
    faults = []
    for model in apps.get_models():
        table = model._meta.db_table
        if not getattr(model, "append_only", False) or table not in found["rijen"]:
            continue
        for statement in ("TRUNCATE public.{} CASCADE", "DELETE FROM public.{} WHERE false"):
            try:
                with connection.transaction(force_rollback=True):
                    connection.execute(sql.SQL(statement).format(sql.Identifier(table)))
            except psycopg.errors.RaiseException:
                continue
            faults.append(f"{table} laat {statement.partition(' ')[0]} toe")
    return faults
