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
    own = Q(patient_id__in=_rows_of(patient_id))
    return Logregel.objects.filter(own | early).order_by("volgnummer")


def _rows_of(patient_id: UUID) -> list[UUID]:
    """Return the row of a patient and those that were joined to it, however deep."""
    found = [patient_id]
    for known in found:
        joined = Patient.objects.filter(opgegaan_in=known).exclude(pk__in=found)
        found += joined.values_list("pk", flat=True)
    return found


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
