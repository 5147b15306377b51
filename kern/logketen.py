"""Verify the chain of the access log: recompute every line and name the first bad one.

hash = sha256(previous hash + text), where the text is a JSON array of the number and all fields:
unambiguous, and the same in PostgreSQL and Python. The trigger of migration 0004 makes it; this
module has an expression of its own, so that whoever changes the function is found as well.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from kern.models import Logregel

BEGIN = bytes(32)
"""The previous hash of the first line."""

# The identical text as `canonical`; made by the database because that is much faster.
LINES_SQL = """
    SELECT volgnummer, convert_to(json_build_array(
        volgnummer, id, (extract(epoch FROM tijdstip) * 1000000)::bigint,
        kring_id, gebeurtenis, actie, uitkomst, gebruiker_id,
        gebruiker_naam, rollen, doel, toegangspunt, verzoek,
        object_soort, object_id, patient_id)::text, 'UTF8'),
        vorige_hash, hash
    FROM public.kern_logregel WHERE kring_id = %s ORDER BY volgnummer
"""


@dataclass(frozen=True)
class Kop:
    """The number and hash of the last line at some moment."""

    volgnummer: int
    hash: bytes


@dataclass(frozen=True)
class Fout:
    """The first bad line of a kring."""

    volgnummer: int
    wat: str


@dataclass(frozen=True)
class Uitslag:
    regels: int
    fout: Fout | None


Rij = tuple[int | None, bytes, bytes | None, bytes | None]
"""Number, text, previous hash and hash of a line as they stand in the table."""


def hash_of(vorige: bytes, tekst: bytes) -> bytes:
    """Return the hash of a line with this text after this hash."""
    return hashlib.sha256(vorige + tekst).digest()


def canonical(line: Logregel) -> str:
    """Return the text of a line over which its hash is taken."""
    since = line.tijdstip.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    fields = [
        line.volgnummer,
        line.pk,
        since // timedelta(microseconds=1),
        line.kring_id,
        line.gebeurtenis,
        line.actie,
        line.uitkomst,
        line.gebruiker_id,
        line.gebruiker_naam,
        line.rollen,
        line.doel,
        line.toegangspunt,
        line.verzoek,
        line.object_soort,
        line.object_id,
        str(line.patient_id) if line.patient_id else None,
    ]
    return json.dumps(fields, ensure_ascii=False)


def head(kring_id: int) -> Kop:
    """Return the head of the open kring; that of an empty log when there is none."""
    with connection.cursor() as cursor:
        return _head_through(cursor, kring_id)


def verify(kring_id: int, anker: Kop | None = None) -> Uitslag:
    """Check the log of the open kring, also while others write in it."""
    with connection.cursor() as cursor:
        return verify_through(cursor, kring_id, anker)


def verify_through(cursor: Any, kring_id: int, anker: Kop | None = None) -> Uitslag:
    """Check the log of a kring as this cursor sees it: Django's or psycopg's own.

    The head before the reading is an anchor like an exported one: that line must exist with that
    hash. The head after it tells how far honest lines can reach.
    """
    ankers = [_head_through(cursor, kring_id), *([anker] if anker else [])]
    controle = Controle(ankers)
    # COPY: the database makes the next lines while these are being hashed.
    with cursor.copy(f"COPY ({LINES_SQL}) TO STDOUT (FORMAT binary)", [kring_id]) as copy:
        copy.set_types(["int8", "bytea", "bytea", "bytea"])
        fout = controle.walk(copy.rows())
        for _rest in copy:
            """Read to the end after a fault: a COPY that is broken off breaks the transaction."""
    return Uitslag(controle.nummer, fout or controle.end(_head_through(cursor, kring_id)))


def _head_through(cursor: Any, kring_id: int) -> Kop:
    cursor.execute(
        "SELECT volgnummer, hash FROM public.kern_logkop WHERE kring_id = %s", [kring_id]
    )
    row = cursor.fetchone()
    return Kop(row[0], bytes(row[1])) if row else Kop(0, BEGIN)


class Controle:
    """One walk along the chain, up to the first line that is wrong."""

    def __init__(self, ankers: list[Kop]) -> None:
        self.needed = max(kop.volgnummer for kop in ankers)
        self.anchored: dict[int, set[bytes]] = {}
        for kop in ankers:
            self.anchored.setdefault(kop.volgnummer, set()).add(kop.hash)
        self.nummer = 0
        self.hash = BEGIN

    def walk(self, rows: Iterable[Rij]) -> Fout | None:
        """Follow the chain; a million times through here, so a right line costs one test."""
        sha256, anchored = hashlib.sha256, self.anchored
        nummer, last = self.nummer, self.hash
        for row in rows:
            right = (
                row[0] == nummer + 1
                and row[2] == last
                and row[3] == sha256(last + row[1]).digest()
                and (row[0] not in anchored or anchored[row[0]] == {row[3]})
            )
            if not right:
                self.nummer, self.hash = nummer, last
                return self._fault(row)
            nummer, last = row[0], row[3]
        self.nummer, self.hash = nummer, last
        return None

    def end(self, kop: Kop) -> Fout | None:
        """Judge the end of the chain by the anchors and by the head of now."""
        if self.nummer < self.needed:
            return Fout(self.nummer + 1, "ontbreekt: het einde is afgeknipt")
        if kop.volgnummer < self.nummer:
            return Fout(kop.volgnummer + 1, "ingevoegd na de kop")
        return None

    def _fault(self, row: Rij) -> Fout:
        nummer, tekst, vorige, own = row
        expected = self.nummer + 1
        if nummer != expected:
            return self._out_of_order(nummer, expected)
        if vorige != self.hash:
            return self._broken_link(row, expected)
        if own != hash_of(self.hash, tekst):
            return Fout(expected, "gewijzigd")
        return Fout(expected, "gewijzigd: anders dan de vastgelegde kop")

    def _out_of_order(self, nummer: int | None, expected: int) -> Fout:
        if nummer is None:
            # Lines without a number come last: everything before them was right.
            short = self.nummer < self.needed
            wat = "ontbreekt: het einde is afgeknipt" if short else "ingevoegd buiten de keten om"
            return Fout(expected, wat)
        if nummer > expected:
            return Fout(expected, "ontbreekt")
        return Fout(nummer, "ingevoegd: dit nummer hoort hier niet")

    def _broken_link(self, row: Rij, expected: int) -> Fout:
        """Tell whether this line was changed, or the one before it together with its own hash."""
        _, tekst, vorige, own = row
        if expected > 1 and vorige is not None and hash_of(vorige, tekst) == own:
            return Fout(expected - 1, "gewijzigd, met een nieuwe hash")
        return Fout(expected, "gewijzigd: sluit niet aan op de regel ervoor")
