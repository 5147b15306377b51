"""The life of a version: how it was adopted, its text as adopted, and that it then stays as it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kern.migraties import Beveilig

# What was put to the vote is what was voted on, and what was adopted stays as it was adopted, whoever
# writes the SQL. Only when the version underneath moved in between (`vorige`) do the changes of a
# proposal move along with it. Later nothing changes but that it was sent, once.
GUARD_SQL = """
CREATE FUNCTION reglement_versie_vast() RETURNS trigger LANGUAGE plpgsql
    AS $$
    DECLARE
        stappen text[] := ARRAY['status', 'nummer', 'inhoud', 'sha256', 'besluit_id', 'besloten_op',
            'geldig_vanaf', 'verwerkt_op', 'verzonden_op', 'voorgelegd_op', 'gewijzigd_op'];
        verplaatst text[] := ARRAY['vorige_id', 'variabelen', 'lezing', 'teksten'];
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            RAISE EXCEPTION 'reglementversies blijven bewaard';
        ELSIF TG_OP = 'DELETE' THEN
            IF OLD.status <> 'concept' THEN
                RAISE EXCEPTION 'alleen een concept kan weg';
            END IF;
            RETURN OLD;
        ELSIF OLD.status = 'concept' THEN
            RETURN NEW;
        ELSIF OLD.status = 'voorgelegd' THEN
            IF NEW.status = 'vastgesteld' AND NEW.vorige_id IS DISTINCT FROM OLD.vorige_id THEN
                stappen := stappen || verplaatst;
            END IF;
            IF to_jsonb(OLD) - stappen <> to_jsonb(NEW) - stappen THEN
                RAISE EXCEPTION 'een voorgelegde versie ligt vast';
            END IF;
        ELSIF to_jsonb(OLD) - ARRAY['verzonden_op', 'gewijzigd_op']
                <> to_jsonb(NEW) - ARRAY['verzonden_op', 'gewijzigd_op']
            OR (OLD.verzonden_op IS NOT NULL
                AND OLD.verzonden_op IS DISTINCT FROM NEW.verzonden_op)
        THEN
            RAISE EXCEPTION 'deze versie ligt vast';
        END IF;
        RETURN NEW;
    END
    $$;
CREATE TRIGGER reglementversie_vast BEFORE UPDATE OR DELETE ON reglement_reglementversie
    FOR EACH ROW EXECUTE FUNCTION reglement_versie_vast();
CREATE TRIGGER reglementversie_blijft BEFORE TRUNCATE ON reglement_reglementversie
    FOR EACH STATEMENT EXECUTE FUNCTION reglement_versie_vast();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('kring', '0010_ophaal_dagen_zin'),
        ('reglement', '0006_lidmaatschap'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='agendapunt',
            name='reglementversie',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agendapunten', to='reglement.reglementversie'),
        ),
        migrations.AddField(
            model_name='ondertekening',
            name='genoteerd_door',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ondertekening',
            name='wijze',
            field=models.CharField(choices=[('zelf', 'hier, met een verse tweede factor'), ('papier', 'op papier')], default='zelf', max_length=6, verbose_name='hoe'),
        ),
        migrations.AddField(
            model_name='reglementversie',
            name='inhoud',
            field=models.JSONField(default=dict, verbose_name='tekst'),
        ),
        migrations.AddField(
            model_name='reglementversie',
            name='reden',
            field=models.CharField(blank=True, max_length=300, verbose_name='hoe vastgesteld'),
        ),
        migrations.AddField(
            model_name='reglementversie',
            name='toelichting',
            field=models.TextField(blank=True, max_length=4000, verbose_name='waarom deze wijziging'),
        ),
        migrations.AddField(
            model_name='reglementversie',
            name='voorgelegd_op',
            field=models.DateTimeField(null=True, verbose_name='voorgelegd op'),
        ),
        migrations.AddField(
            model_name='reglementversie',
            name='wijziging',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name='ondertekening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('genoteerd_door__isnull', True), ('wijze', 'zelf')), models.Q(('genoteerd_door__isnull', False), ('wijze', 'papier')), _connector='OR'), name='ondertekening_papier_is_genoteerd'),
        ),
        migrations.AddConstraint(
            model_name='reglementversie',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'vastgesteld'), _negated=True), ('besluit__isnull', False), models.Q(('reden', ''), _negated=True), _connector='OR'), name='reglementversie_heeft_een_grond'),
        ),
        migrations.AddConstraint(
            model_name='reglementversie',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'voorgelegd')), fields=('kring',), name='reglementversie_een_voorstel', violation_error_message='Er ligt al een voorstel bij de vergadering. Wacht op het besluit, of haal dat voorstel terug.'),
        ),
        Beveilig("Agendapunt"),
        migrations.RunSQL(
            GUARD_SQL,
            "DROP TRIGGER reglementversie_blijft ON reglement_reglementversie;"
            "DROP TRIGGER reglementversie_vast ON reglement_reglementversie;"
            "DROP FUNCTION reglement_versie_vast();",
        ),
    ]
