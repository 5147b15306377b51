"""The places of duties with how far their check is, in one query whatever the roster holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from bereikbaarheid.models import Controlepunt, Herinnering
from bereikbaarheid.regels import Controle, Vinkje, judge_check
from rooster.models import Dienstplaats


@dataclass(frozen=True)
class Plaatscontrole:
    """One place of a duty: who holds it, how far the check is, and who was told."""

    kring_id: int
    dienst_id: UUID
    rol: str
    tandarts_id: UUID
    begin: datetime
    # Since when this dentist could know: somebody who takes over late is not late at once.
    vanaf: datetime
    controle: Controle
    herinnerd: tuple[str, ...]


def places_at(moment: datetime, kring_ids: list[int]) -> QuerySet:
    """Return the places of the duties that run at this moment.

    A place repeats the period of its duty: a join with the duties, for which the planner guesses
    badly, would cost ten times as much with years of history.
    """
    return Dienstplaats.objects.filter(kring_id__in=kring_ids, begin__lte=moment, einde__gt=moment)


def checks(places: QuerySet) -> Iterator[Plaatscontrole]:
    """Yield these places with the state of their check, in one query."""
    same = {"dienst": OuterRef("dienst"), "tandarts": OuterRef("tandarts")}
    ticks = Controlepunt.objects.filter(**same).values(
        json=JSONObject(punt="punt", op="afgevinkt_op")
    )
    # A duty that was moved has other moments, and its dentist is reminded anew.
    told = Herinnering.objects.filter(**same, begin=OuterRef("begin")).order_by().values("soort")
    rows = places.order_by().values_list(
        "kring_id",
        "dienst_id",
        "rol",
        "tandarts_id",
        "begin",
        "aangemaakt_op",
        ArraySubquery(ticks),
        ArraySubquery(told),
    )
    for kring_id, dienst_id, rol, tandarts_id, begin, given, vinkjes, herinnerd in rows:
        ticked = [Vinkje(tandarts_id, v["punt"], _moment(v["op"])) for v in vinkjes]
        yield Plaatscontrole(
            kring_id=kring_id,
            dienst_id=dienst_id,
            rol=rol,
            tandarts_id=tandarts_id,
            begin=begin,
            vanaf=max(begin, given),
            controle=judge_check(rol, tandarts_id, begin, ticked),
            herinnerd=tuple(herinnerd),
        )


def _moment(text: str) -> datetime:
    """Return a moment as PostgreSQL writes it in JSON."""
    return datetime.fromisoformat(text)
