"""Access rows of royement: need to know (RY-4). The coordinator leads, who was invited reads."""

from kern.toegang import Rol, regel
from reglement.royement.wie import leads_or_is_subject, may_see, speaks_as_subject

_LEZERS = (Rol.COORDINATOR, Rol.VERTEGENWOORDIGER)
_DOSSIER = "royement waarvoor je bent uitgenodigd, of alle als coördinator"

REGELS = [
    regel("reglement:royementen", *_LEZERS, object="royementen waarvan je mag weten"),
    regel(
        "reglement:royement_nieuw",
        Rol.COORDINATOR,
        methoden="GET POST",
        object="praktijk van de kring",
    ),
    regel("reglement:royement", *_LEZERS, voorwaarde=may_see, object=_DOSSIER),
    regel(
        "reglement:royement_stap",
        Rol.COORDINATOR,
        methoden="POST",
        object="royement van de kring",
    ),
    regel(
        "reglement:royement_eigen",
        Rol.VERTEGENWOORDIGER,
        methoden="POST",
        voorwaarde=speaks_as_subject,
        object="royement van de eigen praktijk",
    ),
    regel(
        "reglement:royement_besluit",
        Rol.COORDINATOR,
        methoden="GET POST",
        object="royement van de kring",
        vers=True,
    ),
    regel(
        "reglement:royement_stuk_nieuw",
        *_LEZERS,
        methoden="POST",
        voorwaarde=leads_or_is_subject,
        object="royement van de kring, of van de eigen praktijk",
    ),
    regel("reglement:royementstuk", *_LEZERS, voorwaarde=may_see, object=_DOSSIER),
    regel(
        "reglement:royement_brief",
        *_LEZERS,
        methoden="POST",
        voorwaarde=leads_or_is_subject,
        object="brief over de eigen praktijk, of elke als coördinator",
    ),
]
