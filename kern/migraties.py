"""Migration operations: the tenant's walls are built in the migration that makes the table."""

from django.db.migrations.operations.base import Operation

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


def tenant_parents(model):
    """Yield the foreign keys of `model` that point at another row of a kring."""
    for field in model._meta.local_fields:
        if not field.many_to_one or field.name == "kring":
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
