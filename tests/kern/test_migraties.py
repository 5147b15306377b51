"""Operations done together leave the state and the tables that they leave one by one."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from kern.migraties import InEenKeer

pytestmark = pytest.mark.django_db

TABLES = (
    migrations.CreateModel("Kies", [("id", models.AutoField(primary_key=True))]),
    migrations.CreateModel(
        "Wortel",
        [
            ("id", models.AutoField(primary_key=True)),
            ("kies", models.ForeignKey("proef.Kies", models.CASCADE)),
        ],
    ),
)
CHANGES = (
    migrations.AddField("wortel", "lengte", models.IntegerField(default=0)),
    migrations.AddField("kies", "nummer", models.CharField(default="", max_length=2)),
    migrations.AlterField("wortel", "kies", models.ForeignKey("proef.Kies", models.PROTECT)),
    migrations.AddConstraint(
        "wortel", models.CheckConstraint(condition=models.Q(lengte__gte=0), name="wortel_lengte")
    ),
)


def _sql(state, *operations):
    """Return the statements of these operations; `state` becomes what they leave."""
    statements = []
    for operation in operations:
        before = state.clone()
        operation.state_forwards("proef", state)
        with connection.schema_editor(collect_sql=True, atomic=False) as editor:
            operation.database_forwards("proef", editor, before, state)
        statements += editor.collected_sql
    return statements


@pytest.fixture
def drawn():
    """Return a state of which the models are drawn, as while migrations run."""
    state = ProjectState()
    assert state.apps
    return state


def test_together_is_the_same_as_one_by_one(drawn):
    apart, together = drawn.clone(), drawn.clone()
    expected = _sql(apart, *TABLES, *CHANGES)
    found = _sql(together, InEenKeer(*TABLES), InEenKeer(*CHANGES))
    assert together == apart
    assert sorted(found) == sorted(expected)
    assert len([line for line in found if line.startswith(("CREATE TABLE", "ALTER TABLE"))]) >= 6


def test_together_is_undone_from_the_last_to_the_first(drawn):
    after = drawn.clone()
    tables = InEenKeer(*TABLES)
    tables.state_forwards("proef", after)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        tables.database_backwards("proef", editor, after, drawn)
    assert [line.split()[2] for line in editor.collected_sql] == ['"proef_wortel"', '"proef_kies"']


def test_together_draws_the_models_once(drawn):
    state = drawn.clone()
    InEenKeer(*TABLES, *CHANGES).state_forwards("proef", state)
    assert "apps" not in state.__dict__
    assert state.apps.get_model("proef", "Wortel")._meta.get_field("lengte").default == 0


def test_it_says_what_it_does():
    together = InEenKeer(*TABLES)
    name, args, kwargs = together.deconstruct()
    assert (name, InEenKeer(*args, **kwargs).operations) == ("InEenKeer", TABLES)
    assert together.describe() == "Create model Kies; Create model Wortel"


def test_no_migration_groups_what_needs_one_another():
    """A field of a table in the same group would be made twice: once with the table."""
    groups = [
        operation
        for migration in MigrationLoader(None).disk_migrations.values()
        for operation in migration.operations
        if isinstance(operation, InEenKeer)
    ]
    assert groups
    for group in groups:
        made = {op.name_lower for op in group.operations if hasattr(op, "fields")}
        others = [op for op in group.operations if not hasattr(op, "fields")]
        assert not (made and others), group.describe()
