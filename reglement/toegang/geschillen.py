"""Access rows of the disputes: only those concerned, and who hears both sides."""

from uuid import UUID

from kern.toegang import Rol, regel
from reglement.geschillen import visible

_WIE = (Rol.COORDINATOR, Rol.VERTEGENWOORDIGER)
_OBJECT = "geschil van de eigen praktijk; voor de coördinator elk geschil"


def _may(request, kwargs: dict[str, UUID]) -> bool:
    own = {row.deelnemer_id for row in request.lidmaatschappen if row.rol == Rol.VERTEGENWOORDIGER}
    rows = visible(request.kring.pk, rollen=request.actor.rollen, deelnemers=own)
    return rows.filter(pk=kwargs["geschil"]).exists()


REGELS = [
    regel("reglement:geschillen", *_WIE, object=_OBJECT),
    regel("reglement:geschil_melden", *_WIE, methoden="GET POST", object="geschil"),
    regel("reglement:geschil", *_WIE, voorwaarde=_may, object=_OBJECT),
    # Not by a party: the action refuses with why.
    regel(
        "reglement:geschil_stap",
        Rol.COORDINATOR,
        methoden="POST",
        voorwaarde=_may,
        object="geschil van de kring",
    ),
    regel(
        "reglement:geschil_intrekken",
        *_WIE,
        methoden="POST",
        voorwaarde=_may,
        object="geschil dat de eigen praktijk meldde",
    ),
]
