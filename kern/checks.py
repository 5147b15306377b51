"""System checks: the house does not open with a door without a rule or a table without a wall."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.urls import URLPattern, URLResolver, get_resolver

from kern import crypto, muren, toegang


def _view_names(resolver: URLResolver, prefix: str = ""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _view_names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or pattern.pattern}"


@register(Tags.security)
def check_routes_declared(app_configs, **kwargs):
    """E001: every route of the resolver has a row in the access table; E002: and the reverse."""
    names = set(_view_names(get_resolver()))
    errors = [
        Error(f"Route '{name}' staat niet in de toegangstabel.", id="kern.E001")
        for name in sorted(names)
        if toegang.find(name) is None
    ]
    for row in toegang.table():
        known = (
            any(n.startswith(f"{row.route}:") for n in names) if row.prefix else row.route in names
        )
        if not known:
            errors.append(
                Error(
                    f"De toegangstabel noemt '{row.route}', maar die route bestaat niet.",
                    id="kern.E002",
                )
            )
    return errors


@register(Tags.security)
def check_log_term(app_configs, **kwargs):
    """E006: the access log is kept for at least five years (NEN 7513)."""
    from kern.logketen import TERMIJN

    if settings.LOG_BEWAARJAREN >= TERMIJN:
        return []
    text = f"SPOED_LOG_BEWAARJAREN is {settings.LOG_BEWAARJAREN}; het minimum is {TERMIJN} jaar."
    return [Error(text, id="kern.E006")]


@register(Tags.security)
def check_keys(app_configs, **kwargs):
    """E022: the keys are there, before the first person types something that must be sealed."""
    try:
        crypto.check_keys()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="kern.E022")]
    return []


@register(Tags.security, deploy=True)
def check_key_files(app_configs, **kwargs):
    """E023: a key is for the application alone (0400 or 0600)."""
    try:
        files = crypto.key_files()
    except (OSError, ImproperlyConfigured):
        return []  # E022 tells
    return [
        Error(
            f"Sleutelbestand {path} is leesbaar voor anderen. Typ: chmod 400 {path}", id="kern.E023"
        )
        for path in files
        if path.stat().st_mode & 0o077
    ]


def tenant_models():
    """Return the models with a `kring` foreign key."""
    return [
        model
        for model in apps.get_models()
        if any(f.name == "kring" and f.many_to_one for f in model._meta.local_fields)
    ]


@register(Tags.database)
def check_row_level_security(app_configs, databases, **kwargs):
    """E003: every table with kring data has forced row-level security and only the right policy.

    E004: every foreign key between two such tables is bound to the same kring.
    E005: neither the role of this connection nor the web role can walk around the policies.
    """
    errors = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            walls = _wall_faults(connections[alias], cursor)
            if muren.is_builder(cursor):
                # `migrate` runs this check first, and may be about to build what is missing.
                walls = [Warning(wall.msg, id=wall.id) for wall in walls]
            errors += walls + [Error(text, id="kern.E005") for text in muren.role_faults(cursor)]
            cursor.execute(
                "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            )
            (unbound,) = cursor.fetchone()
        if unbound and not settings.DEBUG:
            errors.append(
                Error(
                    "De databaserol is superuser of BYPASSRLS: isolatie werkt niet.", id="kern.E005"
                )
            )
    return errors


def _wall_faults(connection, cursor) -> list[Error]:
    cursor.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'public' AND c.relrowsecurity AND c.relforcerowsecurity "
        "AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)"
    )
    walled = {name for (name,) in cursor.fetchall()}
    cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f'")
    constraints = {name for (name,) in cursor.fetchall()}
    present = set(connection.introspection.table_names(cursor))
    known = {model._meta.db_table for model in tenant_models()}
    return [
        *missing_walls(present, walled, constraints),
        *(Error(text, id="kern.E003") for text in muren.open_policies(cursor)),
        *(
            Error(f"Tabel {table} heeft geen model en geen RLS-beleid.", id="kern.E003")
            for table in muren.naked_tables(cursor)
            if table not in known
        ),
    ]


def missing_walls(present: set[str], walled: set[str], constraints: set[str]) -> list[Error]:
    """Return the faults of the tables that exist."""
    from kern.migraties import composite_name, tenant_parents

    errors = []
    for model in tenant_models():
        table = model._meta.db_table
        if table not in present:
            continue
        if table not in walled:
            errors.append(
                Error(f"Tabel {table} heeft geen afgedwongen RLS-beleid.", id="kern.E003")
            )
        for field in tenant_parents(model):
            if composite_name(table, field) not in constraints:
                errors.append(
                    Error(
                        f"{table}.{field.column} is niet aan dezelfde kring gebonden.",
                        id="kern.E004",
                    )
                )
    return errors
