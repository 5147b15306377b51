"""Who saw what of a patient, when and why: readable for the patient (S19, NEN 7513 ch. 9).

Of colleagues the name and the role, and under whose responsibility they acted; no address, no
account, nothing else of them.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from kern import gebeurtenissen
from kern.models import Logregel
from kern.toegang import Doel, Rol
from triage.models import Oproep, Patient


@dataclass(frozen=True)
class Toegang:
    """One line of the log as a patient reads it."""

    moment: datetime
    wie: str
    rol: str
    namens: str
    wat: str
    waarom: str
    uitkomst: str


def lines_about(patient_id: UUID):
    """Return the lines about a patient of the open kring, the oldest first.

    Also those about a call from before it was known whose call it was, and those about a second
    row of the same person that was joined to this one.
    """
    calls = [
        str(pk) for pk in Oproep.objects.filter(patient=patient_id).values_list("pk", flat=True)
    ]
    early = Q(patient_id__isnull=True, object_id__in=calls, object_soort="oproep")
    joined = Patient.objects.filter(opgegaan_in=patient_id).values_list("pk", flat=True)
    own = Q(patient_id__in=[patient_id, *joined])
    return Logregel.objects.filter(own | early).order_by("volgnummer")


def accesses(patient_id: UUID) -> list[Toegang]:
    """Return every access to this patient, the oldest first."""
    return [_access(line) for line in lines_about(patient_id)]


def _access(line: Logregel) -> Toegang:
    roles = [str(label) for rol, label in Rol.choices if rol in line.rollen.split(",")]
    doelen = dict(Doel.choices)
    return Toegang(
        line.tijdstip,
        line.gebruiker_naam,
        ", ".join(roles) or _("automatisch"),
        line.namens_naam,
        gebeurtenissen.words(line.gebeurtenis),
        str(doelen.get(line.doel, line.doel)),
        "" if line.uitkomst == Logregel.Uitkomst.GESLAAGD else line.get_uitkomst_display(),
    )
