"""Safety of whoever is on duty: the sheet of an address, incidents, what was done (§5.5)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import KringModel, one_at_a_time
from kern.tijd import db_now, to_local
from kern.weigering import refusing
from kring.models import Deelnemer
from reglement.models import Incident, Incidentstap, Veiligheidsblad
from reglement.veiligheid.tekst import names_somebody


@transaction.atomic
def save_blad(deelnemer: Deelnemer, *, by: Actor, **velden: object) -> Veiligheidsblad:
    """Write what a duty at this address asks for; saving says that it was looked at today."""
    velden |= {"nagekeken_op": to_local(db_now()).date(), "nagekeken_door_id": by.person_id}
    with refusing(Veiligheidsblad, velden={"veiligheidsblad_begeleiders": "begeleiders"}):
        row, _new = Veiligheidsblad.objects.update_or_create(
            deelnemer=deelnemer, kring_id=deelnemer.kring_id, defaults=velden
        )
    _log("veiligheidsblad.opgeslagen", "U", row, by)
    return row


@transaction.atomic
def report_incident(
    *,
    kring_id: int,
    soort: str,
    gebeurd_op: datetime,
    deelnemer: Deelnemer,
    tekst: str,
    alleen: bool,
    politie: bool,
    by: Actor,
) -> Incident:
    """Note what happened, without a word about who the patient was."""
    _clean(tekst)
    if gebeurd_op > db_now():
        raise ValidationError({"gebeurd_op": _("Dit moment moet nog komen.")})
    row = Incident.objects.create(
        kring_id=kring_id,
        soort=soort,
        gebeurd_op=gebeurd_op,
        deelnemer=deelnemer,
        tekst=tekst,
        alleen=alleen,
        politie=politie,
        gemeld_door_id=by.person_id,
    )
    _log("incident.gemeld", "C", row, by)
    return row


@transaction.atomic
def follow_incident(incident: Incident, *, tekst: str, sluit: bool, by: Actor) -> Incidentstap:
    """Note what was done about it; nothing comes after the step that closes it."""
    _clean(tekst)
    # Nobody may lock a row that nobody may change: this keeps two last steps apart.
    one_at_a_time("incident", incident.kring_id)
    if Incidentstap.objects.filter(incident=incident, sluit=True).exists():
        raise ValidationError(_("Dit incident is afgesloten. Meld een nieuw incident."))
    row = Incidentstap.objects.create(
        kring_id=incident.kring_id,
        incident=incident,
        tekst=tekst,
        sluit=sluit,
        gedaan_op=db_now(),
        gedaan_door_id=by.person_id,
    )
    _log("incident.vervolgd", "U", incident, by)
    return row


def _clean(tekst: str) -> None:
    if found := names_somebody(tekst):
        raise ValidationError({"tekst": found})


def _log(gebeurtenis: str, actie: str, row: KringModel, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort=row._meta.model_name,
        object_id=row.pk,
    )
