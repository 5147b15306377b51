"""The access log (NEN 7513): who did or saw what of whom, when, why and from where.

Actions call `record` inside their own transaction: action and line stand or fall together.
Views call `note_read`; those lines are collected and written last, just before the commit, so
that no page with patient data leaves the house without its lines.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from kern.actor import Actor
from kern.models import Logregel

_collected: ContextVar[list[Logregel] | None] = ContextVar("logregels", default=None)


def _line(
    gebeurtenis: str,
    actie: str,
    by: Actor,
    *,
    object_soort: str = "",
    object_id: object = "",
    patient_id: UUID | None = None,
    kring_id: int | None = None,
    uitkomst: str = "geslaagd",
) -> Logregel:
    return Logregel(
        gebeurtenis=gebeurtenis,
        actie=actie,
        uitkomst=uitkomst,
        kring_id=kring_id or by.kring_id,
        gebruiker_id=by.gebruiker_id,
        gebruiker_naam=by.naam,
        rollen=",".join(sorted(by.rollen)),
        doel=by.doel,
        toegangspunt=by.toegangspunt,
        verzoek=by.verzoek,
        object_soort=object_soort,
        object_id=str(object_id or ""),
        patient_id=patient_id,
    )


def record(gebeurtenis: str, actie: str, *, by: Actor, **waarover) -> Logregel:
    """Write one line now, in the running transaction.

    `gebeurtenis` is the event ("verslag.getekend"), `actie` one of C R U D E. `waarover` takes
    object_soort, object_id, patient_id, kring_id and uitkomst; never content.
    """
    line = _line(gebeurtenis, actie, by, **waarover)
    line.save(force_insert=True)
    return line


def note_read(gebeurtenis: str, *, by: Actor, **waarover) -> None:
    """Note that something was shown; written when the request ends, or now outside a request."""
    line = _line(gebeurtenis, "R", by, **waarover)
    collected = _collected.get()
    if collected is None:
        line.save(force_insert=True)
    else:
        collected.append(line)


@contextmanager
def collect() -> Iterator[list[Logregel]]:
    """Collect the read lines of one request."""
    token = _collected.set([])
    try:
        yield _collected.get()
    finally:
        _collected.reset(token)


def write(lines: list[Logregel]) -> None:
    """Write the collected lines; each insert is one statement for the whole page."""
    if lines:
        Logregel.objects.bulk_create(lines)
