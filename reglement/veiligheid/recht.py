"""Who may read the sheet of an address, and what was told of an incident."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from kern.actor import Actor
from kern.tijd import db_now
from kern.toegang import Rol
from kring.models import Tandarts
from reglement.models import Incident
from rooster.models import Dienstplaats
from rooster.ruil.recht import own_practice

VOORUIT = timedelta(days=7)
"""Before a duty somebody wants to know where the back door is."""


def duty_practices(by: Actor) -> set[UUID]:
    """Return the practices for which this person serves now or within a week; one query."""
    if by.gebruiker_id is None or by.kring_id is None:
        # Nobody: asked of the rows, it would match every dentist without an account.
        return set()
    now = db_now()
    rows = Dienstplaats.objects.filter(
        kring_id=by.kring_id,
        tandarts__gebruiker_id=by.gebruiker_id,
        einde__gt=now,
        begin__lt=now + VOORUIT,
    ).annotate(voor=Coalesce("deelnemer_id", "tandarts__deelnemer_id"))
    return set(rows.values_list("voor", flat=True))


def own_practices(by: Actor) -> set[UUID]:
    """Return the practices that this person represents or is a dentist of."""
    practice = own_practice(by)
    found = {practice} if practice else set()
    if Rol.TANDARTS in by.rollen and by.gebruiker_id is not None and by.kring_id is not None:
        rows = Tandarts.objects.filter(kring_id=by.kring_id, gebruiker_id=by.gebruiker_id)
        found |= set(rows.values_list("deelnemer_id", flat=True))
    return found


def may_read_sheet(deelnemer_id: UUID, by: Actor) -> bool:
    """Whether this person works there: in the practice, or on duty for it."""
    return (
        Rol.COORDINATOR in by.rollen
        or deelnemer_id in own_practices(by)
        or deelnemer_id in duty_practices(by)
    )


def readable_incidents(by: Actor) -> Q:
    """Return which incidents this person may read: the own, those of the practice, or all."""
    if Rol.COORDINATOR in by.rollen:
        return Q()
    mine = Q(gemeld_door_id=by.gebruiker_id)
    if praktijk := own_practice(by):
        mine |= Q(deelnemer_id=praktijk)
    return mine


def may_read_incident(incident: Incident, by: Actor) -> bool:
    return Incident.objects.filter(readable_incidents(by), pk=incident.pk).exists()
