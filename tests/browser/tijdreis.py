"""Let days pass for the rows of meetings and rules, in a running house, so that a term is over.

Nobody can wait three weeks for a convocation. Every day and moment of the app goes back by so many
days at once, also in what is append-only: what the product refuses, the superuser of a test may.
"""

import psycopg

from spoeddienst.servers import omgeving

SHIFT = """
DO $$
DECLARE kolom record; rij record; dagen interval := make_interval(days => {dagen});
BEGIN
  FOR kolom IN
    SELECT table_name AS tabel, column_name AS naam, data_type AS soort
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name LIKE 'reglement\\_%'
      AND table_name <> 'reglement_deelname'
      AND data_type IN ('date', 'timestamp with time zone')
  LOOP
    EXECUTE format('UPDATE public.%I SET %I = %I - $1', kolom.tabel, kolom.naam, kolom.naam)
      USING dagen;
  END LOOP;
  -- One by one, the oldest first: two stretches of a practice never overlap.
  FOR rij IN SELECT id FROM public.reglement_deelname ORDER BY vanaf LOOP
    UPDATE public.reglement_deelname SET vanaf = vanaf - dagen, tot = tot - dagen
      WHERE id = rij.id;
  END LOOP;
  -- The days that a step of a royement counts.
  FOR kolom IN SELECT unnest(ARRAY['verzonden', 'vergadering', 'termijn_einde']) AS naam LOOP
    UPDATE public.reglement_royementstap
      SET gegevens = jsonb_set(gegevens, ARRAY[kolom.naam],
        to_jsonb(((gegevens ->> kolom.naam)::date - {dagen})::text))
      WHERE gegevens ->> kolom.naam IS NOT NULL;
  END LOOP;
END $$
"""


def days_pass(huis, dagen: int) -> None:
    """Let so many days pass between this moment and everything that happened in the app."""
    url = omgeving.database_url(huis.instantie, "postgres")
    with psycopg.connect(url, connect_timeout=5) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(SHIFT.format(dagen=int(dagen)))
