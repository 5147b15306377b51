"""The cache table of the login throttles: made here, so that `migrate` is the only step."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("kern", "0002_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
