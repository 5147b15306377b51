"""What is typed on the call screen.

Both big forms are read leniently: a field that is wrong keeps its text and its sentence, every
other field is saved. One typing error never holds up the outcome or the rest of the intake.
"""

from triage.forms.antwoorden import AntwoordenForm
from triage.forms.einde import AfbreekForm, AfrondenForm
from triage.forms.patient import EigenTandartsForm, PatientForm
from triage.forms.tandarts import BesluitForm, ContactpogingForm

__all__ = [
    "AfbreekForm",
    "AfrondenForm",
    "AntwoordenForm",
    "BesluitForm",
    "ContactpogingForm",
    "EigenTandartsForm",
    "PatientForm",
]
