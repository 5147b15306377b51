"""Search for signalen, and decide about one: each with its line in the log."""

from collections import defaultdict
from datetime import datetime, timedelta

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

    A finding of which every line stands in an earlier signaal is that one. A later look gives a
    new signaal: what was decided about the first says nothing about what came after it.
    """
    one_at_a_time("toezicht.zoeken", kring_id)
    inzagen = feiten.inzagen(kring_id, begin, einde)
    medewerkers = feiten.medewerkers(begin, einde)
    patienten = feiten.patienten(inzage.patient_id for inzage in inzagen)
    found = regels.find(inzagen, medewerkers, patienten, feiten.instelling())
    known = _known_lines(kring_id, found)
    rows = []
    for vondst in found:
        new = set(vondst.regels) - known[_about(vondst)]
        if new:
            rows.append(
                Signaal(
                    kring_id=kring_id,
                    regel=vondst.regel,
                    versie=regels.VERSIE,
                    gebruiker_id=vondst.gebruiker_id,
                    gebruiker_naam=_name(vondst, medewerkers),
                    patient_id=vondst.patient_id,
                    dag=vondst.dag,
                    regels=list(vondst.regels),
                    reden=vondst.reden,
                    sleutel=f"{_about(vondst)}|{min(new)}",
                )
            )
    Signaal.objects.bulk_create(rows)
    logboek.record("signalen.gezocht", "E", by=by, kring_id=kring_id)
    return len(rows)


def _known_lines(kring_id: int, found: list[Vondst]) -> dict[str, set[int]]:
    """Return the lines that stand in a signaal already, by what the signaal is about."""
    known: dict[str, set[int]] = defaultdict(set)
    if not found:
        return known
    # An hour may have begun before midnight, and the search after it.
    since = min(vondst.dag for vondst in found) - timedelta(days=1)
    for signaal in Signaal.objects.filter(kring_id=kring_id, dag__gte=since):
        known[_about(signaal)] |= set(signaal.regels)
    return known


def _about(row: Vondst | Signaal) -> str:
    return f"{row.regel}|{row.gebruiker_id}|{row.patient_id or ''}"


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
