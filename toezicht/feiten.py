"""From rows to the plain facts of toezicht.regels: a fixed number of queries, whatever the day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings

from kern.models import Logregel
from kern.tijd import to_local
from kern.toegang import Doel
from kring.models import Gebruiker, Lidmaatschap, Tandarts
from rooster.models import Dienstplaats
from toezicht.regels import Instelling, Inzage, Medewerker, Oproep, Patient
from triage import models as triage
from verslag.models import Verslag


def instelling() -> Instelling:
    return Instelling(per_uur=settings.TOEZICHT_PER_UUR)


def inzagen(kring_id: int, begin: datetime, einde: datetime) -> list[Inzage]:
    """Return the lines of the period in which a person dealt with a patient."""
    rows = Logregel.objects.filter(
        kring_id=kring_id,
        tijdstip__gte=begin,
        tijdstip__lt=einde,
        gebruiker_id__isnull=False,
        patient_id__isnull=False,
    ).values_list(
        "volgnummer", "tijdstip", "gebruiker_id", "patient_id", "gebeurtenis", "rollen", "doel"
    )
    return [
        Inzage(
            nummer,
            moment,
            to_local(moment).date(),
            gebruiker,
            patient,
            gebeurtenis,
            frozenset(filter(None, rollen.split(","))),
            zorg=doel == Doel.ZORG,
        )
        for nummer, moment, gebruiker, patient, gebeurtenis, rollen, doel in rows
    ]


def medewerkers(begin: datetime, einde: datetime) -> dict[int, Medewerker]:
    """Return everyone who ever had a role in the open kring, with duties around the period."""
    members = Lidmaatschap.objects.values_list("gebruiker_id", "deelnemer__postcode")
    postcodes: dict[int, set[str]] = defaultdict(set)
    for gebruiker_id, postcode in members:
        postcodes[gebruiker_id] |= {postcode} if postcode else set()
    dentists = Tandarts.objects.filter(gebruiker__isnull=False)
    for gebruiker_id, postcode in dentists.values_list("gebruiker_id", "deelnemer__postcode"):
        postcodes[gebruiker_id].add(postcode)
    margin = instelling().rond_dienst
    diensten: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    places = Dienstplaats.objects.filter(
        tandarts__gebruiker__isnull=False, begin__lt=einde + margin, einde__gt=begin - margin
    )
    for gebruiker_id, start, end in places.values_list("tandarts__gebruiker_id", "begin", "einde"):
        diensten[gebruiker_id].append((start, end))
    people = Gebruiker.objects.filter(pk__in=postcodes).values_list("pk", "naam")
    return {
        pk: Medewerker(pk, naam, frozenset(postcodes[pk]), tuple(diensten[pk]))
        for pk, naam in people
    }


def patienten(patient_ids: Iterable[UUID]) -> dict[UUID, Patient]:
    """Return these patients with all their calls and who had to do with each."""
    ids = set(patient_ids)
    calls = triage.Oproep.objects.filter(patient_id__in=ids)
    people: dict[UUID, set[int]] = defaultdict(set)
    for model, fields in (
        (triage.Contactpoging, ("oproep_id", "door_id", "tandarts__gebruiker_id")),
        (triage.Tandartsbericht, ("oproep_id", "door_id", "tandarts__gebruiker_id")),
        (Verslag, ("oproep_id", "auteur__gebruiker_id")),
    ):
        for oproep_id, *users in model.objects.filter(oproep__in=calls).values_list(*fields):
            people[oproep_id] |= set(users)
    oproepen: dict[UUID, list[Oproep]] = defaultdict(list)
    rows = calls.values_list(
        "pk",
        "patient_id",
        "aangenomen_op",
        "afgerond_op",
        "aangenomen_door_id",
        "afgerond_door_id",
        "behandelaar__gebruiker_id",
    )
    for pk, patient_id, begin, einde, *users in rows:
        known = frozenset((people[pk] | set(users)) - {None})
        oproepen[patient_id].append(Oproep(begin, einde, known))
    found = triage.Patient.objects.filter(pk__in=ids).values_list("pk", "naam", "postcode")
    return {pk: Patient(naam, postcode, tuple(oproepen[pk])) for pk, naam, postcode in found}
