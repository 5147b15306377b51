"""The stand of a patient is a text with a hash of each field, no longer a moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("triage", "0008_herhaling_van"),
    ]

    operations = [
        migrations.RemoveField(model_name="oproep", name="patient_stand"),
        migrations.AddField(
            model_name="oproep",
            name="patient_stand",
            field=models.CharField(blank=True, default="", editable=False, max_length=120),
        ),
    ]
