"""The call: patient, questions, outcome, contact with the dentist, appointment (ch. 2 and 3)."""

from triage.models.contactpoging import Contactpoging
from triage.models.oproep import Oproep
from triage.models.patient import JaNeeOnbekend, Patient
from triage.models.protocolversie import Protocolversie
from triage.models.termijn import Termijn

__all__ = [
    "Contactpoging",
    "JaNeeOnbekend",
    "Oproep",
    "Patient",
    "Protocolversie",
    "Termijn",
]
