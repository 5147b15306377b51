"""Until when deelnemers answer, why a version was adopted all the same, and one adopted at a time."""

from datetime import date

from django.db import migrations, models

from kern.migraties import InEenKeer


class Migration(migrations.Migration):
    dependencies = [("rooster", "0005_ruilen")]

    operations = [
        InEenKeer(
            migrations.AddField(
                model_name="roosterversie",
                name="reageren_tot",
                # No version was made before this migration; the value is for the column alone.
                field=models.DateField(default=date(2026, 11, 23), verbose_name="reageren tot en met"),
                preserve_default=False,
            ),
            migrations.AddField(
                model_name="roosterversie",
                name="reden",
                field=models.CharField(blank=True, max_length=300, verbose_name="reden"),
            ),
            migrations.AlterField(
                model_name="roosterversie",
                name="status",
                field=models.CharField(
                    choices=[
                        ("voorgelegd", "voorgelegd"),
                        ("vastgesteld", "vastgesteld"),
                        ("vervangen", "vervangen door een nieuwere"),
                        ("ingetrokken", "ingetrokken"),
                    ],
                    default="voorgelegd",
                    max_length=12,
                    verbose_name="stand",
                ),
            ),
            migrations.AddConstraint(
                model_name="roosterversie",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("status", "vastgesteld")),
                    fields=("periode",),
                    name="roosterversie_een_vastgesteld",
                ),
            ),
        ),
    ]
