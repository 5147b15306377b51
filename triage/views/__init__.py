"""HTTP of the triage app: the board and the call screen.

Every form works as a plain post that leads back to the page; htmx asks for the changed parts only.
"""

from triage.views.bericht import (
    bericht,
    bericht_besluit,
    bericht_bevestigen,
    bericht_doorgeven,
)
from triage.views.bord import (
    bord,
    bord_fragment,
    kringen,
    kringen_fragment,
    wand,
    wand_begin,
    wand_fragment,
)
from triage.views.einde import afbreken, afronden
from triage.views.gesprek import antwoorden, nieuw, oproep, stand, weggooien
from triage.views.herhaling import herhaling
from triage.views.lijsten import gesloten, strook
from triage.views.ophogen import agressie, ophogen, ophogen_terug
from triage.views.papier import formulier, nachtblad, navoeren
from triage.views.patient import bsn_tonen, eigen_tandarts, patient, patient_kies
from triage.views.tandarts import bericht_sturen, besluit, contactpoging, vergissing
from triage.views.verwijsadressen import verwijsadres, verwijsadres_nieuw, verwijsadressen
from triage.views.zoeken import zoek

__all__ = [
    "afbreken",
    "afronden",
    "agressie",
    "antwoorden",
    "bericht",
    "bericht_besluit",
    "bericht_bevestigen",
    "bericht_doorgeven",
    "bericht_sturen",
    "besluit",
    "bord",
    "bord_fragment",
    "bsn_tonen",
    "contactpoging",
    "eigen_tandarts",
    "formulier",
    "gesloten",
    "herhaling",
    "kringen",
    "kringen_fragment",
    "nachtblad",
    "navoeren",
    "nieuw",
    "ophogen",
    "ophogen_terug",
    "oproep",
    "patient",
    "patient_kies",
    "stand",
    "strook",
    "vergissing",
    "verwijsadres",
    "verwijsadres_nieuw",
    "verwijsadressen",
    "wand",
    "wand_begin",
    "wand_fragment",
    "weggooien",
    "zoek",
]
