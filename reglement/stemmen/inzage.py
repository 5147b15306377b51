"""Who may see what was decided: what says something about one practice is need to know."""

from django.db.models import QuerySet

from kern.actor import Actor
from kern.toegang import Rol
from reglement.besluitvorming import Besluitsoort
from reglement.models import Besluit, Stemming, Vergadering

OVER_EEN_PRAKTIJK = (
    Besluitsoort.ROYEMENT.value,
    Besluitsoort.VOORWAARDELIJK.value,
    Besluitsoort.HERTOELATING.value,
    Besluitsoort.TOETS.value,
)
"""9.1-9.2: seen by those who vote on it and by the coördinator."""


def sees_all(actor: Actor) -> bool:
    return bool({Rol.COORDINATOR, Rol.VERTEGENWOORDIGER} & actor.rollen)


def decisions_for(actor: Actor) -> QuerySet[Besluit]:
    """Return the decisions of the kring that this person may see, the newest first."""
    rows = Besluit.objects.filter(kring=actor.kring_id).order_by("-nummer")
    if not sees_all(actor):
        rows = rows.exclude(besluitsoort__in=OVER_EEN_PRAKTIJK)
    return rows


def votes_for(actor: Actor) -> QuerySet[Stemming]:
    """Return the votes of the kring that this person may see."""
    rows = Stemming.objects.filter(kring=actor.kring_id)
    if not sees_all(actor):
        rows = rows.exclude(agendapunt__besluitsoort__in=OVER_EEN_PRAKTIJK)
    return rows


def presides(actor: Actor, vergadering: Vergadering) -> bool:
    return Rol.COORDINATOR in actor.rollen or vergadering.voorzitter_id == actor.person_id


def interests_for(actor: Actor, stemming: Stemming) -> list[tuple[str, str]]:
    """Return who declared an interest; which one only for himself and for who leads the meeting.

    What the law asks is the fact: who has an interest makes way as the holder of the casting
    vote (10.5, A-6). The reason decides nothing, and is often about somebody's family or money.
    """
    everything = presides(actor, stemming.agendapunt.vergadering)
    return [
        (
            row.gebruiker.naam,
            row.toelichting if everything or row.gebruiker_id == actor.person_id else "",
        )
        for row in stemming.belangen.select_related("gebruiker")
    ]
