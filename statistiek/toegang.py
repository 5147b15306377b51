"""Access rows of the statistiek app: counts of the kring, never a call or a patient."""

from django.utils.translation import gettext_lazy as _

from kern.toegang import Menu, Rol, regel

_KIJKT = (Rol.COORDINATOR, Rol.TRIAGE, Rol.TANDARTS)

REGELS = [
    regel(
        "statistiek:overzicht",
        *_KIJKT,
        object="tellingen van de kring",
        menu=Menu(_("Cijfers"), 48),
    ),
    regel("statistiek:bestand", Rol.COORDINATOR, object="tellingen van de kring", vers=True),
    regel("statistiek:papier", Rol.COORDINATOR, object="tellingen van de kring"),
]
