"""The tabs of the roster (kern.tabbladen), in the order of the screen."""

from django.utils.translation import gettext_lazy as _

from kern.tabbladen import Tabblad

# In the order of the screen: first what everybody reads, then what the coordinator arranges.
TABBLADEN = [
    Tabblad("rooster:overzicht", _("Rooster")),
    Tabblad("rooster:maand", _("Maand")),
    Tabblad("rooster:jaar", _("Jaar")),
    Tabblad("rooster:nu", _("Nu")),
    Tabblad("rooster:ruilen", _("Ruilen")),
    Tabblad("rooster:wensen", _("Wensen")),
    Tabblad("rooster:versies", _("Versies")),
    Tabblad("rooster:wijzigingen", _("Wijzigingen")),
    Tabblad("rooster:agenda", _("Agenda")),
    Tabblad("rooster:gebied", _("Gebied")),
    Tabblad("rooster:eerlijk", _("Eerlijk verdeeld")),
    Tabblad("rooster:telling", _("Telling")),
    Tabblad("rooster:concepten", _("Concepten")),
    Tabblad("rooster:perioden", _("Perioden")),
    Tabblad("rooster:kader", _("Kader")),
]

# Below the tab Kader.
KADER = [
    Tabblad("rooster:kader", _("Dienstsoorten en feestdagen")),
    Tabblad("rooster:openingstijden", _("Openingstijden")),
    Tabblad("rooster:inzet", _("Inzet")),
    Tabblad("rooster:vrijstellingen", _("Vrijstellingen")),
    Tabblad("rooster:saldi", _("Saldi")),
]
