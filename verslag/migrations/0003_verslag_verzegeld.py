"""Seal the text of reports, drafts and signed versions alike."""

from django.db import migrations

from kern.migraties import Hersleutelbaar, Versleutel
from kern.versleuteld import VersleuteldeRegel, VersleuteldJson, VersleuteldTekst


class Migration(migrations.Migration):

    dependencies = [
        ('verslag', '0002_venster'),
    ]

    operations = [
        Versleutel(
            "Verslag",
            geen_bsn_reden=VersleuteldeRegel(
                blank=True, max_length=200, verbose_name='reden dat het BSN ontbreekt'
            ),
            spoedklacht=VersleuteldTekst(verbose_name='spoedklacht'),
            bevindingen=VersleuteldTekst(verbose_name='bevindingen'),
            diagnose=VersleuteldTekst(verbose_name='diagnose'),
            behandeling=VersleuteldTekst(
                verbose_name='uitgevoerde behandeling of gegeven advies'
            ),
            verwijzing_reden=VersleuteldeRegel(
                blank=True, max_length=400, verbose_name='reden van de verwijzing'
            ),
            vervolg=VersleuteldTekst(verbose_name='vervolgbehandeling'),
            vervolg_termijn=VersleuteldeRegel(
                blank=True, max_length=100, verbose_name='termijn van het vervolg'
            ),
            overig=VersleuteldTekst(verbose_name='overige gegevens'),
            tariefcodes=VersleuteldeRegel(
                blank=True, max_length=200, verbose_name='tariefcodes'
            ),
        ),
        Versleutel(
            "Verslagversie",
            inhoud=VersleuteldJson(),
            reden=VersleuteldeRegel(
                blank=True, max_length=400, verbose_name='reden van de correctie'
            ),
        ),
        Hersleutelbaar("Verslagversie", "inhoud", "reden"),
    ]
