"""The tabs of the app (kern.tabbladen), in the order of the screen.

First what everybody comes for, then what the coordinator keeps.
"""

from django.utils.translation import gettext_lazy as _

from kern.tabbladen import Tabblad

TABBLADEN: list[Tabblad] = [
    Tabblad("reglement:overzicht", _("Overzicht")),
    Tabblad("reglement:vergaderingen", _("Vergaderingen")),
    Tabblad("reglement:besluiten", _("Besluiten")),
    Tabblad("reglement:regels", _("Reglement")),
    Tabblad("reglement:deelnemers", _("Deelnemers")),
    # The area stands in the rules that everybody reads; the register is not everybody's.
    Tabblad("reglement:verzorgingsgebied", _("Gebied"), zonder="reglement:deelnemers"),
    Tabblad("reglement:royementen", _("Royement")),
    Tabblad("reglement:functies", _("Functies")),
    Tabblad("reglement:jaarwiel", _("Jaarwiel")),
    Tabblad("reglement:geschillen", _("Geschillen")),
    Tabblad("reglement:veiligheid", _("Veiligheid")),
]

# Below the tab Deelnemers.
DEELNEMERS = [
    Tabblad("reglement:deelnemers", _("Register")),
    Tabblad("reglement:toelatingen", _("Aanvragen")),
    Tabblad("reglement:verzorgingsgebied", _("Gebied")),
]
