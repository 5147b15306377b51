"""Access rows of the yearly wheel."""

from kern.toegang import Rol, regel
from reglement.toegang.rollen import LEZERS

_FORM = "GET POST"

REGELS = [
    regel("reglement:jaarwiel", LEZERS, object="taken van de kring"),
    # Also by whoever the duty was given to: the view asks for which (404 to others).
    regel("reglement:jaarwiel_gedaan", LEZERS, methoden=_FORM, object="taak, eigen of gegeven"),
    regel("reglement:jaarwiel_terug", LEZERS, methoden=_FORM, object="taak, eigen of gegeven"),
    regel("reglement:jaarwiel_taak", Rol.COORDINATOR, methoden=_FORM, object="taak van de kring"),
]
