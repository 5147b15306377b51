"""Who may see what was decided: what says something about one practice is need to know."""

from django.db.models import Q, QuerySet

from kern.actor import Actor
from kern.toegang import Rol
from reglement.besluitvorming import Besluitsoort
from reglement.deelnemend import called_to, practices_of, takes_part
from reglement.models import Besluit, Stemming, Vergadering

OVER_EEN_PRAKTIJK = (
    Besluitsoort.ROYEMENT.value,
    Besluitsoort.VOORWAARDELIJK.value,
    Besluitsoort.HERTOELATING.value,
    Besluitsoort.TOETS.value,
)
"""9.1-9.2: seen by those who vote on it and by the coördinator."""


def decisions_for(actor: Actor) -> QuerySet[Besluit]:
    """Return the decisions of the kring that this person may see, the newest first."""
    rows = Besluit.objects.filter(kring=actor.kring_id).order_by("-nummer")
    if not takes_part(actor):
        about_one = Q(besluitsoort__in=OVER_EEN_PRAKTIJK)
        rows = rows.filter(~about_one | _called(actor))
    return rows


def votes_for(actor: Actor) -> QuerySet[Stemming]:
    """Return the votes of the kring that this person may see."""
    rows = Stemming.objects.filter(kring=actor.kring_id)
    if not takes_part(actor):
        about_one = Q(agendapunt__besluitsoort__in=OVER_EEN_PRAKTIJK)
        rows = rows.filter(~about_one | _called(actor))
    return rows


def _called(actor: Actor) -> Q:
    """A practice that left keeps what it was called for, and what is about itself."""
    meetings = called_to(actor).values("vergadering")
    own = practices_of(actor)
    return Q(agendapunt__vergadering__in=meetings) | Q(agendapunt__royement__deelnemer__in=own)


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
