"""Access rows of votes and decisions."""

from uuid import UUID

from django.db.models import Q

from kern.toegang import Rol, regel
from reglement.models import Agendapunt, Stemming
from reglement.stemmen.inzage import votes_for
from reglement.stemmen.opgave import names_in
from reglement.stemmen.scherm import speaks_for
from reglement.toegang.rollen import LEZERS

_FORM = "GET POST"
_KIEZERS = (Rol.VERTEGENWOORDIGER, Rol.COORDINATOR)


def _presides(request, prefix: str) -> Q:
    if Rol.COORDINATOR in request.actor.rollen:
        return Q()
    return Q(**{f"{prefix}vergadering__voorzitter_id": request.user.pk})


def _presides_point(request, kwargs: dict[str, UUID]) -> bool:
    rows = Agendapunt.objects.filter(_presides(request, ""), kring=request.kring)
    return rows.filter(pk=kwargs["agendapunt"]).exists()


def _presides_vote(request, kwargs: dict[str, UUID]) -> bool:
    rows = votes_for(request.actor).filter(_presides(request, "agendapunt__"))
    return rows.filter(pk=kwargs["stemming"]).exists()


def _sees_vote(request, kwargs: dict[str, UUID]) -> bool:
    return votes_for(request.actor).filter(pk=kwargs["stemming"]).exists()


def _votes(request, kwargs: dict[str, UUID]) -> bool:
    """Somebody who speaks for a practice that stood on the list when the vote opened."""
    row = Stemming.objects.filter(pk=kwargs["stemming"], kring=request.kring).first()
    return row is not None and bool(speaks_for(request, request.kring.pk) & names_in(row).keys())


def _chair(route: str, voorwaarde, object: str):
    return regel(f"reglement:{route}", LEZERS, methoden=_FORM, voorwaarde=voorwaarde, object=object)


REGELS = [
    regel("reglement:besluiten", LEZERS, object="besluiten"),
    regel("reglement:besluit", LEZERS, object="besluit"),
    regel("reglement:besluit_bundel", LEZERS, object="bewijs van een besluit"),
    regel("reglement:stemming", LEZERS, voorwaarde=_sees_vote, object="stemming"),
    regel(
        "reglement:stemmen",
        Rol.VERTEGENWOORDIGER,
        methoden=_FORM,
        voorwaarde=_votes,
        object="stem van de eigen praktijk",
    ),
    regel(
        "reglement:belang",
        _KIEZERS,
        methoden=_FORM,
        voorwaarde=_sees_vote,
        object="eigen belang bij een stemming",
    ),
    regel(
        "reglement:doorslag",
        _KIEZERS,
        methoden=_FORM,
        voorwaarde=_sees_vote,
        object="doorslaggevende stem",
    ),
    _chair("stemming_openen", _presides_point, "agendapunt van een vergadering die je leidt"),
    *(
        _chair(route, _presides_vote, "stemming in een vergadering die je leidt")
        for route in ("stemming_sluiten", "stemming_intrekken", "stemming_opnieuw")
    ),
]
