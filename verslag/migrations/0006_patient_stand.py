"""A window knows the patient row that it left; others write there too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("verslag", "0005_bijlagen")]

    operations = [
        migrations.AddField(
            model_name="verslag",
            name="patient_stand",
            field=models.DateTimeField(null=True),
        ),
    ]
