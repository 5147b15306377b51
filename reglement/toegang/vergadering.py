"""Access rows of meetings."""

from uuid import UUID

from kern.toegang import Regel, Rol, regel
from reglement.deelnemend import knows_meeting
from reglement.models import Stuk, Vergadering
from reglement.toegang.rollen import LEZERS

_FORM = "GET POST"
_KENT = frozenset({Rol.COORDINATOR, Rol.VERTEGENWOORDIGER})
"""Those who decide: they read the documents, the answers and the minutes."""


def speaks_for(request, kwargs: dict[str, UUID]) -> bool:
    """The practice this person represents; the coordinator notes what came by phone."""
    return Rol.COORDINATOR in request.actor.rollen or any(
        row.deelnemer_id == kwargs["deelnemer"] and row.rol == Rol.VERTEGENWOORDIGER
        for row in request.lidmaatschappen
    )


def presides(request, kwargs: dict[str, UUID]) -> bool:
    """Who leads this meeting: its chair, or the coordinator."""
    if Rol.COORDINATOR in request.actor.rollen:
        return True
    rows = Vergadering.objects.filter(pk=kwargs["vergadering"], voorzitter_id=request.user.pk)
    return rows.exists()


def _knows(request, kwargs: dict[str, UUID]) -> bool:
    """Who takes part, or was called to this meeting: not who left before it."""
    return knows_meeting(request.actor, kwargs["vergadering"])


def _knows_document(request, kwargs: dict[str, UUID]) -> bool:
    row = Stuk.objects.filter(pk=kwargs["stuk"]).values("vergadering").first()
    return row is not None and knows_meeting(request.actor, row["vergadering"])


def _beheer(route: str, methoden: str = _FORM, *, object: str = "vergadering") -> Regel:
    return regel(f"reglement:{route}", Rol.COORDINATOR, methoden=methoden, object=object)


REGELS = [
    regel("reglement:vergaderingen", LEZERS, object="vergaderingen"),
    regel("reglement:vergadering", LEZERS, object="vergadering"),
    regel("reglement:vergadering_ics", LEZERS, object="vergadering als afspraak"),
    _beheer("oproepproef", "GET", object="oproep op proef"),
    _beheer("vergadering_nieuw"),
    _beheer("vergadering_wijzigen"),
    _beheer("vergadering_tweede"),
    _beheer("vergadering_opnieuw"),
    _beheer("vergadering_oproepen"),
    _beheer("vergadering_afgelasten"),
    regel(
        "reglement:vergadering_antwoord",
        _KENT,
        methoden="POST",
        voorwaarde=speaks_for,
        object="antwoord van een praktijk op de oproep",
    ),
    _beheer("agendapunt_nieuw", object="agenda"),
    _beheer("agendapunt", object="agendapunt"),
    _beheer("agendapunt_plaats", "POST", object="agendapunt"),
    _beheer("agendapunt_weg", object="agendapunt"),
    _beheer("stuk_nieuw", object="stuk bij een vergadering"),
    regel("reglement:stuk", _KENT, voorwaarde=_knows_document, object="stuk bij een vergadering"),
    _beheer("stuk_weg", object="stuk bij een vergadering"),
    regel(
        "reglement:leiden",
        _KENT,
        methoden=_FORM,
        voorwaarde=presides,
        object="vergadering die je leidt",
    ),
    regel(
        "reglement:leiden_stand",
        _KENT,
        voorwaarde=presides,
        object="vergadering die je leidt",
        achtergrond=True,
    ),
    regel(
        "reglement:zaal",
        _KENT,
        methoden=_FORM,
        voorwaarde=_knows,
        object="vergadering die aan de gang is",
    ),
    regel(
        "reglement:zaal_stand",
        _KENT,
        voorwaarde=_knows,
        object="vergadering die aan de gang is",
        achtergrond=True,
    ),
    regel("reglement:notulen", _KENT, voorwaarde=_knows, object="notulen"),
    regel("reglement:notulen_pdf", _KENT, voorwaarde=_knows, object="notulen"),
    *(
        regel(
            f"reglement:{route}",
            _KENT,
            methoden=_FORM,
            voorwaarde=presides,
            object="notulen van een vergadering die je leidde",
        )
        for route in ("notulen_schrijven", "notulen_voorleggen", "notulen_terug")
    ),
    _beheer("notulen_vaststellen", object="notulen"),
    regel(
        "reglement:notulen_antwoord",
        _KENT,
        methoden=_FORM,
        voorwaarde=speaks_for,
        object="antwoord van een praktijk op de notulen",
    ),
]
