"""What the first page shows of being reachable: only what somebody has to do now."""

from dataclasses import dataclass
from datetime import datetime

from bereikbaarheid.controle import checks
from bereikbaarheid.models import Weekbericht
from bereikbaarheid.regels import opens_at
from bereikbaarheid.stand import Startstand, startstand
from kern.models import Zending
from kern.tijd import db_now
from kern.toegang import Rol
from rooster.models import Dienstplaats


@dataclass(frozen=True)
class EigenControle:
    """The own duty that runs or begins soon, and whether its check is done."""

    dienst_id: object
    begin: datetime
    klaar: bool


def block_of(request) -> dict | None:
    """Return what this person has to look at; None when there is nothing."""
    moment = db_now()
    rollen = request.actor.rollen
    eigen = own_check(request, moment) if Rol.TANDARTS in rollen else None
    stand: Startstand | None = None
    mislukt = 0
    if Rol.COORDINATOR in rollen:
        stand = startstand(moment, request.kring.pk)
        mislukt = failed_letters(request.kring.pk)
    if (eigen is None or eigen.klaar) and not (stand and stand.alarm) and not mislukt:
        return None
    return {"eigen": eigen, "stand": stand, "mislukt": mislukt}


def own_check(request, moment: datetime) -> EigenControle | None:
    """Return the own check that can be done now: of the duty that runs, else of the next one."""
    places = Dienstplaats.objects.filter(
        kring=request.kring, tandarts__gebruiker_id=request.user.pk, einde__gt=moment
    )
    rows = sorted(checks(places), key=lambda plaats: plaats.begin)
    if not rows or opens_at(rows[0].begin) > moment:
        return None
    return EigenControle(rows[0].dienst_id, rows[0].begin, rows[0].controle.klaar)


def failed_letters(kring_id: int) -> int:
    """Return how many recipients did not get the last notice, whatever was tried."""
    last = Weekbericht.objects.filter(kring_id=kring_id).first()
    if last is None:
        return 0
    newest: dict[object, str] = {}
    rows = last.bezorgingen.filter(ontvanger__actief=True).order_by("aangemaakt_op")
    for ontvanger_id, status in rows.values_list("ontvanger_id", "zending__status"):
        newest[ontvanger_id] = status
    return sum(status == Zending.Status.MISLUKT for status in newest.values())
