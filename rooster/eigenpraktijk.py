"""Whose practice it is: the coordinator keeps all, a representative the own one."""

from django.db.models import QuerySet

from kern.toegang import Rol
from kring.models import Deelnemer, Tandarts


def practices_of(request) -> QuerySet[Deelnemer]:
    """Return the active practices that this person keeps, in the order of their names."""
    rows = Deelnemer.objects.filter(kring=request.kring, actief=True).order_by("naam")
    if Rol.COORDINATOR in request.actor.rollen:
        return rows
    own = [row.deelnemer_id for row in request.lidmaatschappen if _represents(row, request)]
    return rows.filter(pk__in=own)


def _represents(row, request) -> bool:
    return row.kring_id == request.kring.pk and row.rol == Rol.VERTEGENWOORDIGER


def keeps_practice(request, kwargs: dict) -> bool:
    """Whether the practice in the address is theirs to keep (kern.toegang)."""
    return practices_of(request).filter(pk=kwargs["deelnemer"]).exists()


def keeps_dentist(request, kwargs: dict) -> bool:
    """Whether the dentist in the address belongs to a practice that is theirs to keep."""
    dentists = Tandarts.objects.filter(pk=kwargs["tandarts"], deelnemer__in=practices_of(request))
    return dentists.exists()
