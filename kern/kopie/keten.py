"""The chain of the access log in the restored copy, kring by kring.

Rows and checksums tell whether the copy is what the database was; only the chain tells whether the
log was whole to begin with. Heads that left the machine before the copy was made see more: also a
tail that was cut together with its head, and a chain that was forged as a whole.
"""

from datetime import datetime
from pathlib import Path

from psycopg import Connection

from kern import logankers, logketen
from kern.kopie import KopieFout

NAAM = "Logketen van elke kring"


def check(
    connection: Connection, *, ankers: Path | None, gemaakt_op: datetime
) -> tuple[list[str], str]:
    """Return the first bad line of each kring, and a note about what was read."""
    koppen, herkomst = _anchors(ankers, gemaakt_op)
    faults, lines = [], 0
    kringen = _kringen(connection) | koppen.keys()
    for kring_id in sorted(kringen):
        # A transaction of its own: the log is streamed, however long it is.
        with connection.transaction(), connection.cursor() as cursor:
            known = [koppen[kring_id]] if kring_id in koppen else []
            uitslag = logketen.verify_through(cursor, kring_id, known)
        lines += uitslag.regels
        if uitslag.fout:
            faults.append(f"kring {kring_id}, regel {uitslag.fout.volgnummer}: {uitslag.fout.wat}")
    return faults, f"{lines} regels van {len(kringen)} kringen, {herkomst}"


def _kringen(connection: Connection) -> set[int]:
    rows = connection.execute(
        "SELECT kring_id FROM public.kern_logkop UNION SELECT kring_id FROM public.kern_logregel"
    ).fetchall()
    return {kring_id for (kring_id,) in rows}


def _anchors(path: Path | None, gemaakt_op: datetime) -> tuple[dict[int, logketen.Kop], str]:
    """Return the newest heads that were written before the copy was made.

    A file of later holds lines that an honest copy does not have yet.
    """
    if path is None:
        return {}, "zonder vastgelegde koppen"
    try:
        read = logankers.read_all(path)
    except logankers.AnkerFout as error:
        raise KopieFout(str(error)) from error
    earlier = [anker for anker in read if anker.gemaakt_op < gemaakt_op]
    if not earlier:
        return {}, "geen vastgelegde koppen van vóór deze kopie"
    newest = max(earlier, key=lambda anker: anker.gemaakt_op)
    return newest.by_id(), f"met de koppen van {newest.gemaakt_op:%Y-%m-%d %H:%M} UTC"
