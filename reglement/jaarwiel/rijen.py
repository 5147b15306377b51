"""The turns of the wheel with what shows that they were done: the only place that reads its rows.

A fixed number of queries, whatever the size of the kring. What the house saw itself (a meeting,
an adopted roster, a notice that left) ticks a turn by itself; a person notes the rest.
"""

from dataclasses import replace
from datetime import date
from itertools import chain

from kring.models import Kring
from reglement.jaarwiel.delen import JAAR, PARTS, Vraag
from reglement.jaarwiel.instellingen import Taken, tasks_of
from reglement.jaarwiel.regels import Beurt, Feit
from reglement.models import Reglementversie, Wielmelding


def turns_of_year(kring: Kring, jaar: int, dag: date, taken: Taken | None = None) -> list[Beurt]:
    """Return every turn of a year."""
    return turns_of(kring, date(jaar, 1, 1), date(jaar, 12, 31), dag, taken)


def turns_near(kring: Kring, dag: date, taken: Taken | None = None) -> list[Beurt]:
    """Return the turns that may be open on this day: of a year back and a year ahead."""
    return turns_of(kring, dag - JAAR, dag + JAAR, dag, taken)


def turns_of(
    kring: Kring, van: date, tot: date, dag: date, taken: Taken | None = None
) -> list[Beurt]:
    """Return every turn whose last day is in [van, tot], the nearest first.

    Nothing from before the kring had rules: what nobody had agreed on yet cannot be late.
    """
    vraag = Vraag(kring, van, tot, dag, taken or tasks_of(kring.pk))
    begin = _first_day(kring.pk) or dag
    found = [
        beurt
        for beurt in chain.from_iterable(part(vraag) for part in PARTS)
        if max(van, begin) <= beurt.uiterlijk <= tot
    ]
    return sorted(_with_notes(kring.pk, found), key=lambda beurt: (beurt.uiterlijk, beurt.titel))


def _first_day(kring_id: int) -> date | None:
    rows = Reglementversie.objects.filter(
        kring_id=kring_id, status=Reglementversie.Status.VASTGESTELD
    )
    return rows.order_by("geldig_vanaf").values_list("geldig_vanaf", flat=True).first()


def _with_notes(kring_id: int, found: list[Beurt]) -> list[Beurt]:
    """Add what people noted; what the house saw itself comes first."""
    newest: dict[str, Wielmelding] = {}
    rows = Wielmelding.objects.filter(
        kring_id=kring_id, sleutel__in=[beurt.sleutel for beurt in found]
    )
    for row in rows.select_related("genoteerd_door").order_by("genoteerd_op"):
        newest[row.sleutel] = row
    return [
        replace(beurt, feit=_noted(newest[beurt.sleutel]))
        if not beurt.feit and beurt.sleutel in newest and newest[beurt.sleutel].gedaan
        else beurt
        for beurt in found
    ]


def _noted(row: Wielmelding) -> Feit:
    return Feit(row.gedaan_op, row.bewijs, door=row.genoteerd_door.naam, genoteerd=True)
