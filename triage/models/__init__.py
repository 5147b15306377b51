"""The call: patient, questions, outcome, contact with the dentist, appointment (ch. 2 and 3)."""

from triage.models.agressiestap import Agressiestap
from triage.models.contactpoging import Contactpoging, Vergissing
from triage.models.oproep import Oproep
from triage.models.patient import JaNeeOnbekend, Patient
from triage.models.protocolversie import Protocolversie
from triage.models.tandartsbericht import Tandartsbericht
from triage.models.tandartsbesluit import Tandartsbesluit
from triage.models.termijn import Termijn
from triage.models.verwijsadres import Verwijsadres

__all__ = [
    "Agressiestap",
    "Contactpoging",
    "JaNeeOnbekend",
    "Oproep",
    "Patient",
    "Protocolversie",
    "Tandartsbericht",
    "Tandartsbesluit",
    "Termijn",
    "Vergissing",
    "Verwijsadres",
]
