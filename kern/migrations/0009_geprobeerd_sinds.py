"""Since when a message is tried, and an index on what was given up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kern", "0008_nta")]

    operations = [
        migrations.AddField(
            model_name="zending",
            name="geprobeerd_sinds",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="zending",
            index=models.Index(
                condition=models.Q(("status", "mislukt")),
                fields=["kring", "-gewijzigd_op"],
                name="zending_mislukt",
            ),
        ),
    ]
