"""Since when a message waits: from its cause, or from whoever put it in again.

What waits already counts from this migration.
"""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("kern", "0009_geprobeerd_sinds")]

    operations = [
        migrations.AddField(
            model_name="zending",
            name="klaar_sinds",
            field=models.DateTimeField(db_default=Now()),
        ),
    ]
