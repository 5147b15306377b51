"""Under whose responsibility a triagemedewerker acts: the dentist on duty (NEN 7513, §2.1)."""

from django.db.models.functions import Now

from kern.actor import Actor
from kern.toegang import Rol
from rooster.models import Dienstplaats


def under_duty(by: Actor) -> Actor:
    """Return the actor under the dienstdoende of this moment; a dentist acts for themselves.

    With nobody on duty the actor stays as it is: a hole in the roster must not stop the phone.
    """
    if not _needs_one(by):
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
    return on_duty_of(by, place)


def on_duty_of(by: Actor, dienstdoende: tuple[int | None, str] | None) -> Actor:
    """Return the actor under this dentist (user and name), where the roster was read already."""
    return by.on_behalf_of(*dienstdoende) if dienstdoende and _needs_one(by) else by


def _needs_one(by: Actor) -> bool:
    return not by.namens_naam and Rol.TRIAGE in by.rollen and Rol.TANDARTS not in by.rollen
