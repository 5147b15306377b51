"""Tasks for people."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

import kern.versleuteld
from kern.migraties import Beveilig, InEenKeer


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("kern", "0006_kopieronde"),
        ("kring", "0007_meldadres_triage"),
        ("triage", "0013_oproep_formulier"),
        ("verslag", "0006_patient_stand"),
    ]

    operations = [
        migrations.CreateModel(
            name="Taak",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "aangemaakt_op",
                    models.DateTimeField(auto_now_add=True, verbose_name="aangemaakt op"),
                ),
                ("gewijzigd_op", models.DateTimeField(auto_now=True, verbose_name="gewijzigd op")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("niet_bezorgd", "bericht niet bezorgd"),
                            ("adres_fout", "adres klopt niet"),
                            ("ongelezen", "verslag niet opgehaald"),
                            ("geen_kanaal", "geen veilige weg naar de ontvanger"),
                            ("code", "ontvanger komt niet binnen"),
                            ("antwoord", "antwoord van de eigen tandarts"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                ("sleutel", models.CharField(max_length=200)),
                ("uitleg", models.CharField(blank=True, max_length=400, verbose_name="uitleg")),
                (
                    "geopend_op",
                    models.DateTimeField(db_default=Now(), verbose_name="geopend op"),
                ),
                ("gemeld_op", models.DateTimeField(null=True)),
                ("gesloten_op", models.DateTimeField(null=True, verbose_name="gesloten op")),
                (
                    "oplossing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("vanzelf", "vanzelf opgelost"),
                            ("opnieuw", "opnieuw verstuurd"),
                            ("gebeld", "gebeld met de ontvanger"),
                            ("papier", "op papier gegeven of verstuurd"),
                            ("adres", "adres verbeterd"),
                            ("gelezen", "gelezen"),
                            ("anders", "anders"),
                        ],
                        max_length=8,
                        verbose_name="hoe opgelost",
                    ),
                ),
                (
                    "toelichting",
                    kern.versleuteld.VersleuteldeRegel(
                        blank=True, max_length=400, verbose_name="toelichting"
                    ),
                ),
                (
                    "gesloten_door",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kring.kring",
                        verbose_name="kring",
                    ),
                ),
                (
                    "ontvanger",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken",
                        to="kring.eigentandarts",
                    ),
                ),
                (
                    "overdracht",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken",
                        to="verslag.overdracht",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken",
                        to="triage.patient",
                    ),
                ),
                (
                    "zending",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken",
                        to="kern.zending",
                    ),
                ),
            ],
            options={"verbose_name": "taak", "verbose_name_plural": "taken"},
        ),
        InEenKeer(
            migrations.AddIndex(
                model_name="taak",
                index=models.Index(
                    condition=models.Q(("gesloten_op__isnull", True)),
                    fields=["kring", "geopend_op"],
                    name="taak_open",
                ),
            ),
            migrations.AddConstraint(
                model_name="taak",
                constraint=models.UniqueConstraint(
                    fields=("kring", "sleutel"), name="taak_sleutel_uniek"
                ),
            ),
            migrations.AddConstraint(
                model_name="taak",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("gesloten_op__isnull", True), ("oplossing", "")),
                        models.Q(
                            ("gesloten_op__isnull", False), models.Q(("oplossing", ""), _negated=True)
                        ),
                        _connector="OR",
                    ),
                    name="taak_gesloten_met_oplossing",
                ),
            ),
        ),
        Beveilig("Taak"),
    ]
