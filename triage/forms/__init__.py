"""What is typed on the call screen.

Both big forms are read leniently: a field that is wrong keeps its text and its sentence, every
other field is saved. One typing error never holds up the outcome or the rest of the intake.
"""

from triage.forms.antwoord_tandarts import BevestigForm, DoorgeefForm, EigenBesluitForm
from triage.forms.antwoorden import AntwoordenForm
from triage.forms.einde import AfbreekForm, AfrondenForm
from triage.forms.gesprek import AgressieForm, OphogenForm, TerugnemenForm
from triage.forms.navoeren import NavoerenForm
from triage.forms.patient import EigenTandartsForm, PatientForm
from triage.forms.tandarts import BerichtForm, BesluitForm, ContactpogingForm, VergissingForm
from triage.forms.verwijsadres import VerwijsadresForm
from triage.forms.zoeken import ZoekForm

__all__ = [
    "AfbreekForm",
    "AfrondenForm",
    "AgressieForm",
    "AntwoordenForm",
    "BerichtForm",
    "BesluitForm",
    "BevestigForm",
    "ContactpogingForm",
    "DoorgeefForm",
    "EigenBesluitForm",
    "EigenTandartsForm",
    "NavoerenForm",
    "OphogenForm",
    "PatientForm",
    "TerugnemenForm",
    "VergissingForm",
    "VerwijsadresForm",
    "ZoekForm",
]
