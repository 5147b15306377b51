"""The list of files that were destroyed, outside the database: it survives a restore (S37).

One small file for each destruction, written before the first row goes. An old backup holds the
patient again, and not the decision; so whoever restores applies the list anew (`manage wislijst`,
and the sweeper does it by itself when it starts). A file names no person: random numbers, the
moment, and a mark made with the key of the blind index, so that nobody can write one by hand.
"""

import hmac
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from django.conf import settings
from psycopg import Connection, Error

from kern import crypto
from kern.kopie.gereedschap import write_atomically
from triage.models import Patient

FORMAAT = 1


class WislijstFout(Exception):
    """A file of the list that cannot be read or trusted; the text is for the administrator."""


@dataclass(frozen=True)
class Regel:
    """One destruction: what, where, on whose decision (ids of accounts), and when."""

    vernietiging: str
    kring_id: int
    patient: str
    grond: str
    coordinator_id: int
    coordinator_op: str
    fg_id: int
    fg_op: str
    formaat: int = FORMAAT
    merk: str = ""

    def sealed(self) -> "Regel":
        """Return the line with its mark."""
        return replace(self, merk=self._mark())

    def is_genuine(self) -> bool:
        return hmac.compare_digest(self.merk, self._mark())

    def _mark(self) -> str:
        plain = json.dumps(asdict(replace(self, merk="")), sort_keys=True)
        return crypto.blind_index(plain, place=f"rechten.wislijst|{self.kring_id}")


def lines_of(row) -> list[Regel]:
    """Return the lines of a confirmed `Vernietiging`: of the patient and of every joined row.

    In a backup of before the joining that row is a patient of its own.
    """
    joined = Patient.objects.filter(opgegaan_in=row.patient_id).values_list("pk", flat=True)
    main = Regel(
        vernietiging=str(row.pk),
        kring_id=row.kring_id,
        patient=str(row.patient_id),
        grond=row.grond,
        coordinator_id=row.coordinator_id,
        coordinator_op=row.coordinator_op.isoformat(),
        fg_id=row.fg_id,
        fg_op=row.fg_op.isoformat(),
    )
    more = [
        replace(main, vernietiging=str(uuid5(row.pk, str(pk))), patient=str(pk))
        for pk in sorted(joined)
    ]
    return [regel.sealed() for regel in (main, *more)]


def keep(row) -> None:
    """Write the lines to the disk; once is enough. `OSError` when that is impossible."""
    for regel in lines_of(row):
        path = settings.WISLIJST_MAP / f"wis-{regel.vernietiging}.json"
        if not path.exists():
            content = json.dumps(asdict(regel), indent=2, sort_keys=True) + "\n"
            write_atomically(path, [content.encode()])


def read_all(folder: Path | None = None) -> list[Regel]:
    """Return every line; `WislijstFout` at the first that is not one of ours."""
    return [_read(path) for path in sorted((folder or settings.WISLIJST_MAP).glob("wis-*.json"))]


def _read(path: Path) -> Regel:
    try:
        regel = Regel(**json.loads(path.read_text()))
        UUID(regel.vernietiging), UUID(regel.patient)
        datetime.fromisoformat(regel.coordinator_op), datetime.fromisoformat(regel.fg_op)
    except (OSError, ValueError, TypeError) as error:
        raise WislijstFout(f"{path.name} is geen regel van de wislijst.") from error
    if not regel.is_genuine():
        raise WislijstFout(
            f"{path.name} is niet door dit huis geschreven, of veranderd. Zet de wislijst terug "
            "uit de kopie, en eerst de sleutel 'index' (docs/productie.md)."
        )
    return regel


def apply_to_copy(connection: Connection) -> tuple[list[str], str]:
    """Destroy in a restored copy what was destroyed before; return the faults and a note.

    By the same function as on the real day: the drill shows that it works.
    """
    try:
        regels = read_all()
    except (WislijstFout, crypto.CryptoFout) as fault:
        return [str(fault)], ""
    faults, again = [], 0
    for regel in regels:
        try:
            again += apply(connection, regel)
        except Error as error:
            faults.append(f"{regel.vernietiging}: {error.diag.message_primary}")
    return faults, f"{len(regels)} op de lijst, waarvan {again} weer in deze kopie"


def apply(connection: Connection, regel: Regel) -> bool:
    """Destroy this patient again; return False when nobody of that number is there."""
    values = asdict(regel) | {"reden": _no_reason(regel)}
    with connection.transaction():
        connection.execute(_OPEN, values)
        if connection.execute(_THERE, values).fetchone() is None:
            return False
        connection.execute(_FORGET, values)
        connection.execute(_DECIDE, values)
        connection.execute("SELECT public.rechten_vernietig(%(vernietiging)s::uuid)", values)
    return True


def _no_reason(regel: Regel) -> bytes:
    place = f"rechten_vernietiging.reden|{regel.vernietiging}|{regel.kring_id}"
    return crypto.seal(b"", place=place)


# The function runs as the owner, who is bound by the walls: they must be on, with this kring open.
_OPEN = """
SELECT set_config('app.kringen', %(kring_id)s::text, true), set_config('row_security', 'on', true)
"""
_THERE = "SELECT FROM public.triage_patient WHERE id = %(patient)s AND kring_id = %(kring_id)s"
# An old backup has no decision, or one that was not yet agreed to.
_FORGET = """
DELETE FROM public.rechten_vernietiging
WHERE kring_id = %(kring_id)s AND patient_id = %(patient)s AND uitgevoerd_op IS NULL
"""
_DECIDE = """
INSERT INTO public.rechten_vernietiging (
    id, kring_id, aangemaakt_op, gewijzigd_op, patient_id, patient_nummer, grond,
    coordinator_id, coordinator_naam, coordinator_op, fg_id, fg_naam, fg_op, reden, aantallen)
VALUES (
    %(vernietiging)s, %(kring_id)s, now(), now(), %(patient)s, %(patient)s, %(grond)s,
    %(coordinator_id)s, '', %(coordinator_op)s, %(fg_id)s, '', %(fg_op)s, %(reden)s, '{}')
"""
