"""Who may see a royement: the coordinator, the practice itself, and whoever was invited (RY-4).

What is said in a procedure about a practice is for those who decide about it. Before the meeting is
announced nobody else knows of it; after that the invitation opens the file, and every look at it is
a line of the access log.
"""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from kern.toegang import Rol
from kring.models import Lidmaatschap
from reglement.models import Royement, Uitnodiging


def own_practices(request: Any) -> list[UUID]:
    """Return the practices that this person speaks for, also one that takes part no more."""
    return [
        row.deelnemer_id
        for row in request.lidmaatschappen
        if row.kring_id == request.kring.pk
        and row.rol == Rol.VERTEGENWOORDIGER
        and row.deelnemer_id
    ]


def visible_to(request: Any) -> QuerySet[Royement]:
    """Return the procedures that this person may know of."""
    rows = Royement.objects.filter(kring=request.kring)
    if Rol.COORDINATOR in request.actor.rollen:
        return rows
    invited = Uitnodiging.objects.filter(
        vergadering__agendapunten__royement=OuterRef("pk"),
        verzonden_op__isnull=False,
        deelnemer__in=own_practices(request),
    )
    # The practice itself is always invited (RY-15), and keeps its file after it left.
    return rows.filter(Exists(invited))


def may_see(request: Any, kwargs: dict[str, UUID]) -> bool:
    """Whether the royement in the address is theirs to know of (kern.toegang)."""
    return visible_to(request).filter(pk=kwargs["royement"]).exists()


def is_subject(request: Any, royement: Royement) -> bool:
    """Whether this person speaks for the practice that it is about."""
    return royement.deelnemer_id in own_practices(request)


def speaks_as_subject(request: Any, kwargs: dict[str, UUID]) -> bool:
    """Whether the royement in the address is about their own practice, and announced."""
    rows = visible_to(request).filter(deelnemer__in=own_practices(request))
    return rows.filter(pk=kwargs["royement"]).exists()


def represents(royement: Royement, gebruiker_id: int | None) -> bool:
    """Whether this person speaks for the practice that it is about."""
    rows = Lidmaatschap.objects.active().filter(
        kring_id=royement.kring_id, rol=Rol.VERTEGENWOORDIGER, deelnemer_id=royement.deelnemer_id
    )
    return rows.filter(gebruiker_id=gebruiker_id).exists()


def leads_or_is_subject(request: Any, kwargs: dict[str, UUID]) -> bool:
    """Whether they may add a document or take the letter: the coordinator, or the practice."""
    if Rol.COORDINATOR in request.actor.rollen:
        return may_see(request, kwargs)
    return speaks_as_subject(request, kwargs)
