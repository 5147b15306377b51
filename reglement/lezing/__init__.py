"""How a kring reads the places where its rules are silent or say two things (A-1 … A-21).

Pure. A `Lezing` is part of a version of the reglement: changing it is an amendment (10.1b), and an
old meeting is judged by the reading of its own version (RG-12). `LEESPUNTEN` says of each reading
what can be chosen and why, in words for the people who choose. The defaults and the figures behind
them are in docs/besluiten/0040.
"""

from typing import Final

from reglement.lezing.keuzes import (
    STANDAARD,
    EigenBelang,
    Grondslag,
    Helft,
    Lezing,
    LezingFout,
    NietVoldaan,
    NieuweDeelnemer,
    Oproepvanaf,
    Opvolger,
    OpzegEinde,
    Quorummoment,
    Roostergoedkeuring,
    Telwijze,
    Toezendklok,
    VariantEen,
    Vergoedingsjaar,
    Viervergadering,
    Voorwaardelijk,
)
from reglement.lezing.lidmaatschap import LIDMAATSCHAP
from reglement.lezing.punten import Keuze, Leespunt
from reglement.lezing.stemming import STEMMING
from reglement.lezing.termijnen import TERMIJNEN

LEESPUNTEN: Final = (*STEMMING, *TERMIJNEN, *LIDMAATSCHAP)
"""Every reading in the order of a form; `extra_feestdagen` is a list of days and stands apart."""

LEESPUNT: Final = {punt.veld: punt for punt in LEESPUNTEN}

__all__ = [
    "LEESPUNT",
    "LEESPUNTEN",
    "STANDAARD",
    "EigenBelang",
    "Grondslag",
    "Helft",
    "Keuze",
    "Leespunt",
    "Lezing",
    "LezingFout",
    "NietVoldaan",
    "NieuweDeelnemer",
    "Oproepvanaf",
    "Opvolger",
    "OpzegEinde",
    "Quorummoment",
    "Roostergoedkeuring",
    "Telwijze",
    "Toezendklok",
    "VariantEen",
    "Vergoedingsjaar",
    "Viervergadering",
    "Voorwaardelijk",
]
