"""Teeth, tariffs, X-ray, another finding and grounds to put off: the whole of §4.1-4.3.

Made plain and sealed in the same transaction: a sealed column has no default in the database.
"""

from django.db import migrations, models

from kern.migraties import InEenKeer, Versleutel
from kern.versleuteld import VersleuteldJson, VersleuteldTekst


class Migration(migrations.Migration):

    dependencies = [
        ('verslag', '0008_kanaal'),
    ]

    operations = [
        InEenKeer(
            migrations.AddField('verslag', 'gebit', models.JSONField(default=list)),
            migrations.AddField('verslag', 'tarieven', models.JSONField(default=list)),
            migrations.AddField('verslag', 'nevenbevinding', models.TextField(default='')),
            migrations.AddField('verslag', 'uitstel_grond', models.TextField(default='')),
            migrations.AddField(
                'verslag',
                'rontgen_gemaakt',
                models.BooleanField(default=False, verbose_name='röntgenopname gemaakt'),
            ),
            migrations.AddField(
                'verslag',
                'nevenbevinding_gemeld',
                models.BooleanField(
                    default=False, verbose_name='andere bevinding verteld aan de patiënt, met advies'
                ),
            ),
            migrations.AddField(
                'verslag',
                'uitgesteld',
                models.BooleanField(default=False, verbose_name='behandeling geweigerd of uitgesteld'),
            ),
        ),
        Versleutel(
            "Verslag",
            gebit=VersleuteldJson(default=list, verbose_name='gebit'),
            tarieven=VersleuteldJson(default=list),
            nevenbevinding=VersleuteldTekst(verbose_name='andere dringende bevinding'),
            uitstel_grond=VersleuteldTekst(verbose_name='grond om te weigeren of uit te stellen'),
        ),
    ]
