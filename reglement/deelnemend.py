"""Who still takes part: a practice that left keeps what it was called for, and no more (RY-4)."""

from uuid import UUID

from django.db.models import QuerySet

from kern.actor import Actor
from kern.toegang import Rol
from kring.models import Lidmaatschap
from reglement.models import Uitnodiging


def takes_part(actor: Actor) -> bool:
    """Whether this person leads the kring or speaks for a practice that is a deelnemer now."""
    if Rol.COORDINATOR in actor.rollen:
        return True
    return Rol.VERTEGENWOORDIGER in actor.rollen and (
        _speaks_for(actor).filter(deelnemer__actief=True).exists()
    )


def called_to(actor: Actor) -> QuerySet[Uitnodiging]:
    """Return the convocations of the practices that this person speaks for, also a former one."""
    return Uitnodiging.objects.filter(kring_id=actor.kring_id, deelnemer__in=practices_of(actor))


def practices_of(actor: Actor) -> QuerySet:
    """Return the keys of the practices that this person speaks for, also of a former one."""
    return _speaks_for(actor).values("deelnemer_id")


def knows_meeting(actor: Actor, vergadering_id: UUID) -> bool:
    """Whether this person may read what a meeting is about: takes part, or was called to it."""
    return takes_part(actor) or called_to(actor).filter(vergadering=vergadering_id).exists()


def _speaks_for(actor: Actor) -> QuerySet[Lidmaatschap]:
    return Lidmaatschap.objects.active().filter(
        kring_id=actor.kring_id, gebruiker_id=actor.gebruiker_id, rol=Rol.VERTEGENWOORDIGER
    )
