"""How the start-of-duty check stands, for the red bar of other rooms (U10, §3.1.1).

One query, for one kring or for several, whatever the roster holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from bereikbaarheid.models import Controlepunt
from bereikbaarheid.regels import (
    ACHTERWACHT,
    DIENSTDOENDE,
    PUNTEN,
    Controle,
    Vinkje,
    judge_check,
)
from rooster.models import Dienstplaats


@dataclass(frozen=True)
class Startstand:
    """Whether the check of the duty that runs is done, since when, and what is missing.

    Without a duty (`dienst_id` None) there is nothing to check: the duty card says so itself.
    `ontbreekt` holds codes of `Controlepunt.Punt`; `sinds` is the last tick that was needed.
    """

    dienst_id: UUID | None = None
    begin: datetime | None = None
    ontbreekt: tuple[str, ...] = ()
    sinds: datetime | None = None
    achterwacht_ontbreekt: tuple[str, ...] = ()

    @property
    def klaar(self) -> bool:
        return self.dienst_id is not None and not self.ontbreekt

    @property
    def alarm(self) -> bool:
        """Whether the red bar belongs on the screen: a duty runs and its check is not done."""
        return bool(self.ontbreekt)

    @property
    def begonnen(self) -> bool:
        """Whether something was ticked, so that somebody is at it."""
        return 0 < len(self.ontbreekt) < len(PUNTEN[DIENSTDOENDE])

    @property
    def mist(self) -> str:
        """What is missing, in words: "antwoordapparaat en eigen telefoon"."""
        names = dict(Controlepunt.Punt.choices)
        return get_text_list([str(names[punt]) for punt in self.ontbreekt], _("en"))

    @property
    def zin(self) -> str:
        """Return the sentence of the red bar, empty when there is nothing to say."""
        if not self.alarm:
            return ""
        if not self.begonnen:
            return _("De telefoon is bij het begin van deze dienst nog niet gecontroleerd.")
        return _("De startcontrole van deze dienst is niet af. Nog te doen: %(mist)s.") % {
            "mist": self.mist
        }


def startstand(moment: datetime, kring_id: int) -> Startstand:
    """Return how the check of the duty at this moment stands, in one query."""
    return startstanden(moment, [kring_id])[kring_id]


def startstanden(moment: datetime, kring_ids: Iterable[int]) -> dict[int, Startstand]:
    """Return the same for several kringen at once, each with a value, in one query."""
    ids = list(kring_ids)
    found: dict[int, dict[str, tuple[UUID, datetime, Controle]]] = {pk: {} for pk in ids}
    for kring_id, dienst_id, rol, tandarts, begin, vinkjes in _places(moment, ids):
        ticks = [Vinkje(tandarts, row["punt"], parse_datetime(row["op"])) for row in vinkjes]
        controle = judge_check(rol, tandarts, begin, ticks)
        found[kring_id][rol] = (dienst_id, begin, controle)
    return {pk: _stand(places) for pk, places in found.items()}


def _places(moment: datetime, kring_ids: list[int]):
    ticks = (
        Controlepunt.objects.filter(dienst=OuterRef("dienst"), tandarts=OuterRef("tandarts"))
        .order_by()
        .values(json=JSONObject(punt="punt", op="afgevinkt_op"))
    )
    return (
        Dienstplaats.objects.filter(
            kring_id__in=kring_ids, dienst__begin__lte=moment, dienst__einde__gt=moment
        )
        .order_by()
        .values_list("kring_id", "dienst_id", "rol", "tandarts_id", "begin", ArraySubquery(ticks))
    )


def _stand(places: dict[str, tuple[UUID, datetime, Controle]]) -> Startstand:
    if DIENSTDOENDE not in places:
        return Startstand()
    dienst_id, begin, controle = places[DIENSTDOENDE]
    _dienst, _begin, standby = places.get(ACHTERWACHT, (None, None, Controle(())))
    return Startstand(dienst_id, begin, controle.ontbreekt, controle.sinds, standby.ontbreekt)
