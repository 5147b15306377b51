"""The access log becomes a chain per kring; see docs/besluiten/0008-logketen.md.

The SQL is frozen here: lines that were chained in this way must stay verifiable in this way.
"""

import django.db.models.deletion
from django.db import migrations, models

from kern.migraties import Beveilig

# PostgreSQL writes a JSON array of these exactly as Python's json.dumps(ensure_ascii=False) does.
TEXT = """json_build_array(
    {row}.volgnummer, {row}.id, (extract(epoch FROM {row}.tijdstip) * 1000000)::bigint,
    {row}.kring_id, {row}.gebeurtenis, {row}.actie, {row}.uitkomst, {row}.gebruiker_id,
    {row}.gebruiker_naam, {row}.rollen, {row}.doel, {row}.toegangspunt, {row}.verzoek,
    {row}.object_soort, {row}.object_id, {row}.patient_id)::text"""

# The owner is bound by the policies too (FORCE). The head gets a policy of its own for the owner,
# so that the function needs no kring context; the web role has no right to write the table.
FUNCTION = (
    """
CREATE FUNCTION kern_schakel_logregel() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
    DECLARE
        kop public.kern_logkop%ROWTYPE;
    BEGIN
        SELECT * INTO kop FROM public.kern_logkop WHERE kring_id = NEW.kring_id FOR UPDATE;
        IF NOT FOUND THEN
            INSERT INTO public.kern_logkop (kring_id, volgnummer, hash)
                VALUES (NEW.kring_id, 0, decode(repeat('00', 32), 'hex'))
                ON CONFLICT (kring_id) DO NOTHING;
            SELECT * INTO STRICT kop FROM public.kern_logkop
                WHERE kring_id = NEW.kring_id FOR UPDATE;
        END IF;
        NEW.volgnummer := kop.volgnummer + 1;
        NEW.vorige_hash := kop.hash;
        NEW.hash := sha256(kop.hash || convert_to("""
    + TEXT.format(row="NEW")
    + """, 'UTF8'));
        UPDATE public.kern_logkop SET volgnummer = NEW.volgnummer, hash = NEW.hash
            WHERE id = kop.id;
        RETURN NEW;
    END
    $$;
REVOKE ALL ON FUNCTION kern_schakel_logregel() FROM PUBLIC;
CREATE TRIGGER schakel BEFORE INSERT ON kern_logregel
    FOR EACH ROW EXECUTE FUNCTION kern_schakel_logregel();
CREATE POLICY keten ON kern_logkop TO CURRENT_USER USING (true) WITH CHECK (true);
"""
)

# In one pass with the head in variables: a head row that changes a million times in one
# transaction leaves a million dead versions behind.
CHAIN_EXISTING = (
    """
DO $$
DECLARE
    regel record;
    kring bigint;
    nummer bigint;
    vorige bytea;
BEGIN
    FOR regel IN SELECT * FROM kern_logregel ORDER BY kring_id, id LOOP
        IF kring IS DISTINCT FROM regel.kring_id THEN
            kring := regel.kring_id;
            nummer := 0;
            vorige := decode(repeat('00', 32), 'hex');
        END IF;
        nummer := nummer + 1;
        regel.volgnummer := nummer;
        regel.vorige_hash := vorige;
        vorige := sha256(vorige || convert_to("""
    + TEXT.format(row="regel")
    + """, 'UTF8'));
        UPDATE kern_logregel
            SET volgnummer = nummer, vorige_hash = regel.vorige_hash, hash = vorige
            WHERE id = regel.id;
    END LOOP;
    INSERT INTO kern_logkop (kring_id, volgnummer, hash)
        SELECT DISTINCT ON (kring_id) kring_id, volgnummer, hash
        FROM kern_logregel ORDER BY kring_id, volgnummer DESC;
END
$$;
"""
)

# For this one pass the lines may change and are all visible to the owner.
OPEN = """
ALTER TABLE kern_logregel DISABLE TRIGGER alleen_toevoegen;
ALTER TABLE kern_logregel NO FORCE ROW LEVEL SECURITY;
"""
CLOSE = """
ALTER TABLE kern_logregel FORCE ROW LEVEL SECURITY;
ALTER TABLE kern_logregel ENABLE TRIGGER alleen_toevoegen;
"""
BACK = """
DROP TRIGGER schakel ON kern_logregel;
DROP FUNCTION kern_schakel_logregel();
"""


class Migration(migrations.Migration):
    dependencies = [("kern", "0003_cachetabel")]

    operations = [
        migrations.CreateModel(
            name="Logkop",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("volgnummer", models.BigIntegerField()),
                ("hash", models.BinaryField()),
                (
                    "kring",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kring.kring",
                    ),
                ),
            ],
            options={
                "verbose_name": "kop van het logboek",
                "verbose_name_plural": "koppen van het logboek",
                "constraints": [
                    models.UniqueConstraint(fields=("kring",), name="logkop_een_per_kring")
                ],
            },
        ),
        Beveilig("Logkop", parent=False),
        migrations.RunSQL(FUNCTION, BACK),
        migrations.RunSQL(OPEN + CHAIN_EXISTING + CLOSE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="logregel",
            constraint=models.UniqueConstraint(
                fields=("kring", "volgnummer"), name="logregel_volgnummer"
            ),
        ),
    ]
