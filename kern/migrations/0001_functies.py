"""The SQL functions that every policy and every append-only table uses."""

from django.db import migrations

from kern.migraties import FUNCTIONS_SQL


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FUNCTIONS_SQL, migrations.RunSQL.noop)]
