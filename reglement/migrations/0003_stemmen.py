"""Votes by name, secret votes without ballots, the casting vote and declared interests."""

import django.db.models.deletion
import kern.versleuteld
import uuid
from django.conf import settings
from django.db import migrations, models

from kern.migraties import Beveilig


class Migration(migrations.Migration):

    dependencies = [
        ('kring', '0010_ophaal_dagen_zin'),
        ('reglement', '0002_royement'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='stemming',
            name='voorstel',
            field=models.TextField(blank=True, max_length=4000, verbose_name='voorstel'),
        ),
        migrations.AddField(
            model_name='stemming',
            name='vraagt_herstemming_van',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ordevoorstellen', to='reglement.stemming'),
        ),
        migrations.CreateModel(
            name='Stembus',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('inhoud', kern.versleuteld.VersleuteldeRegel(max_length=12)),
                ('kring', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kring.kring', verbose_name='kring')),
                ('stemming', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='stembus', to='reglement.stemming')),
            ],
            options={
                'verbose_name': 'stembus',
                'verbose_name_plural': 'stembussen',
            },
        ),
        migrations.CreateModel(
            name='Belangverklaring',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('aangemaakt_op', models.DateTimeField(auto_now_add=True, verbose_name='aangemaakt op')),
                ('gewijzigd_op', models.DateTimeField(auto_now=True, verbose_name='gewijzigd op')),
                ('toelichting', models.CharField(max_length=200, verbose_name='welk belang')),
                ('op', models.DateTimeField(verbose_name='wanneer')),
                ('gebruiker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kring', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kring.kring', verbose_name='kring')),
                ('stemming', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='belangen', to='reglement.stemming')),
            ],
            options={
                'verbose_name': 'verklaring van eigen belang',
                'verbose_name_plural': 'verklaringen van eigen belang',
                'ordering': ['op'],
                'constraints': [models.UniqueConstraint(fields=('stemming', 'gebruiker'), name='belangverklaring_eenmaal', violation_error_message='Je hebt bij deze stemming al een belang gemeld.')],
            },
        ),
        migrations.CreateModel(
            name='Doorslagstem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('aangemaakt_op', models.DateTimeField(auto_now_add=True, verbose_name='aangemaakt op')),
                ('gewijzigd_op', models.DateTimeField(auto_now=True, verbose_name='gewijzigd op')),
                ('functie', models.CharField(max_length=15, verbose_name='functie')),
                ('eigen_belang', models.BooleanField(default=False, verbose_name='houder heeft eigen belang')),
                ('plaatsvervanger', models.BooleanField(default=False, verbose_name='door de plaatsvervanger')),
                ('keuze', models.CharField(choices=[('voor', 'voor'), ('tegen', 'tegen'), ('blanco', 'blanco')], max_length=6, verbose_name='stem')),
                ('op', models.DateTimeField(verbose_name='wanneer')),
                ('gebruiker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kring', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kring.kring', verbose_name='kring')),
                ('stemming', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='doorslag', to='reglement.stemming')),
            ],
            options={
                'verbose_name': 'doorslaggevende stem',
                'verbose_name_plural': 'doorslaggevende stemmen',
                'constraints': [models.CheckConstraint(condition=models.Q(('keuze', 'blanco'), _negated=True), name='doorslagstem_kiest')],
            },
        ),
        migrations.CreateModel(
            name='Hoofdelijkestem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('aangemaakt_op', models.DateTimeField(auto_now_add=True, verbose_name='aangemaakt op')),
                ('gewijzigd_op', models.DateTimeField(auto_now=True, verbose_name='gewijzigd op')),
                ('keuze', models.CharField(choices=[('voor', 'voor'), ('tegen', 'tegen'), ('blanco', 'blanco')], max_length=6, verbose_name='stem')),
                ('op', models.DateTimeField(verbose_name='wanneer')),
                ('deelnemer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kring.deelnemer')),
                ('gebruiker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kring', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kring.kring', verbose_name='kring')),
                ('stemming', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stemmen', to='reglement.stemming')),
            ],
            options={
                'verbose_name': 'hoofdelijke stem',
                'verbose_name_plural': 'hoofdelijke stemmen',
                'ordering': ['op'],
                'constraints': [models.UniqueConstraint(fields=('stemming', 'deelnemer'), name='hoofdelijkestem_eenmaal', violation_error_message='Je praktijk heeft al gestemd. Die stem telt.')],
            },
        ),
        migrations.CreateModel(
            name='Stemopkomst',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('deelnemer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kring.deelnemer')),
                ('kring', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kring.kring', verbose_name='kring')),
                ('stemming', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opkomst', to='reglement.stemming')),
            ],
            options={
                'verbose_name': 'opkomst',
                'verbose_name_plural': 'opkomst',
                'constraints': [models.UniqueConstraint(fields=('stemming', 'deelnemer'), name='stemopkomst_eenmaal', violation_error_message='Je praktijk heeft al gestemd. Die stem telt.')],
            },
        ),
        Beveilig("Stemming"),
        Beveilig("Hoofdelijkestem", append_only=True),
        Beveilig("Stemopkomst", append_only=True),
        Beveilig("Stembus"),
        Beveilig("Belangverklaring", append_only=True),
        Beveilig("Doorslagstem", append_only=True),
    ]
