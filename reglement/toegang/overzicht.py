"""Access row of the first page of the app."""

from django.utils.translation import gettext_lazy as _

from kern.toegang import Menu, regel
from reglement.toegang.rollen import LEZERS

REGELS = [
    regel(
        "reglement:overzicht",
        LEZERS,
        object="eigen taken in de vergadering",
        menu=Menu(_("Vergaderen"), 42),
    ),
]
