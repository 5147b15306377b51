"""Access rows of taking part: the register, ends, applications, the area."""

from uuid import UUID

from kern.toegang import Regel, Rol, regel
from reglement.toegang.rollen import LEZERS

_FORM = "GET POST"
_PRAKTIJK = (Rol.COORDINATOR, Rol.VERTEGENWOORDIGER)


def _own_practice(request, kwargs: dict[str, UUID]) -> bool:
    """The own practice; the coordinator keeps the register of all."""
    return Rol.COORDINATOR in request.actor.rollen or any(
        row.deelnemer_id == kwargs["deelnemer"] and row.rol == Rol.VERTEGENWOORDIGER
        for row in request.lidmaatschappen
    )


def _coordinator(route: str, methoden: str = _FORM, *, object: str, vers: bool = False) -> Regel:
    return regel(f"reglement:{route}", Rol.COORDINATOR, methoden=methoden, object=object, vers=vers)


REGELS = [
    # What a practice is to the kring (also: expelled) concerns those who answer for one.
    regel("reglement:deelnemers", *_PRAKTIJK, object="register van deelnemers"),
    regel(
        "reglement:deelname",
        *_PRAKTIJK,
        object="deelname van de eigen praktijk; voor de coördinator die van iedereen",
        voorwaarde=_own_practice,
    ),
    # A resignation is in writing (MR 8): here a fresh second factor is the signature.
    regel(
        "reglement:opzeggen",
        *_PRAKTIJK,
        methoden=_FORM,
        object="opzegging van de eigen praktijk",
        voorwaarde=_own_practice,
        vers=True,
    ),
    _coordinator("einde_anders", object="einde van deelname"),
    _coordinator("einde_afwijken", object="einde van deelname"),
    _coordinator("einde_intrekken", object="einde van deelname"),
    _coordinator("eenzijdig", object="eenzijdige toelating"),
    _coordinator("vergoeding", object="vergoeding van een praktijk"),
    _coordinator("toelatingen", "GET", object="aanvragen van praktijken"),
    _coordinator("toelating_nieuw", object="aanvraag van een praktijk"),
    _coordinator("toelating", "GET", object="aanvraag van een praktijk"),
    _coordinator("toelating_wijzigen", object="aanvraag van een praktijk"),
    _coordinator("toelating_verklaring", object="aanvraag van een praktijk"),
    _coordinator("toelating_tandarts", object="tandarts bij een aanvraag"),
    _coordinator("toelating_tandarts_weg", object="tandarts bij een aanvraag"),
    _coordinator("toelating_big", object="tandarts bij een aanvraag"),
    _coordinator("toelating_advies", object="aanvraag van een praktijk"),
    _coordinator("toelating_voorleggen", object="aanvraag van een praktijk"),
    # Makes a practice with dentists: as fresh as adding one by hand.
    _coordinator("toelating_verwerken", object="aanvraag van een praktijk", vers=True),
    _coordinator("toelating_intrekken", object="aanvraag van een praktijk"),
    regel("reglement:verzorgingsgebied", LEZERS, object="verzorgingsgebied"),
    _coordinator("gebied_voorstel", object="voorstel voor het gebied"),
    _coordinator("gebied_voorleggen", object="voorstel voor het gebied"),
    _coordinator("gebied_verwerken", object="voorstel voor het gebied"),
    _coordinator("gebied_intrekken", object="voorstel voor het gebied"),
]
