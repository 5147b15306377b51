"""What stays as it is, whoever writes the SQL: documents, adopted minutes, versions of the rules."""

from django.db import migrations

# What came in as a document stays what it is; the sealing may be renewed.
STUK = ("id", "kring_id", "vergadering_id", "agendapunt_id", "nummer", "grootte", "sha256")
STUK_SQL = f"""
CREATE TRIGGER stuk_blijft BEFORE UPDATE ON reglement_stuk FOR EACH ROW
    WHEN ({" OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in STUK)})
    EXECUTE FUNCTION kern_alleen_toevoegen()
"""
# Minutes that were adopted are fixed (MR 10.6).
NOTULEN_SQL = """
CREATE TRIGGER notulen_vast BEFORE UPDATE OR DELETE ON reglement_notulen FOR EACH ROW
    WHEN (OLD.status = 'vastgesteld') EXECUTE FUNCTION kern_alleen_toevoegen()
"""
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
    dependencies = [("reglement", "0001_initial")]

    operations = [
        migrations.RunSQL(STUK_SQL, "DROP TRIGGER stuk_blijft ON reglement_stuk"),
        migrations.RunSQL(NOTULEN_SQL, "DROP TRIGGER notulen_vast ON reglement_notulen"),
        migrations.RunSQL(
            GUARD_SQL,
            "DROP TRIGGER reglementversie_blijft ON reglement_reglementversie;"
            "DROP TRIGGER reglementversie_vast ON reglement_reglementversie;"
            "DROP FUNCTION reglement_versie_vast();",
        ),
    ]
