"""How the start-of-duty check stands, for the red bar of other rooms (U10, §3.1.1).

One query, for one kring or for several, whatever the roster holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from bereikbaarheid.controle import Plaatscontrole, checks, places_at
from bereikbaarheid.models import Controlepunt
from bereikbaarheid.regels import ACHTERWACHT, DIENSTDOENDE, PUNTEN


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
        return words_of(self.ontbreekt)

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


def words_of(punten: Iterable[str]) -> str:
    """Return points of the check in words."""
    names = dict(Controlepunt.Punt.choices)
    return get_text_list([str(names[punt]) for punt in punten], _("en"))


def startstand(moment: datetime, kring_id: int) -> Startstand:
    """Return how the check of the duty at this moment stands, in one query."""
    return startstanden(moment, [kring_id])[kring_id]


def startstanden(moment: datetime, kring_ids: Iterable[int]) -> dict[int, Startstand]:
    """Return the same for several kringen at once, each with a value, in one query."""
    ids = list(kring_ids)
    found: dict[int, dict[str, Plaatscontrole]] = {pk: {} for pk in ids}
    for plaats in checks(places_at(moment, ids)):
        found[plaats.kring_id][plaats.rol] = plaats
    return {pk: _stand(places) for pk, places in found.items()}


def _stand(places: dict[str, Plaatscontrole]) -> Startstand:
    first, second = places.get(DIENSTDOENDE), places.get(ACHTERWACHT)
    if first is None:
        return Startstand()
    return Startstand(
        dienst_id=first.dienst_id,
        begin=first.begin,
        ontbreekt=first.controle.ontbreekt,
        sinds=first.controle.sinds,
        achterwacht_ontbreekt=second.controle.ontbreekt if second else (),
    )
