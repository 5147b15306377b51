"""The access log (NEN 7513): who did or saw what of whom, when, why and from where.

Actions call `record` inside their own transaction: action and line stand or fall together.
Views call `note_read`. In a request all lines are collected and written last, just before the
commit, so that no page with patient data leaves the house without its lines, and so that the head
of the chain (kern.logketen) is locked for a moment only; see docs/besluiten/0008-logketen.md.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from kern import toegang
from kern.actor import Actor
from kern.models import Logregel
from kern.tenancy import set_context

ONBEKEND = "onbekend"
"""The access point when the server does not know the address."""


@dataclass(frozen=True)
class Opgespaard:
    """A collected line; `mark` stands among the on-commit calls as long as its action stands."""

    line: Logregel
    mark: Callable[[], None] | None = None


_collected: ContextVar[list[Opgespaard] | None] = ContextVar("logregels", default=None)


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
        # A server behind a unix socket that forgot to pass the address on.
        toegangspunt=by.toegangspunt or ONBEKEND,
        verzoek=by.verzoek,
        object_soort=object_soort,
        object_id=str(object_id or ""),
        patient_id=patient_id,
        namens_id=by.namens_id,
        namens_naam=by.namens_naam,
        toegangstabel=toegang.fingerprint(),
    )


def record(gebeurtenis: str, actie: str, *, by: Actor, **waarover) -> Logregel:
    """Write one line that stands or falls with the running transaction or savepoint.

    `gebeurtenis` is the event ("verslag.getekend"), `actie` one of C R U D E. `waarover` takes
    object_soort, object_id, patient_id, kring_id and uitkomst; never content. In a request the
    line is written at its end, elsewhere at once.
    """
    line = _line(gebeurtenis, actie, by, **waarover)
    collected = _collected.get()
    if collected is None:
        line.save(force_insert=True)
    else:
        collected.append(Opgespaard(line, _mark()))
    return line


def note_read(gebeurtenis: str, *, by: Actor, **waarover) -> None:
    """Note that something was shown; a rollback does not make it unseen."""
    line = _line(gebeurtenis, "R", by, **waarover)
    collected = _collected.get()
    if collected is None:
        line.save(force_insert=True)
    else:
        collected.append(Opgespaard(line))


def _mark() -> Callable[[], None]:
    """Return a call that Django forgets when the savepoint of this moment is rolled back."""

    def mark() -> None:
        """Do nothing: being on the list is all it is for."""

    transaction.on_commit(mark)
    return mark


@contextmanager
def collect() -> Iterator[list[Opgespaard]]:
    """Collect the lines of one request."""
    token = _collected.set([])
    try:
        yield _collected.get()
    finally:
        _collected.reset(token)


def write(collected: list[Opgespaard]) -> None:
    """Write the lines whose action still stands: the last work of the transaction.

    Checks that wait for the commit come first, because they may wait for the lock of another
    transaction; the kringen go in a fixed order. So nobody waits while holding a head.
    """
    standing = {call for _sids, call, *_rest in connection.run_on_commit}
    lines = [item.line for item in collected if item.mark is None or item.mark in standing]
    if not lines:
        return
    # Only an action leaves checks behind, and every action its line.
    if any(item.mark for item in collected):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    lines.sort(key=lambda line: line.kring_id)
    # A login writes a line in every kring of the person.
    set_context(sorted({line.kring_id for line in lines}))
    Logregel.objects.bulk_create(lines)
