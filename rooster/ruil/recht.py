"""Who may speak for a place: its dentist, the practice that answers for it, or the coordinator."""

from uuid import UUID

from django.db.models import Q

from kern.actor import Actor
from kern.toegang import Rol
from kring.models import Lidmaatschap, Tandarts
from rooster.models import Dienstplaats, Ruilaanbod, Ruilverzoek


def own_practice(by: Actor) -> UUID | None:
    """Return the practice that this person represents here."""
    if Rol.VERTEGENWOORDIGER not in by.rollen:
        return None
    rows = Lidmaatschap.objects.active().filter(
        kring_id=by.kring_id, gebruiker_id=by.gebruiker_id, rol=Rol.VERTEGENWOORDIGER
    )
    return rows.values_list("deelnemer_id", flat=True).first()


def speaks_for(tandarts: Tandarts, deelnemer_id: UUID, by: Actor) -> bool:
    """Whether this person is the dentist, or represents the practice they serve for."""
    if Rol.TANDARTS in by.rollen and tandarts.gebruiker_id == by.gebruiker_id is not None:
        return True
    return own_practice(by) == deelnemer_id


def own_places(by: Actor) -> Q:
    """Return which places this person speaks for, as a dentist or for the practice."""
    mine = Q(pk__in=[])
    if Rol.TANDARTS in by.rollen:
        mine |= Q(tandarts__gebruiker_id=by.gebruiker_id)
    if praktijk := own_practice(by):
        mine |= Q(deelnemer_id=praktijk)
        mine |= Q(deelnemer_id=None, tandarts__deelnemer_id=praktijk)
    return mine


def own_offers(by: Actor) -> Q:
    """Return which offers (and requests) this person speaks for."""
    mine = Q(pk__in=[])
    if Rol.TANDARTS in by.rollen:
        mine |= Q(tandarts__gebruiker_id=by.gebruiker_id)
    if praktijk := own_practice(by):
        mine |= Q(deelnemer_id=praktijk)
    return mine


def may_touch_place(plaats: Dienstplaats, by: Actor) -> bool:
    return Rol.COORDINATOR in by.rollen or speaks_for(plaats.tandarts, plaats.praktijk.pk, by)


def may_touch_request(verzoek: Ruilverzoek, by: Actor) -> bool:
    return Rol.COORDINATOR in by.rollen or speaks_for(verzoek.tandarts, verzoek.deelnemer_id, by)


def may_answer(aanbod: Ruilaanbod, by: Actor) -> bool:
    """Whether this person may say yes or no.

    A yes is of the colleague alone; only after illness, at night on the phone, the coordinator
    may note it.
    """
    if speaks_for(aanbod.tandarts, aanbod.deelnemer_id, by):
        return True
    uitval = aanbod.verzoek.soort == Ruilverzoek.Soort.UITVAL
    return uitval and Rol.COORDINATOR in by.rollen
