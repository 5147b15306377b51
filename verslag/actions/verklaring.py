"""Keep what a patient says about the file with the file."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from triage.models import Patient
from verslag.models import Verklaring, Verslag


@transaction.atomic
def add_verklaring(
    patient: Patient,
    *,
    tekst: str,
    gegeven_op: date,
    verslag: Verslag | None = None,
    verzoek_nummer: int | None = None,
    by: Actor,
) -> Verklaring:
    """Add the own words of the patient; `verslag`: the report that they are about.

    Nobody changes them afterwards, and nobody weighs them (BW 7:454 lid 2).
    """
    if not tekst.strip():
        raise ValidationError({"tekst": _("Schrijf op wat de patiënt verklaart.")})
    row = Verklaring.objects.create(
        kring_id=patient.kring_id,
        patient=patient,
        verslag=verslag,
        tekst=tekst.strip(),
        gegeven_op=gegeven_op,
        verzoek_nummer=verzoek_nummer,
        genoteerd_door_id=by.person_id,
    )
    logboek.record(
        "verklaring.toegevoegd",
        "C",
        by=by,
        kring_id=row.kring_id,
        object_soort="verklaring",
        object_id=row.pk,
        patient_id=patient.pk,
    )
    return row
