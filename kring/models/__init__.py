"""Who: the kring, its deelnemers, tandartsen, users with roles, and own dentists outside it."""

from kring.models.adresboek import Adreswijziging, EigenTandarts
from kring.models.kring import (
    Deelnemer,
    Factorherstel,
    Gebruiker,
    GebruikerManager,
    Kring,
    Lidmaatschap,
    Sessie,
    Tandarts,
)

__all__ = [
    "Adreswijziging",
    "Deelnemer",
    "EigenTandarts",
    "Factorherstel",
    "Gebruiker",
    "GebruikerManager",
    "Kring",
    "Lidmaatschap",
    "Sessie",
    "Tandarts",
]
