"""Access rows of safety on duty."""

from uuid import UUID

from kern.toegang import Mag, Regel, Rol, regel
from reglement.models import Incident
from reglement.toegang.deelname import _own_practice
from reglement.veiligheid.recht import may_read_incident, may_read_sheet

_FORM = "GET POST"
_DIENST = (Rol.TANDARTS, Rol.VERTEGENWOORDIGER, Rol.COORDINATOR)


def _sheet(request, kwargs: dict[str, UUID]) -> bool:
    return may_read_sheet(kwargs["deelnemer"], request.actor)


def _incident(request, kwargs: dict[str, UUID]) -> bool:
    row = Incident.objects.filter(pk=kwargs["incident"]).first()
    return row is not None and may_read_incident(row, request.actor)


REGELS = [
    regel("reglement:veiligheid", _DIENST, object="veiligheid van de dienst"),
    # How a building is locked is for those who work in it.
    regel(
        "reglement:veiligheidsblad",
        _DIENST,
        object="veiligheidsblad van de eigen praktijk of dienst",
        voorwaarde=_sheet,
    ),
    regel(
        "reglement:veiligheidsblad_wijzigen",
        *(Rol.VERTEGENWOORDIGER, Rol.COORDINATOR),
        methoden=_FORM,
        object="veiligheidsblad van de eigen praktijk",
        voorwaarde=_own_practice,
    ),
    regel(
        "reglement:incident_nieuw",
        *(*_DIENST, Rol.TRIAGE),
        methoden=_FORM,
        object="incident in de dienst",
    ),
    Regel(
        "reglement:incident",
        {
            "GET": Mag(frozenset({*_DIENST, Rol.TRIAGE}), voorwaarde=_incident),
            "POST": Mag(frozenset({Rol.COORDINATOR}), voorwaarde=_incident),
        },
        object="eigen melding of die van de eigen praktijk",
    ),
]
