"""Under whose responsibility a triagemedewerker acts: the dentist on duty (NEN 7513, §2.1)."""

from django.db.models.functions import Now

from kern.actor import Actor
from kern.toegang import Rol
from rooster.models import Dienstplaats


def under_duty(by: Actor) -> Actor:
    """Return the actor under the dienstdoende of this moment; a dentist acts for themselves.

    With nobody on duty the actor stays as it is: a hole in the roster must not stop the phone.
    """
    if by.namens_naam or Rol.TRIAGE not in by.rollen or Rol.TANDARTS in by.rollen:
        return by
    place = (
        Dienstplaats.objects.filter(
            kring_id=by.kring_id,
            rol=Dienstplaats.Rol.DIENSTDOENDE,
            begin__lte=Now(),
            einde__gt=Now(),
        )
        .values_list("tandarts__gebruiker_id", "tandarts__naam")
        .first()
    )
    return by.on_behalf_of(*place) if place else by
