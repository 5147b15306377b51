"""The kring's own heading above its letters."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from kern.migraties import Beveilig


class Migration(migrations.Migration):
    dependencies = [
        ("kring", "0008_ophaal_dagen"),
        ("verslag", "0014_kanalen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Briefhoofd",
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
                    "naam",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="naam boven de brief"
                    ),
                ),
                (
                    "tekst",
                    models.TextField(
                        blank=True, max_length=240, verbose_name="regels onder de naam"
                    ),
                ),
                ("logo", models.BinaryField(blank=True, default=b"")),
                (
                    "kring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kring.kring",
                        verbose_name="kring",
                    ),
                ),
            ],
            options={
                "verbose_name": "briefhoofd",
                "verbose_name_plural": "briefhoofden",
                "constraints": [
                    models.UniqueConstraint(fields=("kring",), name="briefhoofd_een_per_kring")
                ],
            },
        ),
        Beveilig("Briefhoofd"),
    ]
