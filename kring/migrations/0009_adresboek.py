"""The address book: mailbox and number may lack, a check that a change drops, and a history."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

import kern.velden
from kern.migraties import Beveilig, InEenKeer


class Migration(migrations.Migration):
    dependencies = [("kring", "0008_ophaal_dagen")]

    operations = [
        InEenKeer(
            migrations.AlterField(
                model_name="eigentandarts",
                name="email",
                field=models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres"),
            ),
            migrations.AlterField(
                model_name="eigentandarts",
                name="telefoon",
                field=kern.velden.TelefoonField(blank=True, verbose_name="nummer voor de code"),
            ),
            migrations.AddField(
                model_name="eigentandarts",
                name="controle",
                field=models.CharField(
                    choices=[
                        ("niet", "niet gecontroleerd"),
                        ("ja", "gecontroleerd"),
                        ("fout", "klopt niet"),
                    ],
                    default="niet",
                    max_length=4,
                    verbose_name="controle",
                ),
            ),
            migrations.AddField(
                model_name="eigentandarts",
                name="gecontroleerd_op",
                field=models.DateTimeField(null=True, verbose_name="gecontroleerd op"),
            ),
            migrations.AddField(
                model_name="eigentandarts",
                name="gecontroleerd_door",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="gecontroleerd door",
                ),
            ),
            migrations.AddField(
                model_name="eigentandarts",
                name="fout_reden",
                field=models.CharField(
                    blank=True, max_length=200, verbose_name="wat klopt er niet"
                ),
            ),
        ),
        migrations.RemoveConstraint(
            model_name="eigentandarts", name="eigentandarts_email_uniek"
        ),
        migrations.AddConstraint(
            model_name="eigentandarts",
            constraint=models.UniqueConstraint(
                condition=models.Q(("email", ""), _negated=True),
                fields=("kring", "email"),
                name="eigentandarts_email_uniek",
                violation_error_message="Er is al een eigen tandarts met dit e-mailadres.",
            ),
        ),
        migrations.AddConstraint(
            model_name="eigentandarts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("controle", "ja"), _negated=True),
                    ("gecontroleerd_op__isnull", False),
                    _connector="OR",
                ),
                name="eigentandarts_controle_met_moment",
            ),
        ),
        migrations.CreateModel(
            name="Adreswijziging",
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
                    "wat",
                    models.CharField(
                        choices=[
                            ("toegevoegd", "toegevoegd"),
                            ("gewijzigd", "gewijzigd"),
                            ("gecontroleerd", "gecontroleerd"),
                            ("fout_gemeld", "fout gemeld"),
                        ],
                        max_length=13,
                        verbose_name="wat",
                    ),
                ),
                ("voor", models.JSONField(default=dict)),
                ("na", models.JSONField(default=dict)),
                (
                    "toelichting",
                    models.CharField(blank=True, max_length=200, verbose_name="toelichting"),
                ),
                ("gedaan_op", models.DateTimeField(db_default=Now(), verbose_name="gedaan op")),
                ("gedaan_door", models.CharField(max_length=200, verbose_name="gedaan door")),
                (
                    "eigen_tandarts",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wijzigingen",
                        to="kring.eigentandarts",
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
            ],
            options={
                "verbose_name": "wijziging van een adres",
                "verbose_name_plural": "wijzigingen van adressen",
                "ordering": ["-gedaan_op"],
            },
        ),
        Beveilig("Adreswijziging", append_only=True, parent=False),
    ]
