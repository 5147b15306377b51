"""How the house itself is doing, for the beheerder: backups, restore drills, deliveries.

Of the whole server, the same for every kring; nothing of a patient, no path and no address.
"""

from dataclasses import dataclass

from kern.kopie.ronde import Oordeel, judge
from kern.kopie.voortgang import megabytes
from kern.models import Hartslag, Kopieronde
from kern.tijd import db_now
from kern.toegang import Rol

ROUNDS = 20
"""Shown on the page: ten nights of one copy and one drill."""


@dataclass(frozen=True)
class Regel:
    """One round as the page shows it."""

    ronde: Kopieronde
    grootte: str
    seconden: str
    mislukt: str


@dataclass(frozen=True)
class Toestand:
    oordeel: Oordeel
    rondes: list[Regel]
    bezorgt: bool


def state() -> Toestand:
    rondes = Kopieronde.objects.order_by("-begonnen_op")[:ROUNDS]
    return Toestand(
        judge(nu=db_now()),
        [_row(ronde) for ronde in rondes],
        Hartslag.objects.beats(Hartslag.BEZORGER),
    )


def _row(ronde: Kopieronde) -> Regel:
    seconds = f"{ronde.duur.total_seconds():.1f} s".replace(".", ",")
    size = "" if ronde.grootte is None else megabytes(ronde.grootte)
    return Regel(ronde, size, seconds, ", ".join(ronde.mislukt))


def alarm_of(request) -> dict | None:
    """Return the alarms for the first page of a beheerder; None when there is nothing to say."""
    if Rol.BEHEERDER not in request.actor.rollen:
        return None
    alarmen = judge(nu=db_now()).alarmen
    return {"alarmen": alarmen} if alarmen else None
