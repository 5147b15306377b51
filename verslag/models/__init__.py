"""Rows of chapter 4: passantendossier, report with its versions, attachments, handover."""

from verslag.models.bijlage import Bijlage, BijlageVervangen, Versiebijlage
from verslag.models.dossier import Passantendossier
from verslag.models.overdracht import Overdracht
from verslag.models.verslag import Verslag, VerslagPdf, Verslagversie

__all__ = [
    "Bijlage",
    "BijlageVervangen",
    "Overdracht",
    "Passantendossier",
    "Versiebijlage",
    "Verslag",
    "VerslagPdf",
    "Verslagversie",
]
