"""A handover goes over one of several channels; what each needs on the row is held here."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import kern.velden
from kern.migraties import Beveilig, InEenKeer


class Migration(migrations.Migration):
    dependencies = [("verslag", "0007_taak")]

    operations = [
        migrations.RemoveConstraint(model_name="overdracht", name="overdracht_token_uniek"),
        InEenKeer(
            migrations.AddField(
                model_name="overdracht",
                name="kanaal",
                field=models.CharField(
                    choices=[
                        ("ophalen", "ophalen met een code"),
                        ("smime", "versleutelde mail"),
                        ("nta", "veilige mail (NTA 7516)"),
                        ("persoonlijk", "persoonlijk overhandigd"),
                        ("papier", "brief op papier"),
                    ],
                    default="ophalen",
                    max_length=12,
                    verbose_name="kanaal",
                ),
            ),
            migrations.AddField(
                model_name="overdracht",
                name="kanaal_redenen",
                field=models.JSONField(blank=True, default=list),
            ),
            migrations.AddField(
                model_name="overdracht",
                name="overhandigd_op",
                field=models.DateTimeField(null=True, verbose_name="overhandigd op"),
            ),
            migrations.AlterField(
                model_name="overdracht",
                name="bericht",
                field=models.OneToOneField(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="overdracht",
                    to="kern.zending",
                ),
            ),
            migrations.AlterField(
                model_name="overdracht",
                name="email",
                field=models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres"),
            ),
            migrations.AlterField(
                model_name="overdracht",
                name="telefoon",
                field=kern.velden.TelefoonField(
                    blank=True, max_length=16, verbose_name="telefoonnummer voor de code"
                ),
            ),
            migrations.AlterField(
                model_name="overdracht",
                name="token_hash",
                field=models.CharField(blank=True, max_length=64),
            ),
            migrations.AlterField(
                model_name="overdracht",
                name="verloopt_op",
                field=models.DateTimeField(null=True, verbose_name="verloopt op"),
            ),
            migrations.AddConstraint(
                model_name="overdracht",
                constraint=models.UniqueConstraint(
                    condition=~Q(token_hash=""), fields=("token_hash",), name="overdracht_token_uniek"
                ),
            ),
            migrations.AddConstraint(
                model_name="overdracht",
                constraint=models.CheckConstraint(
                    condition=Q(
                        ~Q(token_hash=""),
                        bericht__isnull=False,
                        kanaal="ophalen",
                        verloopt_op__isnull=False,
                    )
                    | Q(
                        bericht__isnull=False,
                        kanaal__in=["smime", "nta"],
                        token_hash="",
                        verloopt_op__isnull=True,
                    )
                    | Q(
                        bericht__isnull=True,
                        kanaal__in=["persoonlijk", "papier"],
                        token_hash="",
                        verloopt_op__isnull=True,
                    ),
                    name="overdracht_feiten_van_kanaal",
                ),
            ),
        ),
        Beveilig("Overdracht"),
    ]
