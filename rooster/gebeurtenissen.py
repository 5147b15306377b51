"""The events of the rooster app in words (kern.gebeurtenissen)."""

GEBEURTENISSEN = {
    "dienst.gepland": "dienst gepland",
    "dienst.gewijzigd": "dienst gewijzigd",
    "dienst.verwijderd": "dienst verwijderd",
    "agendalink.gemaakt": "agendalink gemaakt",
    "agendalink.ingetrokken": "agendalink ingetrokken",
    "gebied.opgeslagen": "gebied van de kring opgeslagen",
    # Frame, periods and shares
    "dienstsoorten.vastgesteld": "dienstsoorten vastgesteld",
    "feestdagen.vastgesteld": "feestdagen van een jaar vastgesteld",
    "openingstijden.opgeslagen": "reguliere openingstijden opgeslagen",
    "roosterperiode.gemaakt": "roosterperiode gemaakt",
    "roosterperiode.gewijzigd": "roosterperiode gewijzigd",
    "roosterperiode.verwijderd": "roosterperiode verwijderd",
    "roosterperiode.wensen_gevraagd": "wensen voor een roosterperiode gevraagd",
    "inzet.vastgesteld": "inzet van een tandarts vastgesteld",
    "vrijstelling.gegeven": "vrijstelling gegeven",
    "vrijstelling.gewijzigd": "vrijstelling gewijzigd",
    "vrijstelling.verwijderd": "vrijstelling verwijderd",
    "saldi.vastgesteld": "saldi van een periode vastgesteld",
}
