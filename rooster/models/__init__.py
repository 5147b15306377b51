"""Rows of the roster: the frame, what everybody owes, wishes, drafts, versions and duties."""

from rooster.models.aandeel import Inzet, Saldo, Vrijstelling
from rooster.models.agenda import Agendalink
from rooster.models.concept import Concept, Conceptdienst, Conceptplaats, Plantaak
from rooster.models.dienst import Dienst, Dienstplaats
from rooster.models.gebied import Gebied
from rooster.models.kader import Categorie, Dienstsoort, Feestdag, Openingstijd, Roosterperiode
from rooster.models.publicatie import Akkoord, Roosterversie, Roosterwijziging
from rooster.models.wens import Wens, Wensenlijst

__all__ = [
    "Agendalink",
    "Akkoord",
    "Categorie",
    "Concept",
    "Conceptdienst",
    "Conceptplaats",
    "Dienst",
    "Dienstplaats",
    "Dienstsoort",
    "Feestdag",
    "Gebied",
    "Inzet",
    "Openingstijd",
    "Plantaak",
    "Roosterperiode",
    "Roosterversie",
    "Roosterwijziging",
    "Saldo",
    "Vrijstelling",
    "Wens",
    "Wensenlijst",
]
