"""Access rows of the offices."""

from kern.toegang import Rol, regel
from reglement.toegang.rollen import LEZERS

_FORM = "GET POST"


def _beheer(route: str, *, object: str):
    return regel(f"reglement:{route}", Rol.COORDINATOR, methoden=_FORM, object=object)


REGELS = [
    regel("reglement:functies", LEZERS, object="functies van de kring"),
    _beheer("voordragen", object="voordracht"),
    _beheer("functie_vastleggen", object="functie"),
    _beheer("functie_stoppen", object="functie"),
    _beheer("voordracht_agenda", object="voordracht"),
    _beheer("voordracht_verwerken", object="voordracht"),
    _beheer("voordracht_intrekken", object="voordracht"),
]
