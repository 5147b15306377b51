"""The own dentist of a patient becomes known after the report: then it goes out after all."""

from django.db import transaction

from kern import logboek
from kern.actor import Actor
from kring.models import EigenTandarts
from triage.models import JaNeeOnbekend, Oproep, Patient
from verslag.actions.overdracht import send_overdracht
from verslag.models import Overdracht, Passantendossier, Verslag


@transaction.atomic
def set_own_dentist(
    dossier: Passantendossier, *, eigen_tandarts: EigenTandarts, by: Actor, send: bool = True
) -> list[Overdracht]:
    """Note who the own dentist is; with `send`, hand over every report of the actor that waited.

    Returns the handovers. A report of a colleague appears on the list of that colleague: the
    author answers for a correct handover (§4.2).
    """
    # Calls, reports, patient: the order of every action of the report, so nobody waits in a circle.
    calls = Oproep.objects.filter(patient=dossier.patient_id).order_by("pk")
    list(calls.select_for_update(no_key=True).values_list("pk"))
    rows = Verslag.objects.filter(dossier=dossier).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
    patient = Patient.objects.select_for_update(no_key=True).get(pk=dossier.patient_id)
    if patient.eigen_tandarts_id != eigen_tandarts.pk or not _says_yes(patient):
        patient.heeft_eigen_tandarts = JaNeeOnbekend.JA
        patient.eigen_tandarts = eigen_tandarts
        patient.save(update_fields=["heeft_eigen_tandarts", "eigen_tandarts", "gewijzigd_op"])
        logboek.record(
            "patient.gewijzigd",
            "U",
            by=by,
            kring_id=dossier.kring_id,
            object_soort="patient",
            object_id=patient.pk,
            patient_id=patient.pk,
        )
    if not send:
        return []
    # What left before stays away; `send_overdracht` guards the author and asks all of it again.
    waiting = rows.filter(auteur__gebruiker_id=by.person_id).never_sent()
    sent = []
    for verslag in waiting.select_related("dossier__patient__eigen_tandarts", "auteur"):
        versie = verslag.versies.last()
        if versie is not None:
            versie.verslag = verslag
            sent.append(send_overdracht(versie, by=by))
    return sent


def _says_yes(patient: Patient) -> bool:
    return patient.heeft_eigen_tandarts == JaNeeOnbekend.JA
