"""Work of the sweeper: ask the next colleagues when it is time, close requests that ran out."""

import time

from django.db.models import Exists, OuterRef, Q

from kern.actor import Actor
from kern.tenancy import all_kring_ids, kring_context
from kern.tijd import db_now
from rooster import actions
from rooster.models import Dienstplaats, Ruilverzoek

RUST = 10.0
"""Seconds between two looks: terms are minutes at least, a round of the sweeper is a second."""

_next_look = 0.0


def look() -> None:
    """Do what is due, but not in every round of the sweeper."""
    global _next_look  # noqa: PLW0603  a fact about this process
    if time.monotonic() < _next_look:
        return
    _next_look = time.monotonic() + RUST
    do_due()


def do_due() -> int:
    """Close and ask whatever is due in any kring; return how many requests were touched."""
    nu = db_now()
    with kring_context(*all_kring_ids()):
        due = list(_due(nu).values_list("kring_id", "pk"))
    return sum(_do(kring_id, pk) for kring_id, pk in due)


def _due(nu):
    """Return the open requests of which the time came, or the place changed hands."""
    same = Dienstplaats.objects.filter(
        dienst=OuterRef("dienst"), rol=OuterRef("rol"), tandarts=OuterRef("tandarts")
    )
    filled = Dienstplaats.objects.filter(dienst=OuterRef("dienst"), rol=OuterRef("rol"))
    uitval = Q(soort=Ruilverzoek.Soort.UITVAL)
    return Ruilverzoek.objects.filter(status=Ruilverzoek.Status.OPEN).filter(
        Q(uiterlijk_op__lte=nu)
        | Q(volgende_ronde_op__lte=nu)
        | uitval & Exists(filled)
        | ~uitval & ~Exists(same)
    )


def _do(kring_id: int, pk) -> bool:
    by = Actor.system(kring_id, "ruilen")
    with kring_context(kring_id):
        verzoek = Ruilverzoek.objects.get(pk=pk)
        # The action looks again under the lock: another sweeper may have been first.
        return actions.expire_ruil(verzoek, by=by) or actions.ask_next_round(verzoek, by=by)
