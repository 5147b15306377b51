"""Search for signalen, and decide about one: each with its line in the log."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from toezicht import feiten, regels
from toezicht.models import Beoordeling, Signaal
from toezicht.regels import Vondst

MIN_TOELICHTING = 15
"""Characters: "ok" explains nothing to whoever reads it in two years."""


@transaction.atomic
def search(*, kring_id: int, begin: datetime, einde: datetime, by: Actor) -> int:
    """Search the log of the open kring in a period; return how many signalen are new.

    The same finding of an earlier search stays the one that it was.
    """
    one_at_a_time("toezicht.zoeken", kring_id)
    inzagen = feiten.inzagen(kring_id, begin, einde)
    medewerkers = feiten.medewerkers(begin, einde)
    patienten = feiten.patienten(inzage.patient_id for inzage in inzagen)
    found = regels.find(inzagen, medewerkers, patienten, feiten.instelling())
    rows = {
        _key(vondst): Signaal(
            kring_id=kring_id,
            regel=vondst.regel,
            versie=regels.VERSIE,
            gebruiker_id=vondst.gebruiker_id,
            gebruiker_naam=_name(vondst, medewerkers),
            patient_id=vondst.patient_id,
            dag=vondst.dag,
            regels=list(vondst.regels),
            reden=vondst.reden,
            sleutel=_key(vondst),
        )
        for vondst in found
    }
    known = Signaal.objects.filter(kring_id=kring_id, sleutel__in=rows)
    for sleutel in known.values_list("sleutel", flat=True):
        del rows[sleutel]
    Signaal.objects.bulk_create(rows.values())
    logboek.record("signalen.gezocht", "E", by=by, kring_id=kring_id)
    return len(rows)


def _key(vondst: Vondst) -> str:
    return f"{vondst.regel}|{vondst.gebruiker_id}|{vondst.patient_id or ''}|{vondst.dag}"


def _name(vondst: Vondst, medewerkers: dict[int, regels.Medewerker]) -> str:
    found = medewerkers.get(vondst.gebruiker_id)
    return found.naam if found else _("onbekend")


@transaction.atomic
def judge(signaal: Signaal, *, oordeel: str, toelichting: str, by: Actor) -> Beoordeling:
    """Write down a decision; nobody decides about their own looks."""
    if signaal.gebruiker_id == by.gebruiker_id:
        raise ValidationError(
            _("Dit signaal gaat over jou. Een andere functionaris moet het beoordelen.")
        )
    if len(toelichting.strip()) < MIN_TOELICHTING:
        raise ValidationError(
            {"toelichting": _("Leg in minstens 15 tekens uit hoe je tot dit oordeel komt.")}
        )
    row = Beoordeling.objects.create(
        kring_id=signaal.kring_id,
        signaal=signaal,
        oordeel=oordeel,
        toelichting=toelichting.strip(),
        door_id=by.person_id,
        door_naam=by.naam,
    )
    logboek.record(
        "signaal.beoordeeld",
        "U",
        by=by,
        kring_id=signaal.kring_id,
        object_soort="signaal",
        object_id=signaal.pk,
        patient_id=signaal.patient_id,
    )
    return row
