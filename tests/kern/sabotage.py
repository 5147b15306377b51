"""Ways in which someone with all rights on the database can falsify the access log."""
# ruff: noqa: S608 (the statements are put together from our own constants)

import psycopg

from kern import logketen
from tests import databank
from tests.conftest import CLONE

LINES = 12
"""The number of lines in the kring that is tampered with."""


class Sabotage:
    """The superuser without triggers, on one kring of LINES lines; each method names the fault."""

    at = "kring_id = %s AND volgnummer = %s"

    def __init__(self, kring_id, rng):
        self.kring_id, self.rng = kring_id, rng
        self.db = psycopg.connect(databank.database_url(CLONE, databank.SUPERUSER_URL))
        self.db.execute("SET session_replication_role = replica")

    def run(self, statement, *values):
        cursor = self.db.execute(statement, values)
        assert cursor.rowcount == 1, statement

    def edit(self):
        nummer = self.rng.randint(1, LINES)
        change = self.rng.choice(
            [
                "gebruiker_naam = 'Ander'",
                "tijdstip = tijdstip - interval '1 microsecond'",
                "gebeurtenis = 'anders'",
                "actie = 'D'",
                "uitkomst = 'mislukt'",
                "patient_id = gen_random_uuid()",
                "gebruiker_id = 1",
                "hash = sha256(hash)",
                "vorige_hash = sha256(hash)",
                "hash = NULL",
                "rollen = doel || 'x'",
                "doel = 'openbaar'",
                "toegangspunt = '192.0.2.1'",
                "verzoek = 'GET triage:bord 000000000000'",
                "object_soort = 'oproep'",
                "object_id = object_id || '1'",
                "namens_id = 1",
                "namens_naam = 'Ander'",
                "toegangstabel = '000000000000'",
                "formaat = 1",
                "formaat = 1, namens_naam = '', toegangstabel = ''",
                "id = id + 1000000",
            ]
        )
        self.run(f"UPDATE kern_logregel SET {change} WHERE {self.at}", self.kring_id, nummer)
        return nummer

    def edit_and_rehash(self):
        """Give the changed line a right hash; the next line, or the head, tells."""
        nummer = self.rng.randint(1, LINES)
        self.run(
            f"UPDATE kern_logregel SET gebruiker_naam = 'Ander' WHERE {self.at}",
            self.kring_id,
            nummer,
        )
        self.rehash(nummer)
        return nummer

    def rehash(self, nummer):
        query = logketen.LINES_SQL.replace("ORDER", "AND volgnummer = %s ORDER")
        _, tekst, vorige, _ = self.db.execute(query, [self.kring_id, nummer]).fetchone()
        self.run(
            f"UPDATE kern_logregel SET hash = %s WHERE {self.at}",
            logketen.hash_of(vorige, tekst),
            self.kring_id,
            nummer,
        )

    def delete(self):
        nummer = self.rng.randint(1, LINES)
        self.run(f"DELETE FROM kern_logregel WHERE {self.at}", self.kring_id, nummer)
        return nummer

    def insert(self):
        """Push a forged line between two lines; the numbers after it move up."""
        nummer = self.rng.randint(1, LINES)
        self.shift(nummer, 1)
        self.forge(nummer)
        return nummer

    def shift(self, start, step):
        for delta in (1000, step - 1000):
            self.db.execute(
                "UPDATE kern_logregel SET volgnummer = volgnummer + %s "
                "WHERE kring_id = %s AND volgnummer >= %s",
                [delta, self.kring_id, start],
            )

    def forge(self, nummer):
        self.run(
            "INSERT INTO kern_logregel (kring_id, gebeurtenis, actie, uitkomst, gebruiker_naam, "
            "rollen, doel, toegangspunt, verzoek, object_soort, object_id, volgnummer, "
            "vorige_hash, hash) VALUES (%s, 'vals', 'R', 'geslaagd', 'Vals', '', '', '', '', '', "
            "'', %s, sha256('a'), sha256('b'))",
            self.kring_id,
            nummer,
        )

    def insert_without_number(self):
        self.forge(None)
        return LINES + 1

    def insert_after_the_head(self):
        self.forge(LINES + 1)
        return LINES + 1

    def remove_and_close_the_gap(self):
        nummer = self.rng.randint(1, LINES - 1)
        self.run(f"DELETE FROM kern_logregel WHERE {self.at}", self.kring_id, nummer)
        self.shift(nummer + 1, -1)
        return nummer

    def reorder(self):
        first, second = sorted(self.rng.sample(range(1, LINES + 1), 2))
        for old, new in ((first, 900), (second, first), (900, second)):
            self.run(
                f"UPDATE kern_logregel SET volgnummer = %s WHERE {self.at}",
                new,
                self.kring_id,
                old,
            )
        return first

    def cut_the_tail(self):
        """Also put the head back: only the exported head knows better."""
        last = self.rng.randint(0, LINES - 1)
        self.db.execute(
            "DELETE FROM kern_logregel WHERE kring_id = %s AND volgnummer > %s",
            [self.kring_id, last],
        )
        self.reset_head(last)
        return last + 1

    def reset_head(self, last):
        if last == 0:
            self.run("DELETE FROM kern_logkop WHERE kring_id = %s", self.kring_id)
            return
        self.run(
            "UPDATE kern_logkop k SET volgnummer = r.volgnummer, hash = r.hash FROM kern_logregel "
            "r WHERE k.kring_id = r.kring_id AND r.kring_id = %s AND r.volgnummer = %s",
            self.kring_id,
            last,
        )

    def cut_the_beginning(self):
        """Make it look like a purge after the term; a purge writes a line, and this one did not."""
        first = self.rng.randint(1, LINES - 1)
        self.db.execute(
            "INSERT INTO kern_logbegin (kring_id, volgnummer, hash, tijdstip, aantal) "
            "SELECT kring_id, volgnummer, hash, tijdstip, volgnummer FROM kern_logregel "
            f"WHERE {self.at}",
            [self.kring_id, first],
        )
        self.db.execute(
            "DELETE FROM kern_logregel WHERE kring_id = %s AND volgnummer <= %s",
            [self.kring_id, first],
        )
        return first

    def rewrite_all(self):
        """Forge a whole valid chain from some line on; only the exported head knows better."""
        start = self.rng.randint(1, LINES)
        self.run(
            f"UPDATE kern_logregel SET gebruiker_naam = 'Ander' WHERE {self.at}",
            self.kring_id,
            start,
        )
        for nummer in range(start, LINES + 1):
            self.rehash(nummer)
            self.db.execute(
                "UPDATE kern_logregel n SET vorige_hash = o.hash FROM kern_logregel o "
                "WHERE n.kring_id = o.kring_id AND n.volgnummer = o.volgnummer + 1 "
                "AND o.kring_id = %s AND o.volgnummer = %s",
                [self.kring_id, nummer],
            )
        self.reset_head(LINES)
        return LINES


TRICKS = [name for name in vars(Sabotage) if name.startswith(("edit", "delete", "insert"))] + [
    "remove_and_close_the_gap",
    "reorder",
    "cut_the_tail",
    "cut_the_beginning",
    "rewrite_all",
]


def verify_over(db, kring_id, anker):
    """Verify what the saboteur's own, uncommitted transaction sees."""
    with db.cursor() as cursor:
        return logketen.verify_through(cursor, kring_id, [anker] if anker else []).fout
