"""Access rows of the oefening app: who answers the phone practises; the coordinator sees totals."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kern.toegang import Menu, Rol, regel
from oefening.models import Oefenpoging

_WIE = (Rol.TRIAGE, Rol.TANDARTS)


def _is_own(request, kwargs: dict[str, UUID]) -> bool:
    """An attempt is somebody's own: not even the coordinator reads along."""
    return Oefenpoging.objects.filter(pk=kwargs["pk"], gebruiker_id=request.user.pk).exists()


def _poging(route: str, methoden: str):
    return regel(
        f"oefening:{route}",
        *_WIE,
        methoden=methoden,
        voorwaarde=_is_own,
        object="eigen oefenpoging",
    )


REGELS = [
    regel("oefening:overzicht", *_WIE, object="eigen oefenpogingen", menu=Menu(_("Oefenen"), 45)),
    regel("oefening:begin", *_WIE, methoden="POST", object="kring"),
    _poging("poging", "GET"),
    _poging("vraag", "POST"),
    _poging("inleveren", "POST"),
    regel(
        "oefening:ploeg",
        Rol.COORDINATOR,
        object="aantallen per medewerker, geen pogingen",
        menu=Menu(_("Oefenresultaten"), 46),
    ),
]
