"""What PostgreSQL itself says about the walls between kringen: faults that no model shows.

Read by the system check at every start; each function returns Dutch sentences, none is a good day.
"""

from django.conf import settings

POLICY = "(kring_id = ANY (kern_kringen()))"
"""The one condition under which a row of a kring may be seen or written."""

_OPEN_POLICIES = """
SELECT p.tablename, p.policyname,
       p.cmd = 'SELECT' AND p.qual LIKE '%%kern_gebruiker()%%' AS own_rows
FROM pg_policies p
JOIN pg_attribute a ON a.attrelid = format('%%I.%%I', p.schemaname, p.tablename)::regclass
     AND a.attname = 'kring_id' AND NOT a.attisdropped
WHERE p.schemaname = 'public' AND p.permissive = 'PERMISSIVE'
  AND NOT (p.cmd IN ('ALL', 'SELECT', 'UPDATE', 'DELETE', 'INSERT')
           AND coalesce(p.qual, %(policy)s) = %(policy)s
           AND coalesce(p.with_check, p.qual) = %(policy)s)
  AND EXISTS (SELECT FROM unnest(p.roles) AS r (name)
              WHERE r.name IN ('public', %(role)s)
                 OR EXISTS (SELECT FROM pg_roles m JOIN pg_roles w ON w.rolname = %(role)s
                            WHERE m.rolname = r.name AND pg_has_role(w.oid, m.oid, 'MEMBER')))
ORDER BY 1, 2
"""

_NAKED_TABLES = """
SELECT c.relname
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'kring_id' AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm', 'f')
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity
           AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
ORDER BY 1
"""

_ROLE = """
SELECT w.rolsuper OR w.rolbypassrls,
       w.rolcreaterole OR w.rolcreatedb OR w.rolreplication,
       has_schema_privilege(w.oid, 'public', 'CREATE')
           OR has_database_privilege(w.oid, current_database(), 'CREATE'),
       EXISTS (SELECT FROM pg_shdepend d
               WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = w.oid
                 AND d.deptype = 'o'
                 AND (d.dbid = 0 OR d.dbid = (SELECT oid FROM pg_database
                                              WHERE datname = current_database()))),
       EXISTS (SELECT FROM pg_auth_members m WHERE m.member = w.oid)
FROM pg_roles w WHERE w.rolname = %s
"""

_ROLE_SENTENCES = (
    "is superuser of heeft BYPASSRLS",
    "mag rollen of databases maken, of repliceren",
    "mag tabellen of schema's maken",
    "is eigenaar van een database, schema, tabel of functie",
    "is lid van een andere rol",
)


def open_policies(cursor) -> list[str]:
    """Return the policies that let the web role see more than the open kringen.

    Policies add up: one `USING (true)` beside the right one opens the table. Reading the rows of
    the user's own (`kern_gebruiker`) is the one exception.
    """
    cursor.execute(_OPEN_POLICIES, {"policy": POLICY, "role": settings.WEB_ROL})
    return [
        f"Beleid {policy} op tabel {table} laat meer toe dan de eigen kring."
        for table, policy, own_rows in cursor.fetchall()
        if not own_rows
    ]


def naked_tables(cursor) -> list[str]:
    """Return the tables with a kring in the database itself, also those without a model."""
    cursor.execute(_NAKED_TABLES)
    return [name for (name,) in cursor.fetchall()]


def is_builder(cursor) -> bool:
    """Whether this connection may build walls: the owner of the tables, who runs `migrate`."""
    cursor.execute(
        "SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'public'"
    )
    return cursor.fetchone()[0]


def role_faults(cursor) -> list[str]:
    """Return what the web role has that lets it walk around or take down the walls."""
    cursor.execute(_ROLE, [settings.WEB_ROL])
    found = cursor.fetchone() or ()
    return [
        f"De databaserol {settings.WEB_ROL} {sentence}."
        for has, sentence in zip(found, _ROLE_SENTENCES, strict=False)
        if has
    ]
