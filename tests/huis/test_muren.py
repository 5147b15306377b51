"""The walls between kringen as PostgreSQL knows them (S04, S05), and holes planted in them."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from kern import checks, muren
from kern.rechten import web_tables
from kern.tenancy import kring_context, set_context
from tests import databank, factories
from tests.huis.objecten import objects_of
from verslag.models import Passantendossier

PRIVILEGES = "{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER,MAINTAIN}"


def _rows(statement: str, *values) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _ids() -> set[str]:
    return {error.id for error in checks.check_row_level_security(None, ["default"])}


def _count(table: str) -> int:
    return _rows(f'SELECT count(*) FROM "{table}"')[0][0]  # noqa: S608 (from the catalogue)


@pytest.fixture
def tables(db):
    """Every table with a kring, from the catalogue: a model may be missing or hidden."""
    found = _rows(
        "SELECT table_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND column_name = 'kring_id' ORDER BY 1"
    )
    assert len(found) >= 15
    return [name for (name,) in found]


def test_every_table_with_a_kring_is_walled(tables):
    walled = _rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relname = ANY (%s) AND relrowsecurity AND relforcerowsecurity ORDER BY 1",
        tables,
    )
    assert [name for (name,) in walled] == tables
    with connection.cursor() as cursor:
        assert muren.naked_tables(cursor) == []
        assert muren.open_policies(cursor) == []


def test_every_table_has_the_one_policy(tables):
    found = _rows(
        "SELECT tablename, qual, with_check FROM pg_policies WHERE schemaname = 'public' "
        "AND policyname = 'kring' AND cmd = 'ALL' AND roles = '{public}' ORDER BY 1"
    )
    assert found == [(table, muren.POLICY, muren.POLICY) for table in tables]


def test_what_else_may_be_read_is_known(db):
    """Besides the kring: a user's own memberships, and the owner's trigger on the log."""
    found = _rows(
        "SELECT tablename, policyname, cmd, roles::text, qual FROM pg_policies "
        "WHERE schemaname = 'public' AND policyname <> 'kring' ORDER BY 1, 2"
    )
    own = ("kring_lidmaatschap", "eigen", "SELECT", "{public}", "(gebruiker_id = kern_gebruiker())")
    assert own in found
    assert {roles for _t, _p, _c, roles, _q in found if roles != "{public}"} <= {"{spoed_eigenaar}"}
    assert [row for row in found if row != own and row[3] == "{public}"] == []


def test_every_key_between_two_such_tables_holds_the_kring(tables):
    """A key on the id alone lets a row point into another kring: foreign keys ignore policies."""
    single = _rows(
        """
        SELECT c.conrelid::regclass::text, a.attname
        FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        JOIN pg_attribute ck ON ck.attrelid = c.conrelid AND ck.attname = 'kring_id'
        JOIN pg_attribute pk ON pk.attrelid = c.confrelid AND pk.attname = 'kring_id'
        WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND NOT EXISTS (
            SELECT FROM pg_constraint k
            WHERE k.contype = 'f' AND k.conrelid = c.conrelid AND k.confrelid = c.confrelid
              AND k.convalidated AND c.conkey[1] = ANY (k.conkey)
              AND array_position(k.conkey, ck.attnum) = array_position(k.confkey, pk.attnum))
        """
    )
    assert single == []
    bound = _rows(
        "SELECT count(*) FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid "
        "AND a.attname = 'kring_id' AND a.attnum = ANY (c.conkey) "
        "WHERE c.contype = 'f' AND cardinality(c.conkey) > 1"
    )
    assert bound[0][0] >= 15


def test_without_context_the_web_role_sees_no_row_of_any_table(kring, andere_kring, tables):
    for one in (kring, andere_kring):
        objects_of(one, factories.TandartsFactory(kring=one))
    assert sum(_count(table) > 0 for table in tables) >= 12
    set_context([])
    assert {table: _count(table) for table in tables if _count(table)} == {}


# --- the role (S05)


def test_roles_of_the_product(db):
    found = _rows(
        "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls "
        "FROM pg_roles WHERE rolname LIKE 'spoed_%%' AND rolname NOT LIKE 'spoed_proef%%' "
        "ORDER BY 1"
    )
    assert found == [
        ("spoed_eigenaar", False, False, False, False, False),
        ("spoed_kopie", False, False, False, False, True),
        ("spoed_web", False, False, False, False, False),
    ]
    assert _rows("SELECT current_user") == [(settings.WEB_ROL,)]


def test_web_role_has_exactly_the_rights_of_the_table(db):
    found = _rows(
        "SELECT t.tablename, array_agg(r.name) FROM pg_tables t "
        "CROSS JOIN unnest(%s::text[]) AS r (name) WHERE t.schemaname = 'public' "
        "AND has_table_privilege(%s, format('public.%%I', t.tablename), r.name) GROUP BY 1",
        PRIVILEGES,
        settings.WEB_ROL,
    )
    wanted = {table: set(rights.split(", ")) for table, rights in web_tables()}
    wanted["django_migrations"] = {"SELECT"}
    assert {table: set(rights) for table, rights in found} == wanted


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE gat (id int)",
        "CREATE SCHEMA gat",
        "CREATE FUNCTION public.gat() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE VIEW public.gat AS SELECT 1",
        "CREATE OR REPLACE FUNCTION kern_kringen() RETURNS bigint[] LANGUAGE sql AS 'SELECT 1'",
        "CREATE ROLE gat",
        "CREATE EXTENSION dblink",
        "ALTER TABLE triage_patient DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE triage_patient ADD COLUMN gat int",
        "DROP POLICY kring ON triage_patient",
        "CREATE POLICY gat ON triage_patient USING (true)",
        "DROP TABLE triage_patient",
        "TRUNCATE triage_patient",
        "ALTER ROLE spoed_web BYPASSRLS",
        "SET ROLE spoed_eigenaar",
        "SET SESSION AUTHORIZATION spoed_eigenaar",
        "SET session_replication_role = replica",
        "COPY triage_patient TO PROGRAM 'cat'",
    ],
)
def test_web_role_cannot_touch_the_house_itself(db, statement):
    set_context([])
    with pytest.raises(ProgrammingError, match=r"denied|must be"), transaction.atomic():
        _rows(statement)


# --- planted holes: the check at the start finds each


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("CREATE POLICY gat ON triage_patient USING (true)", "kern.E003"),
        ("CREATE POLICY gat ON triage_patient FOR SELECT TO spoed_web USING (true)", "kern.E003"),
        ("CREATE POLICY gat ON triage_patient FOR INSERT WITH CHECK (true)", "kern.E003"),
        ("ALTER POLICY kring ON triage_patient USING (kring_id > 0)", "kern.E003"),
        ("ALTER POLICY kring ON triage_patient WITH CHECK (true)", "kern.E003"),
        ("CREATE TABLE gat (id int, kring_id bigint)", "kern.E003"),
        ("GRANT CREATE ON SCHEMA public TO spoed_web", "kern.E005"),
        ("GRANT CREATE ON DATABASE {database} TO spoed_web", "kern.E005"),
        ("ALTER TABLE triage_patient OWNER TO spoed_web", "kern.E005"),
        ("ALTER FUNCTION kern_kringen() OWNER TO spoed_web", "kern.E005"),
    ],
)
def test_a_planted_hole_is_found_at_the_start(echte_db, damage, expected):
    assert _ids() == set()
    name = connection.settings_dict["NAME"]
    with databank.superuser_of(name) as owner:
        owner.execute(damage.format(database=name))
    assert expected in _ids()


@pytest.mark.parametrize(
    "attribute",
    [
        "SUPERUSER",
        "BYPASSRLS",
        "CREATEROLE",
        "CREATEDB",
        "REPLICATION",
    ],
)
def test_a_web_role_with_more_power_is_found(echte_db, settings, attribute):
    # A role of this test alone: roles belong to the server, which other tests use as well.
    with databank.superuser() as owner:
        owner.execute("DROP ROLE IF EXISTS spoed_proef_gat")
        owner.execute(f"CREATE ROLE spoed_proef_gat {attribute}")
    settings.WEB_ROL = "spoed_proef_gat"
    found = _ids()
    with databank.superuser() as owner:
        owner.execute("DROP ROLE spoed_proef_gat")
    assert "kern.E005" in found


def test_a_web_role_that_may_become_the_owner_is_found(echte_db, settings):
    with databank.superuser() as owner:
        owner.execute("DROP ROLE IF EXISTS spoed_proef_lid")
        owner.execute("CREATE ROLE spoed_proef_lid IN ROLE spoed_eigenaar")
    settings.WEB_ROL = "spoed_proef_lid"
    found = _ids()
    with databank.superuser() as owner:
        owner.execute("DROP ROLE spoed_proef_lid")
    assert "kern.E005" in found


def test_the_owner_may_migrate_a_database_with_a_hole(echte_db):
    """The check at the start must not stop the very migration that mends the wall."""
    kring = factories.KringFactory()
    with kring_context(kring.pk):
        factories.VerklaringFactory(kring=kring)
    name = connection.settings_dict["NAME"]
    hole = "ALTER TABLE verslag_verklaring DROP CONSTRAINT verslag_verklaring_patient_id_kring"
    with databank.superuser_of(name) as owner:
        owner.execute(hole)
    assert _ids() == {"kern.E004"}
    environment = os.environ | {"DATABASE_URL": databank.database_url(name, databank.OWNER_URL)}
    command = [sys.executable, "manage.py", "migrate", "-v", "0"]
    # Back to before the migration that binds this key, whatever came after it; and on again.
    for where in (["verslag", "0015"], []):
        done = subprocess.run(
            command + where,
            cwd=databank.ROOT,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
    assert "kern.E004" in done.stderr
    assert _ids() == set()


def test_a_one_to_one_key_cannot_point_into_another_kring(kring, andere_kring):
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    patient = factories.PatientFactory(kring=andere_kring)
    with pytest.raises(IntegrityError, match="patient_id_kring"), transaction.atomic():
        Passantendossier.objects.create(kring=kring, patient=patient)
