"""Tasks: open one for a cause, close it with what became of it. Both may be said twice."""

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from kern import logboek
from kern.actor import Actor
from kern.models import Zending
from kring.models import EigenTandarts
from triage.models import Patient
from verslag.models import Overdracht, Taak, Verslag


@transaction.atomic
def open_taak(
    *,
    kring_id: int,
    soort: str,
    sleutel: str,
    by: Actor,
    overdracht: Overdracht | None = None,
    zending: Zending | None = None,
    ontvanger: EigenTandarts | None = None,
    patient: Patient | None = None,
    verslag: Verslag | None = None,
    uitleg: str = "",
) -> Taak:
    """Return the task of this cause; made the first time, and left as it is ever after.

    `uitleg` holds nothing of a patient. Recipient and patient follow from the handover, or from
    the report when nothing was handed over.
    """
    if overdracht is not None:
        ontvanger = ontvanger or overdracht.ontvanger
        patient = patient or overdracht.versie.verslag.dossier.patient
    elif verslag is not None:
        ontvanger = ontvanger or verslag.dossier.patient.eigen_tandarts
        patient = patient or verslag.dossier.patient
    # Two causes at the same moment: the second one waits for the first and finds its row.
    taak, made = Taak.objects.get_or_create(
        kring_id=kring_id,
        sleutel=sleutel,
        defaults={
            "soort": Taak.Soort(soort),
            "uitleg": uitleg[:400],
            "overdracht": overdracht,
            "zending": zending,
            "ontvanger": ontvanger,
            "patient": patient,
            "verslag": verslag,
        },
    )
    if made:
        _record("taak.geopend", "C", taak, by)
    return taak


@transaction.atomic
def close_taak(
    *,
    kring_id: int,
    sleutel: str,
    by: Actor,
    oplossing: str = Taak.Oplossing.VANZELF,
    toelichting: str = "",
) -> bool:
    """Close the open task of this cause; return False when there is none (any more)."""
    rows = Taak.objects.open().filter(kring_id=kring_id, sleutel=sleutel)
    taak = rows.select_for_update(of=("self",)).first()
    if taak is None:
        return False
    taak.gesloten_op = Now()
    taak.gesloten_door_id = by.gebruiker_id
    taak.oplossing = Taak.Oplossing(oplossing)
    taak.toelichting = toelichting
    taak.save(
        update_fields=[
            "gesloten_op",
            "gesloten_door",
            "oplossing",
            "toelichting",
            "gewijzigd_op",
        ]
    )
    _record("taak.gesloten", "U", taak, by)
    return True


def _record(gebeurtenis: str, actie: str, taak: Taak, by: Actor) -> None:
    patient: UUID | None = taak.patient_id
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=taak.kring_id,
        object_soort="taak",
        object_id=taak.pk,
        patient_id=patient,
    )
