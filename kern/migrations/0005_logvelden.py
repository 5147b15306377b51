"""More fields in the chain, a purge after the term, and daily work; docs/besluiten/0013.

The SQL is frozen here: lines that were chained in this way must stay verifiable in this way. Lines
of before have format 1 and keep their hash.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from kern.migraties import Beveilig, InEenKeer

# As in 0004, but for the added fields and the format.
CHAIN = """
CREATE OR REPLACE FUNCTION kern_schakel_logregel() RETURNS trigger
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
        NEW.formaat := 2;
        NEW.hash := sha256(kop.hash || convert_to(json_build_array(
            NEW.volgnummer, NEW.id, (extract(epoch FROM NEW.tijdstip) * 1000000)::bigint,
            NEW.kring_id, NEW.gebeurtenis, NEW.actie, NEW.uitkomst, NEW.gebruiker_id,
            NEW.gebruiker_naam, NEW.rollen, NEW.doel, NEW.toegangspunt, NEW.verzoek,
            NEW.object_soort, NEW.object_id, NEW.patient_id, NEW.namens_id, NEW.namens_naam,
            NEW.toegangstabel, NEW.formaat)::text, 'UTF8'));
        UPDATE public.kern_logkop SET volgnummer = NEW.volgnummer, hash = NEW.hash
            WHERE id = kop.id;
        RETURN NEW;
    END
    $$;
"""

# The setting opens the door for one statement of `kern_ruim_logboek`. It gives no right: the web
# role has no DELETE anyway, and what the owner deletes by setting it by hand the chain tells.
KEEP = """
CREATE FUNCTION kern_logregel_vast() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
    AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND current_setting('app.log_opruimen', true) = 'ja' THEN
            RETURN NULL;
        END IF;
        RAISE EXCEPTION 'alleen toevoegen';
    END $$;
DROP TRIGGER alleen_toevoegen ON kern_logregel;
CREATE TRIGGER alleen_toevoegen BEFORE UPDATE OR DELETE OR TRUNCATE ON kern_logregel
    FOR EACH STATEMENT EXECUTE FUNCTION kern_logregel_vast();
"""

# Only the beginning of the chain goes, in one piece: a line with a false old date in the middle
# stays. The line about it is written here, so that nobody can purge without one.
PURGE = """
CREATE FUNCTION kern_ruim_logboek(p_kring bigint, p_voor timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
    DECLARE
        kop public.kern_logkop%ROWTYPE;
        blijver bigint;
        laatste record;
        weg bigint;
    BEGIN
        IF p_voor IS NULL OR p_voor > now() - interval '5 years' THEN
            RAISE EXCEPTION 'de bewaartermijn van vijf jaar is niet om';
        END IF;
        SELECT * INTO kop FROM public.kern_logkop WHERE kring_id = p_kring FOR UPDATE;
        SELECT volgnummer INTO blijver FROM public.kern_logregel
            WHERE kring_id = p_kring AND tijdstip >= p_voor ORDER BY volgnummer LIMIT 1;
        SELECT volgnummer, hash, tijdstip INTO laatste FROM public.kern_logregel
            WHERE kring_id = p_kring AND volgnummer < coalesce(blijver, kop.volgnummer + 1)
            ORDER BY volgnummer DESC LIMIT 1;
        IF NOT FOUND THEN
            RETURN 0;
        END IF;
        PERFORM set_config('app.log_opruimen', 'ja', true);
        DELETE FROM public.kern_logregel
            WHERE kring_id = p_kring AND volgnummer <= laatste.volgnummer;
        GET DIAGNOSTICS weg = ROW_COUNT;
        PERFORM set_config('app.log_opruimen', '', true);
        INSERT INTO public.kern_logbegin (kring_id, volgnummer, hash, tijdstip, aantal)
            VALUES (p_kring, laatste.volgnummer, laatste.hash, laatste.tijdstip, weg);
        INSERT INTO public.kern_logregel (kring_id, gebeurtenis, actie, uitkomst, gebruiker_naam,
                rollen, doel, toegangspunt, verzoek, object_soort, object_id)
            VALUES (p_kring, 'logboek.opgeruimd', 'D', 'geslaagd', 'bewaartermijn', 'systeem',
                'beheer', 'intern', '', 'logbegin', encode(laatste.hash, 'hex'));
        RETURN weg;
    END
    $$;
REVOKE ALL ON FUNCTION kern_ruim_logboek(bigint, timestamptz) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("kern", "0004_logketen")]

    operations = [
        InEenKeer(
            migrations.AddField(
                model_name="logregel",
                name="formaat",
                field=models.PositiveSmallIntegerField(db_default=1),
            ),
            migrations.AddField(
                model_name="logregel", name="namens_id", field=models.BigIntegerField(null=True)
            ),
            migrations.AddField(
                model_name="logregel",
                name="namens_naam",
                field=models.CharField(blank=True, db_default="", max_length=200),
            ),
            migrations.AddField(
                model_name="logregel",
                name="toegangstabel",
                field=models.CharField(blank=True, db_default="", max_length=12),
            ),
            migrations.AddIndex(
                model_name="logregel",
                index=models.Index(
                    condition=models.Q(
                        ("patient_id__isnull", True), models.Q(("object_id", ""), _negated=True)
                    ),
                    fields=["kring", "object_id"],
                    name="logregel_zonder_patient",
                ),
            ),
            migrations.AddConstraint(
                model_name="logregel",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("formaat", 1),
                        models.Q(
                            models.Q(("gebeurtenis", ""), _negated=True),
                            models.Q(("gebruiker_naam", ""), _negated=True),
                            models.Q(("doel", ""), _negated=True),
                            models.Q(("toegangspunt", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="logregel_verplichte_velden",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Logbegin",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("volgnummer", models.BigIntegerField()),
                ("hash", models.BinaryField()),
                ("tijdstip", models.DateTimeField()),
                ("aantal", models.BigIntegerField()),
                (
                    "opgeruimd_op",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
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
                "verbose_name": "begin van het logboek",
                "verbose_name_plural": "beginnen van het logboek",
                "constraints": [
                    models.UniqueConstraint(fields=("kring", "volgnummer"), name="logbegin_uniek")
                ],
            },
        ),
        Beveilig("Logbegin", append_only=True, parent=False),
        migrations.CreateModel(
            name="Dagtaak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("naam", models.CharField(max_length=40)),
                ("dag", models.DateField()),
                ("voor", models.BigIntegerField(default=0)),
                ("pogingen", models.PositiveIntegerField(default=0)),
                (
                    "volgende_poging_op",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("klaar_op", models.DateTimeField(null=True)),
                ("fout", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "dagtaak",
                "verbose_name_plural": "dagtaken",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("naam", "voor", "dag"), name="dagtaak_een_per_dag"
                    )
                ],
            },
        ),
        migrations.RunSQL(CHAIN, migrations.RunSQL.noop),
        migrations.RunSQL(
            KEEP,
            """
            DROP TRIGGER alleen_toevoegen ON kern_logregel;
            CREATE TRIGGER alleen_toevoegen BEFORE UPDATE OR DELETE OR TRUNCATE ON kern_logregel
                FOR EACH STATEMENT EXECUTE FUNCTION kern_alleen_toevoegen();
            DROP FUNCTION kern_logregel_vast();
            """,
        ),
        migrations.RunSQL(PURGE, "DROP FUNCTION kern_ruim_logboek(bigint, timestamptz)"),
    ]
