"""Rows of chapter 4: passantendossier, report with its versions, attachments, handover, tasks."""

from verslag.models.bijlage import Bijlage, BijlageVervangen, Versiebijlage, kind_by_file
from verslag.models.briefhoofd import Briefhoofd
from verslag.models.dossier import Passantendossier
from verslag.models.kanaal import Certificaat, NtaDomein, Overhandiging
from verslag.models.overdracht import Overdracht
from verslag.models.pakket import Antwoord, Pakket, Pakketdeel
from verslag.models.samenvoeging import Samenvoeging
from verslag.models.taak import Taak
from verslag.models.tarief import Tariefcode
from verslag.models.tekstblok import Tekstblok
from verslag.models.verklaring import Verklaring
from verslag.models.verslag import Verslag, VerslagPdf, Verslagversie
from verslag.models.vervolg import Vervolgactie

__all__ = [
    "Antwoord",
    "Bijlage",
    "BijlageVervangen",
    "Briefhoofd",
    "Certificaat",
    "NtaDomein",
    "Overdracht",
    "Overhandiging",
    "Pakket",
    "Pakketdeel",
    "Passantendossier",
    "Samenvoeging",
    "Taak",
    "Tariefcode",
    "Tekstblok",
    "Verklaring",
    "Versiebijlage",
    "Verslag",
    "VerslagPdf",
    "Verslagversie",
    "Vervolgactie",
    "kind_by_file",
]
