"""Versions of the protocol per kring, and the version each call was begun with."""

import django.contrib.postgres.fields
import django.db.models.deletion
import kern.velden
import uuid
from django.conf import settings
from django.db import migrations, models

from kern.migraties import Beveilig


# What is agreed on stays as it was agreed on, whoever writes the SQL. The moment from which a version
# is in force may move until it has come; into the past only where no call has begun since, so that
# no call is ever judged by a version other than the one that it was taken under.
GUARD_SQL = """
CREATE FUNCTION triage_protocolversie_vast() RETURNS trigger LANGUAGE plpgsql
    AS $$
    DECLARE
        stappen text[] := ARRAY['status', 'aangeboden_door_id', 'aangeboden_op',
            'teruggestuurd_door_id', 'teruggestuurd_op', 'teruggestuurd_reden',
            'goedgekeurd_door_id', 'goedgekeurd_op', 'gewijzigd_op', 'wijziging'];
        ingang text[] := ARRAY['van_kracht_vanaf', 'van_kracht_door_id', 'gewijzigd_op', 'wijziging'];
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            RAISE EXCEPTION 'protocolversies blijven bewaard';
        ELSIF TG_OP = 'DELETE' THEN
            IF OLD.status <> 'concept' THEN
                RAISE EXCEPTION 'alleen een concept kan weg';
            END IF;
            RETURN OLD;
        ELSIF TG_OP = 'INSERT' THEN
            IF NEW.status <> 'concept' THEN
                RAISE EXCEPTION 'een protocolversie begint als concept';
            END IF;
            RETURN NEW;
        END IF;
        IF OLD.status = 'concept' AND NEW.status = 'goedgekeurd' THEN
            RAISE EXCEPTION 'eerst aanbieden, dan goedkeuren';
        END IF;
        IF OLD.status = 'aangeboden' AND to_jsonb(OLD) - stappen <> to_jsonb(NEW) - stappen THEN
            RAISE EXCEPTION 'een aangeboden versie ligt vast';
        END IF;
        IF OLD.status = 'goedgekeurd' AND to_jsonb(OLD) - ingang <> to_jsonb(NEW) - ingang THEN
            RAISE EXCEPTION 'een goedgekeurde versie ligt vast';
        END IF;
        IF OLD.van_kracht_vanaf <= clock_timestamp() THEN
            RAISE EXCEPTION 'een versie die van kracht is ligt vast';
        END IF;
        IF NEW.goedgekeurd_door_id = ANY(NEW.makers) THEN
            RAISE EXCEPTION 'wie meeschreef keurt niet goed';
        END IF;
        IF NEW.van_kracht_vanaf IS DISTINCT FROM OLD.van_kracht_vanaf
            AND NEW.van_kracht_vanaf < now()
            AND EXISTS (SELECT FROM triage_oproep WHERE kring_id = NEW.kring_id
                        AND aangenomen_op >= NEW.van_kracht_vanaf)
        THEN
            RAISE EXCEPTION 'sinds dat moment is er al een oproep aangenomen';
        END IF;
        RETURN NEW;
    END
    $$;
CREATE TRIGGER protocolversie_vast BEFORE INSERT OR UPDATE OR DELETE ON triage_protocolversie
    FOR EACH ROW EXECUTE FUNCTION triage_protocolversie_vast();
CREATE TRIGGER protocolversie_blijft BEFORE TRUNCATE ON triage_protocolversie
    FOR EACH STATEMENT EXECUTE FUNCTION triage_protocolversie_vast();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('kring', '0005_factorherstel'),
        ('triage', '0004_moment_van_uitkomst'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Protocolversie',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('aangemaakt_op', models.DateTimeField(auto_now_add=True, verbose_name='aangemaakt op')),
                ('gewijzigd_op', models.DateTimeField(auto_now=True, verbose_name='gewijzigd op')),
                ('nummer', models.PositiveIntegerField(verbose_name='nummer')),
                ('status', models.CharField(choices=[('concept', 'concept'), ('aangeboden', 'wacht op akkoord'), ('goedgekeurd', 'goedgekeurd')], default='concept', max_length=12, verbose_name='status')),
                ('regelset', models.CharField(max_length=80, verbose_name='regelset')),
                ('instellingen', models.JSONField(default=dict, verbose_name='instellingen')),
                ('lokale_regels', models.JSONField(default=list, verbose_name='lokale regels')),
                ('toelichting', kern.velden.VrijeTekstField(blank=True, default='', max_length=4000, verbose_name='waarom deze versie')),
                ('makers', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('aangeboden_op', models.DateTimeField(blank=True, null=True, verbose_name='aangeboden op')),
                ('teruggestuurd_op', models.DateTimeField(blank=True, null=True, verbose_name='teruggestuurd op')),
                ('teruggestuurd_reden', kern.velden.VrijeTekstField(blank=True, default='', max_length=4000, verbose_name='reden van terugsturen')),
                ('goedgekeurd_op', models.DateTimeField(blank=True, null=True, verbose_name='goedgekeurd op')),
                ('van_kracht_vanaf', models.DateTimeField(blank=True, null=True, verbose_name='van kracht vanaf')),
                ('wijziging', models.PositiveIntegerField(default=1)),
                ('aangeboden_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='aangeboden door')),
                ('gemaakt_door', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gemaakt_van', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='triage.protocolversie')),
                ('goedgekeurd_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='goedgekeurd door')),
                ('kring', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kring.kring', verbose_name='kring')),
                ('teruggestuurd_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='teruggestuurd door')),
                ('van_kracht_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='van kracht gezet door')),
            ],
            options={
                'verbose_name': 'protocolversie',
                'verbose_name_plural': 'protocolversies',
                'ordering': ['-nummer'],
                'constraints': [models.UniqueConstraint(fields=('kring', 'nummer'), name='protocolversie_nummer'), models.UniqueConstraint(fields=('kring', 'van_kracht_vanaf'), name='protocolversie_een_per_moment', violation_error_message='Op dit moment gaat al een andere versie gelden. Kies een ander tijdstip.'), models.CheckConstraint(condition=models.Q(models.Q(('goedgekeurd_door__isnull', False), ('status', 'goedgekeurd'), ('goedgekeurd_op__isnull', False)), models.Q(models.Q(('status', 'goedgekeurd'), _negated=True), ('goedgekeurd_door__isnull', True), ('goedgekeurd_op__isnull', True)), _connector='OR'), name='protocolversie_goedgekeurd_door'), models.CheckConstraint(condition=models.Q(('goedgekeurd_door__isnull', True), models.Q(('goedgekeurd_door', models.F('gemaakt_door')), _negated=True), _connector='OR'), name='protocolversie_vier_ogen'), models.CheckConstraint(condition=models.Q(models.Q(('van_kracht_door__isnull', True), ('van_kracht_vanaf__isnull', True)), models.Q(('van_kracht_door__isnull', False), ('van_kracht_vanaf__isnull', False), ('status', 'goedgekeurd')), _connector='OR'), name='protocolversie_van_kracht_na_akkoord')],
            },
        ),
        migrations.AddField(
            model_name='oproep',
            name='protocolversie',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='oproepen', to='triage.protocolversie'),
        ),
        Beveilig("Protocolversie"),
        Beveilig("Oproep"),
        migrations.RunSQL(
            GUARD_SQL,
            "DROP TRIGGER protocolversie_blijft ON triage_protocolversie;"
            "DROP TRIGGER protocolversie_vast ON triage_protocolversie;"
            "DROP FUNCTION triage_protocolversie_vast();",
        ),
    ]
