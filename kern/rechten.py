"""Grants of the web role: rows, never tables. Runs after every migrate, as the owner."""

from django.apps import apps
from django.conf import settings
from django.db import connections

_ALL = "SELECT, INSERT, UPDATE, DELETE"

FUNCTIES = (
    # Deletes only what is past the term, in one piece, and logs that (kern 0005).
    "kern_ruim_logboek(bigint, timestamptz)",
    # Deletes one patient, when two persons agreed to it (rechten 0001).
    "rechten_vernietig(uuid)",
)
"""What the web role may do beyond its rows, by way of the owner."""


def _rights(model) -> str:
    if getattr(model, "read_only", False):
        return "SELECT"
    return "SELECT, INSERT" if getattr(model, "append_only", False) else _ALL


def web_tables() -> list[tuple[str, str]]:
    """Return (table, rights) of every model and cache, join tables included."""
    models = apps.get_models(include_auto_created=True)
    return [
        *((model._meta.db_table, _rights(model)) for model in models),
        *((cache["LOCATION"], _ALL) for cache in settings.CACHES.values()),
    ]


def grant_after_migrate(sender, using="default", **kwargs) -> None:
    """Give the web role exactly what it needs; a no-op for a connection that is not the owner."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s), current_user = %s, "
            "array(SELECT tablename FROM pg_tables WHERE schemaname = 'public')",
            [settings.WEB_ROL, settings.WEB_ROL],
        )
        role_exists, is_web_role, present = cursor.fetchone()
        if not role_exists or is_web_role:
            return
        role = connection.ops.quote_name(settings.WEB_ROL)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        for table, rights in web_tables():
            if table not in present:
                continue
            name = connection.ops.quote_name(table)
            cursor.execute(f"REVOKE ALL ON {name} FROM {role}; GRANT {rights} ON {name} TO {role}")
        for function in FUNCTIES:
            cursor.execute("SELECT to_regprocedure(%s) IS NOT NULL", [function])
            if cursor.fetchone()[0]:
                cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {role}")
        # Read by `migrate --check` and the like.
        cursor.execute(f"GRANT SELECT ON django_migrations TO {role}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
