"""The state of a database: rows, checksums, walls, rights. One connection, one snapshot."""

from pathlib import Path

from psycopg import Connection, sql

from kern.kopie.manifest import Stand

# The same text for the same row and the same rule on both sides, whatever the server's settings.
# Row security off: a role that is bound by it gets an error instead of a silent part.
SESSION = """
SET row_security = off;
SET search_path = '';
SET timezone = 'UTC';
SET datestyle = 'ISO, YMD';
SET intervalstyle = 'postgres';
SET bytea_output = 'hex';
SET extra_float_digits = 1;
SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = 0
"""

_TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1"""

# Order does not matter to a sum, and md5 stays the same over versions of PostgreSQL. This finds
# loss; against intent there is the seal of the file.
_CHECKSUM = """
SELECT count(*), coalesce(sum(('x' || left(md5(hele_rij::text), 16))::bit(64)::bigint), 0)::text
FROM public.{} hele_rij"""


def _parts() -> dict[str, bytes]:
    text = Path(__file__).with_name("stand.sql").read_text()
    blocks = (block.partition("\n") for block in text.split("-- deel: ")[1:])
    return {name.strip(): query.encode() for name, _, query in blocks}


def read_state(connection: Connection) -> Stand:
    """Return the whole state, as seen by the open transaction of this connection."""
    connection.execute(SESSION)
    rows: dict[str, int] = {}
    sums: dict[str, str] = {}
    for (table,) in connection.execute(_TABLES).fetchall():
        query = sql.SQL(_CHECKSUM).format(sql.Identifier(table))
        rows[table], sums[table] = connection.execute(query).fetchone() or (0, "")
    state: Stand = {"rijen": rows, "controlegetallen": sums}
    for part, text in _parts().items():
        state[part] = dict(connection.execute(text).fetchall())
    return state
