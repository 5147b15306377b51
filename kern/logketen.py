"""Verify the chain of the access log: recompute every line and name the first bad one.

hash = sha256(previous hash + text), where the text is a JSON array of the number and all fields:
unambiguous, and the same in PostgreSQL and Python. The trigger of migration 0005 makes it; this
module has an expression of its own, so that whoever changes the function is found as well.

A line of format 1 (before migration 0005) is hashed without the fields that came later; they are
empty in it. After a purge (S20) the chain begins at the last line that is gone (Logbegin).
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
_FIRST_FIELDS = """volgnummer, id, (extract(epoch FROM tijdstip) * 1000000)::bigint,
        kring_id, gebeurtenis, actie, uitkomst, gebruiker_id,
        gebruiker_naam, rollen, doel, toegangspunt, verzoek,
        object_soort, object_id, patient_id"""
_LATER_FIELDS = "namens_id, namens_naam, toegangstabel, formaat"
# A later field that is filled in an old line must not go unseen: then the text is the long one.
LINES_SQL = f"""
    SELECT volgnummer, convert_to(CASE
        WHEN formaat = 1 AND namens_id IS NULL AND namens_naam = '' AND toegangstabel = ''
        THEN json_build_array({_FIRST_FIELDS})
        ELSE json_build_array({_FIRST_FIELDS}, {_LATER_FIELDS}) END::text, 'UTF8'),
        vorige_hash, hash
    FROM public.kern_logregel WHERE kring_id = %s ORDER BY volgnummer
"""  # noqa: S608 (put together from our own constants)

OPGERUIMD = "logboek.opgeruimd"
"""The event of a purge: a line in the chain that holds the hash of the last purged line."""

TERMIJN = 5
"""Years that a line is kept at least (NEN 7513)."""


@dataclass(frozen=True)
class Kop:
    """The number and hash of the last line at some moment; `op` when it left the machine."""

    volgnummer: int
    hash: bytes
    op: datetime | None = None


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
    later = [line.namens_id, line.namens_naam, line.toegangstabel, line.formaat]
    if later != [None, "", "", 1]:
        fields += later
    return json.dumps(fields, ensure_ascii=False)


def head(kring_id: int) -> Kop:
    """Return the head of the open kring; that of an empty log when there is none."""
    with connection.cursor() as cursor:
        return _head_through(cursor, kring_id)


def verify(kring_id: int, ankers: Iterable[Kop] = ()) -> Uitslag:
    """Check the log of the open kring, also while others write in it."""
    with connection.cursor() as cursor:
        return verify_through(cursor, kring_id, ankers)


def verify_through(cursor: Any, kring_id: int, ankers: Iterable[Kop] = ()) -> Uitslag:
    """Check the log of a kring as this cursor sees it: Django's or psycopg's own.

    The head before the reading is an anchor like an exported one: that line must exist with that
    hash. The head after it tells how far honest lines can reach.
    """
    begin, fout = _begin_through(cursor, kring_id, ankers := list(ankers))
    if fout:
        return Uitslag(0, fout)
    controle = Controle([_head_through(cursor, kring_id), *ankers], begin)
    # COPY: the database makes the next lines while these are being hashed.
    # nosemgrep: sql-uit-tekst (a constant of this file)
    with cursor.copy(f"COPY ({LINES_SQL}) TO STDOUT (FORMAT binary)", [kring_id]) as copy:
        copy.set_types(["int8", "bytea", "bytea", "bytea"])
        fout = controle.walk(copy.rows())
        for _rest in copy:
            """Read to the end after a fault: a COPY that is broken off breaks the transaction."""
    end = fout or controle.end(_head_through(cursor, kring_id))
    return Uitslag(controle.nummer - begin.volgnummer, end)


def _begin_through(cursor: Any, kring_id: int, ankers: list[Kop]) -> tuple[Kop, Fout | None]:
    """Return where the chain begins, and what is wrong with that beginning.

    A purge is a line of the chain itself, so a beginning without its line is a forgery. A head
    that left the machine within the term before the purge tells of lines that had to be kept.
    """
    cursor.execute(
        "SELECT b.volgnummer, b.hash, "
        "(SELECT min(r.tijdstip) FROM public.kern_logregel r WHERE r.kring_id = b.kring_id "
        "AND r.gebeurtenis = %s AND r.object_id = encode(b.hash, 'hex')) "
        "FROM public.kern_logbegin b WHERE b.kring_id = %s ORDER BY b.volgnummer DESC LIMIT 1",
        [OPGERUIMD, kring_id],
    )
    row = cursor.fetchone()
    if row is None:
        return Kop(0, BEGIN), None
    begin, moment = Kop(row[0], bytes(row[1])), row[2]
    if moment is None:
        return begin, Fout(begin.volgnummer, "opgeruimd zonder regel in het logboek")
    if any(a.volgnummer == begin.volgnummer and a.hash != begin.hash for a in ankers):
        return begin, Fout(begin.volgnummer, "opgeruimd: anders dan de vastgelegde kop")
    limit = keep_from(moment, TERMIJN)
    young = [a for a in ankers if a.op and a.op > limit and a.volgnummer < begin.volgnummer]
    if young:
        first = min(a.volgnummer for a in young) + 1
        return begin, Fout(first, "opgeruimd binnen de bewaartermijn")
    return begin, None


def keep_from(moment: datetime, jaren: int) -> datetime:
    """Return the moment from which lines are still kept, `jaren` after they were written.

    Whole UTC days: a line goes at most a day late, never early. What was written on 29 February
    goes on 1 March, five years on; on 29 February itself nothing goes that 28 February would not.
    """
    day = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        return day.replace(year=day.year - jaren)
    except ValueError:
        return day.replace(year=day.year - jaren, day=28)


def _head_through(cursor: Any, kring_id: int) -> Kop:
    cursor.execute(
        "SELECT volgnummer, hash FROM public.kern_logkop WHERE kring_id = %s", [kring_id]
    )
    row = cursor.fetchone()
    return Kop(row[0], bytes(row[1])) if row else Kop(0, BEGIN)


class Controle:
    """One walk along the chain, up to the first line that is wrong."""

    def __init__(self, ankers: list[Kop], begin: Kop | None = None) -> None:
        begin = begin or Kop(0, BEGIN)
        self.needed = max(kop.volgnummer for kop in ankers)
        self.anchored: dict[int, set[bytes]] = {}
        for kop in ankers:
            self.anchored.setdefault(kop.volgnummer, set()).add(kop.hash)
        self.nummer = begin.volgnummer
        self.hash = begin.hash

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
