"""Migration operations: the tenant's walls are built in the migration that makes the table."""

import json

from django.apps import apps
from django.conf import settings
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from kern.versleuteld import VersleuteldJson

FUNCTIONS_SQL = """
CREATE OR REPLACE FUNCTION kern_kringen() RETURNS bigint[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
        SELECT string_to_array(nullif(current_setting('app.kringen', true), ''), ',')::bigint[]
    $$;
CREATE OR REPLACE FUNCTION kern_gebruiker() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.gebruiker', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION kern_alleen_toevoegen() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'alleen toevoegen'; END $$;
"""

# The row as JSON without the sealed columns must be the same before and after.
RESEAL_SQL = """
CREATE OR REPLACE FUNCTION kern_alleen_hersleutelen() RETURNS trigger LANGUAGE plpgsql
    AS $$
    BEGIN
        IF current_setting('app.hersleutelen', true) IS DISTINCT FROM 'aan'
            OR NOT pg_has_role(
                current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')
            OR to_jsonb(OLD) - TG_ARGV::text[] IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV::text[]
        THEN
            RAISE EXCEPTION 'alleen toevoegen';
        END IF;
        RETURN NEW;
    END
    $$
"""


def tenant_parents(model):
    """Yield the foreign keys of `model` that point at another row of a kring."""
    for field in model._meta.local_fields:
        # A one-to-one field points as well.
        if not (field.many_to_one or field.one_to_one) or field.name == "kring":
            continue
        if any(f.name == "kring" for f in field.remote_field.model._meta.local_fields):
            yield field


class Beveilig(Operation):
    """Enable and force row-level security on a table and bind its parents to the same kring.

    Foreign-key checks ignore row-level security: without the composite key (id, kring_id) a row
    of kring 2 could point at a patient of kring 3. Put it after CreateModel, and again after an
    AddField of a foreign key; it is idempotent. `extra_read` is SQL for rows that may be read
    outside the kring context (a user's own memberships). `append_only` stops UPDATE, DELETE and
    TRUNCATE, also for the owner of the table. `parent` False: no row ever points at this table.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, name: str, *, extra_read="", append_only=False, parent=True):
        self.name = name
        self.extra_read = extra_read
        self.append_only = append_only
        self.parent = parent

    def state_forwards(self, app_label, state):
        """The model state does not change."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.name)
        table = model._meta.db_table
        check = "kring_id = ANY (kern_kringen())"
        statements = [
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
            f'DROP POLICY IF EXISTS kring ON "{table}"',
            f'CREATE POLICY kring ON "{table}" USING ({check}) WITH CHECK ({check})',
        ]
        if self.extra_read:
            statements += [
                f'DROP POLICY IF EXISTS eigen ON "{table}"',
                f'CREATE POLICY eigen ON "{table}" FOR SELECT USING ({self.extra_read})',
            ]
        if self.append_only:
            statements += _append_only(table)
        if self.parent:
            statements.append(_unique_with_kring(table))
        for field in tenant_parents(model):
            statements += _composite_key(table, field)
        for statement in statements:
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Nothing to undo: going back drops the table itself."""

    def describe(self):
        return f"Secure {self.name}: row-level security and composite foreign keys"


class InEenKeer(Operation):
    """Do these operations with one drawing of the models: after each, Django draws nearly all anew.

    Every table hangs on the kring, so that drawing was half of what making the tables took. None of
    them may look at a model as another of them makes it: tables together, or fields together.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, *operations: Operation):
        self.operations = operations

    def deconstruct(self):
        return type(self).__name__, self.operations, {}

    def state_forwards(self, app_label, state):
        _forget_drawing(state)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return "; ".join(operation.describe() for operation in self.operations)


def _forget_drawing(state: ProjectState) -> None:
    """Drop the drawn models: what is not drawn need not be redrawn, and who asks draws it again."""
    state.__dict__.pop("apps", None)


def _append_only(table: str) -> list[str]:
    return [
        f'DROP TRIGGER IF EXISTS alleen_toevoegen ON "{table}"',
        f'CREATE TRIGGER alleen_toevoegen BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION kern_alleen_toevoegen()",
    ]


def _unique_with_kring(table: str) -> str:
    # An index, not a constraint: it knows IF NOT EXISTS, and a foreign key may point at it.
    return f'CREATE UNIQUE INDEX IF NOT EXISTS "{table}_id_kring" ON "{table}" (id, kring_id)'


def composite_name(table: str, field) -> str:
    """Return the name of the composite foreign key of a column."""
    return f"{table}_{field.column}_kring"[:63]


def _composite_key(table: str, field) -> list[str]:
    parent = field.remote_field.model._meta.db_table
    name = composite_name(table, field)
    return [
        f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"',
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY ("{field.column}", kring_id) '
        f'REFERENCES "{parent}" (id, kring_id) DEFERRABLE INITIALLY DEFERRED',
    ]


class Versleutel(Operation):
    """Seal columns that held plain values: `Versleutel("Patient", bsn=BsnField(…))`.

    One transaction: rename, fill in batches, drop. The table is rewritten at the end, or the
    plain values would live on in its file. Append-only tables are opened for this transaction
    only. A `BlindeIndex` of a sealed field is filled with it.
    """

    reduces_to_sql = False
    reversible = False
    batch = 1000

    def __init__(self, name: str, **fields):
        self.name = name
        self.fields = fields

    def deconstruct(self):
        return self.__class__.__name__, [self.name], self.fields

    def state_forwards(self, app_label, state):
        _forget_drawing(state)
        for name, field in self.fields.items():
            state.alter_field(app_label, self.name.lower(), name, field, preserve_default=True)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.name)
        table, columns = (
            model._meta.db_table,
            [model._meta.get_field(name).column for name in self.fields],
        )
        with schema_editor.connection.cursor() as cursor:
            append_only = _has_trigger(cursor, table)
            for column in columns:
                cursor.execute(f'ALTER TABLE "{table}" RENAME "{column}" TO "{column}_open"')
                cursor.execute(f'ALTER TABLE "{table}" ADD "{column}" bytea')
            if append_only:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER alleen_toevoegen')
            _open_all_kringen(cursor)
            _seal_rows(cursor, model, columns, self.batch)
            if append_only:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER alleen_toevoegen')
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            # Each row must have been seen: one that row-level security hid is NULL, and stops it.
            changes = ", ".join(
                f'DROP "{column}_open", ALTER "{column}" SET NOT NULL, '
                f'ALTER "{column}" TYPE bytea USING "{column}" || \'\'::bytea'
                for column in columns
            )
            cursor.execute(f'ALTER TABLE "{table}" {changes}')

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Never called: sealed text does not become plain again by a migration."""

    def describe(self):
        return f"Seal {', '.join(self.fields)} of {self.name}"


def _has_trigger(cursor, table: str) -> bool:
    cursor.execute(
        "SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = %s::regclass "
        "AND tgname = 'alleen_toevoegen')",
        [table],
    )
    return cursor.fetchone()[0]


def _open_all_kringen(cursor) -> None:
    """The owner of a table is bound by its policy too; until the end of the transaction."""
    table = apps.get_model(settings.KRING_MODEL)._meta.db_table
    cursor.execute(
        "SELECT set_config('app.kringen', "  # noqa: S608
        f"(SELECT coalesce(string_agg(id::text, ','), '') FROM \"{table}\"), true)"
    )


def _seal_rows(cursor, model, columns: list[str], batch: int) -> None:
    table = model._meta.db_table
    sealed = [field for field in model._meta.local_fields if field.column in columns]
    indexes = [field for field in model._meta.local_fields if getattr(field, "van", "") in columns]
    plain = ", ".join(f'"{field.column}_open"' for field in sealed)
    targets = ", ".join(f'"{field.column}" = %s' for field in [*sealed, *indexes])
    last = "00000000-0000-0000-0000-000000000000"
    while True:
        cursor.execute(
            f'SELECT id, kring_id, {plain} FROM "{table}" WHERE id >= %s AND id <> %s '  # noqa: S608
            "ORDER BY id LIMIT %s",
            [last, last, batch],
        )
        rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        changes = []
        for pk, kring_id, *values in rows:
            found = {
                field.name: _plain(field, value)
                for field, value in zip(sealed, values, strict=True)
            }
            changes.append(
                [
                    *(field.seal(found[field.name], pk=pk, kring_id=kring_id) for field in sealed),
                    *(field.value_for(found[field.van], kring_id) for field in indexes),
                    pk,
                ]
            )
        cursor.executemany(f'UPDATE "{table}" SET {targets} WHERE id = %s', changes)  # noqa: S608


def _plain(field, value):
    """Return the value as the field takes it; Django's cursor gives JSON as text."""
    return json.loads(value) if isinstance(field, VersleuteldJson) else value


class Hersleutelbaar(Operation):
    """Let the owner of an append-only table reseal these columns, and nothing else of a row.

    Put it after `Beveilig(…, append_only=True)`. An UPDATE passes only as the owner, with
    `app.hersleutelen` on in its transaction, and when every other column stays as it is
    (docs/besluiten/0012). The web role has no UPDATE right at all.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, name: str, *columns: str):
        self.name = name
        self.columns = columns

    def state_forwards(self, app_label, state):
        """The model state does not change."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        table = to_state.apps.get_model(app_label, self.name)._meta.db_table
        columns = ", ".join(f"'{column}'" for column in self.columns)
        for statement in (
            RESEAL_SQL,
            f'DROP TRIGGER IF EXISTS alleen_toevoegen ON "{table}"',
            f'DROP TRIGGER IF EXISTS alleen_toevoegen_wijzig ON "{table}"',
            f'DROP TRIGGER IF EXISTS alleen_hersleutelen ON "{table}"',
            f'CREATE TRIGGER alleen_toevoegen BEFORE DELETE OR TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION kern_alleen_toevoegen()",
            f'CREATE TRIGGER alleen_toevoegen_wijzig BEFORE UPDATE ON "{table}" '
            "FOR EACH STATEMENT WHEN (current_setting('app.hersleutelen', true) "
            "IS DISTINCT FROM 'aan') EXECUTE FUNCTION kern_alleen_toevoegen()",
            f'CREATE TRIGGER alleen_hersleutelen BEFORE UPDATE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION kern_alleen_hersleutelen({columns})",
        ):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Nothing to undo: going back drops the table itself."""

    def describe(self):
        return f"Let the owner reseal {', '.join(self.columns)} of {self.name}"
