"""Tariff codes with the days on which they hold, and text blocks: each kring has its own."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import rooster.models.bereik
import uuid
from django.db import migrations, models

from kern.migraties import Beveilig


class Migration(migrations.Migration):

    dependencies = [
        ('kring', '0007_meldadres_triage'),
        ('verslag', '0009_heel_verslag'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tariefcode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('aangemaakt_op', models.DateTimeField(auto_now_add=True, verbose_name='aangemaakt op')),
                ('gewijzigd_op', models.DateTimeField(auto_now=True, verbose_name='gewijzigd op')),
                ('code', models.CharField(max_length=6, verbose_name='code')),
                ('omschrijving', models.CharField(max_length=200, verbose_name='omschrijving')),
                ('tarief_cent', models.PositiveIntegerField(verbose_name='tarief in centen')),
                ('geldig_vanaf', models.DateField(verbose_name='geldig vanaf')),
                ('geldig_tot', models.DateField(blank=True, null=True, verbose_name='geldig tot en met')),
                ('kring', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kring.kring', verbose_name='kring')),
            ],
            options={
                'verbose_name': 'tariefcode',
                'verbose_name_plural': 'tariefcodes',
                'ordering': ['code', 'geldig_vanaf'],
                'constraints': [models.CheckConstraint(condition=models.Q(('geldig_tot__isnull', True), ('geldig_tot__gte', models.F('geldig_vanaf')), _connector='OR'), name='tariefcode_dagen', violation_error_message='De laatste dag ligt voor de eerste.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(rooster.models.bereik.DateRange('geldig_vanaf', 'geldig_tot', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&'), ('code', '='), ('kring', '=')], name='tariefcode_eenmaal', violation_error_message='Deze code staat al in de tabel voor deze dagen.')],
            },
        ),
        migrations.CreateModel(
            name='Tekstblok',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('aangemaakt_op', models.DateTimeField(auto_now_add=True, verbose_name='aangemaakt op')),
                ('gewijzigd_op', models.DateTimeField(auto_now=True, verbose_name='gewijzigd op')),
                ('veld', models.CharField(choices=[('bevindingen', 'Bevindingen'), ('diagnose', 'Diagnose'), ('behandeling', 'Behandeling en advies'), ('vervolg', 'Vervolg'), ('overig', 'Overige gegevens')], max_length=12, verbose_name='voor het veld')),
                ('naam', models.CharField(max_length=60, verbose_name='naam in de lijst')),
                ('tekst', models.TextField(max_length=1000, verbose_name='tekst')),
                ('kring', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kring.kring', verbose_name='kring')),
            ],
            options={
                'verbose_name': 'tekstblok',
                'verbose_name_plural': 'tekstblokken',
                'ordering': ['veld', 'naam'],
                'constraints': [models.UniqueConstraint(fields=('kring', 'veld', 'naam'), name='tekstblok_naam_uniek', violation_error_message='Bij dit veld is er al een tekstblok met deze naam.')],
            },
        ),
        Beveilig("Tariefcode", parent=False),
        Beveilig("Tekstblok", parent=False),
    ]
