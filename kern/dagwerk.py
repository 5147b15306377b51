"""Daily work: named jobs that run once a day, by the sweeper (`manage bezorg`), without cron.

A job registers in `AppConfig.ready`. It is due from its hour on (Amsterdam wall clock), also when
the house was down at that hour; a job learns when it last succeeded, so that it can cover a gap.
One job for one kring is one transaction that holds its row: killed halfway it leaves nothing and
runs again, and a second sweeper passes it by. What a job puts in the outbox leaves exactly once;
a file that it writes must bear being written twice.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from kern import logboek
from kern.models import Dagtaak
from kern.tenancy import all_kring_ids, kring_context
from kern.tijd import db_now, to_local

log = logging.getLogger(__name__)

HUIS = 0
"""`voor` of a job for the whole house."""


@dataclass(frozen=True)
class Beurt:
    """One run: for which kring (None: the house), for which day, and the day it last succeeded."""

    kring_id: int | None
    dag: date
    vorige: date | None


@dataclass(frozen=True)
class Dagwerk:
    naam: str
    functie: Callable[[Beurt], None]
    uur: int
    per_kring: bool


_WERK: dict[str, Dagwerk] = {}


def register(
    naam: str, functie: Callable[[Beurt], None], *, uur: int = 5, per_kring: bool = True
) -> None:
    """Offer a job, due each day from `uur` on; the kring is open while it runs for one."""
    _WERK[naam] = Dagwerk(naam, functie, uur, per_kring)


def run_next(moment: datetime | None = None) -> str | None:
    """Do one job that is due; return its name, or None when nothing was. Never raises for a job.

    One at a time, so that a message in the outbox waits for one job at most.
    """
    nu = moment or db_now()
    for werk, voor, dag in _due(nu):
        if _run(werk, voor, dag):
            return werk.naam
    return None


def _due(nu: datetime) -> Iterator[tuple[Dagwerk, int, date]]:
    local = to_local(nu)
    dag = local.date()
    # Done, or failed a moment ago.
    rows = Dagtaak.objects.filter(dag=dag).values_list(
        "naam", "voor", "klaar_op", "volgende_poging_op"
    )
    resting = {(naam, voor) for naam, voor, klaar, volgende in rows if klaar or volgende > nu}
    kringen = all_kring_ids()
    for werk in _WERK.values():
        if local.hour < werk.uur:
            continue
        for voor in kringen if werk.per_kring else [HUIS]:
            if (werk.naam, voor) not in resting:
                yield werk, voor, dag


def _run(werk: Dagwerk, voor: int, dag: date) -> bool:
    """Do one job unless it is done or in other hands; return whether it was tried."""
    # Committed before the work: a second sweeper would otherwise wait for the first one's row.
    Dagtaak.objects.bulk_create(
        [Dagtaak(naam=werk.naam, voor=voor, dag=dag)], ignore_conflicts=True
    )
    key = {"naam": werk.naam, "voor": voor, "dag": dag}
    try:
        with transaction.atomic(), logboek.collect() as lines:
            free = Dagtaak.objects.select_for_update(skip_locked=True)
            row = free.filter(**key, klaar_op__isnull=True).first()
            if row is None:
                return False
            vorige = _last_done(werk, voor, dag)
            with kring_context(*([voor] if voor else [])):
                werk.functie(Beurt(voor or None, dag, vorige))
            Dagtaak.objects.filter(pk=row.pk).update(
                klaar_op=Now(), pogingen=F("pogingen") + 1, fout=""
            )
            logboek.write(lines)
    except Exception as error:
        # The type only: the text of an error may quote a row.
        # nosemgrep: log-met-inhoud (our own name of the job, and the id of a kring)
        log.exception("Daily work %s for %s failed.", werk.naam, voor)
        _note_failure(key, type(error).__name__)
    return True


def _last_done(werk: Dagwerk, voor: int, dag: date) -> date | None:
    rows = Dagtaak.objects.filter(naam=werk.naam, voor=voor, dag__lt=dag, klaar_op__isnull=False)
    return rows.order_by("-dag").values_list("dag", flat=True).first()


def _note_failure(key: dict, fout: str) -> None:
    """Try again in ten minutes, and then ever less often up to an hour."""
    row = Dagtaak.objects.get(**key)
    row.pogingen += 1
    row.fout = fout[:200]
    row.volgende_poging_op = Now() + timedelta(minutes=min(10 * row.pogingen, 60))
    row.save()
