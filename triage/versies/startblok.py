"""What the first page says about versions that wait for this person."""

from kern.toegang import Rol
from triage.models import Protocolversie

Status = Protocolversie.Status


def waiting(request) -> dict | None:
    """Return the versions that wait: for a dentist's approval, or for their moment."""
    rollen, me = request.actor.rollen, request.actor.gebruiker_id
    if not rollen & {Rol.TANDARTS, Rol.COORDINATOR}:
        return None
    rows = Protocolversie.objects.filter(kring=request.kring).exclude(status=Status.CONCEPT)
    rows = list(rows.filter(van_kracht_vanaf=None).only("nummer", "status", "makers"))
    found = {
        "akkoord": [v for v in rows if v.status == Status.AANGEBODEN and me not in v.makers]
        if Rol.TANDARTS in rollen
        else [],
        "moment": [v for v in rows if v.status == Status.GOEDGEKEURD]
        if Rol.COORDINATOR in rollen
        else [],
    }
    return found if any(found.values()) else None
