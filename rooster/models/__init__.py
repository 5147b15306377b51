"""Rows of the roster: frame, what everybody owes, wishes, drafts, versions, duties, swaps."""

from rooster.models.aandeel import Inzet, Saldo, Vrijstelling
from rooster.models.agenda import Agendalink
from rooster.models.concept import Concept, Conceptdienst, Conceptplaats, Plantaak
from rooster.models.dienst import Dienst, Dienstplaats
from rooster.models.gebied import Gebied
from rooster.models.kader import Categorie, Dienstsoort, Feestdag, Openingstijd, Roosterperiode
from rooster.models.publicatie import Akkoord, Roosterversie, Roosterwijziging
from rooster.models.ruil import Ruilaanbod, Ruilverzoek
from rooster.models.waarnemer import (
    Bigcontrole,
    Reglementontvangst,
    Reglementtekst,
    Waarnemer,
)
from rooster.models.wens import Wens, Wensenlijst

__all__ = [
    "Agendalink",
    "Akkoord",
    "Bigcontrole",
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
    "Reglementontvangst",
    "Reglementtekst",
    "Roosterperiode",
    "Roosterversie",
    "Roosterwijziging",
    "Ruilaanbod",
    "Ruilverzoek",
    "Saldo",
    "Vrijstelling",
    "Waarnemer",
    "Wens",
    "Wensenlijst",
]
