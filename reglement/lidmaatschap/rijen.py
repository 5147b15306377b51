"""Rows about taking part that several pages and actions ask for."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from kern.tijd import db_now, from_local, to_local
from kring.models import Deelnemer
from reglement.geldend import newest_version, version_on
from reglement.models import Deelname, Einde
from rooster.models import Dienstplaats, Roosterperiode

MEEDOEN = frozenset({Deelname.Status.LID, Deelname.Status.VOORWAARDELIJK})
"""Who is on the roster; a one-sided practice gets care for its patients and serves nobody."""


def open_end(deelnemer: Deelnemer, dag: date) -> Einde | None:
    """Return the end of a practice that is known and still to come on this day."""
    rows = Einde.objects.filter(
        deelnemer=deelnemer, ingetrokken_op__isnull=True, laatste_dag__gte=dag
    )
    return rows.select_related("vastgelegd_door").first()


def roster_ends(kring_id: int) -> list[date]:
    """Return the last days of the periods that have duties: a roster was made of them (A-20)."""
    rows = Roosterperiode.objects.filter(kring_id=kring_id, diensten__isnull=False).distinct()
    return sorted(rows.values_list("laatste_dag", flat=True))


def stops_after(kring_id: int, dag: date) -> dict[UUID, date]:
    """Return the last day of every practice that takes part no more, or will stop; one query.

    Of one that is out already it is the day before that began. Whoever comes back is left out.
    """
    rows = Deelname.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=dag), kring_id=kring_id
    ).order_by("vanaf")
    out: dict[UUID, date | None] = {}
    for deelnemer_id, status, vanaf in rows.values_list("deelnemer_id", "status", "vanaf"):
        out[deelnemer_id] = None if status in MEEDOEN else out.get(deelnemer_id) or vanaf
    return {pk: first - timedelta(days=1) for pk, first in out.items() if first}


def planned_after(deelnemer: Deelnemer, laatste_dag: date) -> list[Dienstplaats]:
    """Return the places of the roster that still name a practice after its last day; one query.

    Places whose duty begins later than that day: MR 7 asks for somebody else on them.
    """
    rows = _with_practice(Dienstplaats.objects.filter(kring_id=deelnemer.kring_id))
    later = rows.filter(voor=deelnemer.pk, begin__gte=_midnight_after(laatste_dag))
    return list(later.select_related("dienst", "tandarts").order_by("begin"))


def planned_counts(kring_id: int, stoppen: dict[UUID, date]) -> dict[UUID, int]:
    """Return how many such places there are, per practice that stops; one query, none for none."""
    if not stoppen:
        return {}
    after = Q()
    for deelnemer_id, laatste_dag in stoppen.items():
        after |= Q(voor=deelnemer_id, begin__gte=_midnight_after(laatste_dag))
    rows = _with_practice(Dienstplaats.objects.filter(kring_id=kring_id)).filter(after)
    return dict(rows.values_list("voor").annotate(aantal=Count("pk")))


def area_is_ruled(kring_id: int) -> bool:
    """Whether rules in force say what the area is: then only the deelnemers change it (10.1c)."""
    return version_on(kring_id, to_local(db_now()).date()) is not None


def rules_page(kring_id: int) -> str:
    """Return where the rules are changed once the deelnemers adopted some, "" before."""
    return "reglement:regels" if newest_version(kring_id) else ""


def _with_practice(rows: QuerySet[Dienstplaats]) -> Any:
    return rows.annotate(voor=Coalesce("deelnemer_id", "tandarts__deelnemer_id"))


def _midnight_after(dag: date) -> datetime:
    return from_local(datetime.combine(dag + timedelta(days=1), time()))
