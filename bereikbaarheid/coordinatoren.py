"""Whom the house tells of something that the coordinator must look at."""

from kern.toegang import Rol
from kring.models import Gebruiker, Lidmaatschap


def coordinators_of(kring_id: int) -> list[Gebruiker]:
    """Return the active coordinators of the open kring."""
    rows = Lidmaatschap.objects.active().filter(kring_id=kring_id, rol=Rol.COORDINATOR)
    return [row.gebruiker for row in rows.select_related("gebruiker").order_by("gebruiker_id")]
