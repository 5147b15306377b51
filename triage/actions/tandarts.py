"""Contact with the dentist, the decision, the appointment, the visit."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now
from kring.models import Tandarts
from triage.actions.basis import judge_again, lock, record_step
from triage.models import Contactpoging, Oproep
from triage.overgangen import StapGeweigerd, move, require_running


@transaction.atomic
def log_contactpoging(
    oproep: Oproep, *, tandarts: Tandarts, rol: str, resultaat: str, by: Actor
) -> Contactpoging:
    """Note one attempt to reach a dentist; who was spoken to becomes the behandelaar."""
    lock(oproep)
    require_running(oproep)
    poging = Contactpoging.objects.create(
        kring_id=oproep.kring_id,
        oproep=oproep,
        tandarts=tandarts,
        rol=rol,
        resultaat=resultaat,
        moment=db_now(),
        door_id=by.person_id,
    )
    if resultaat == Contactpoging.Resultaat.GESPROKEN:
        oproep.behandelaar = tandarts
    oproep.save(update_fields=["behandelaar", "gewijzigd_op"])
    record_step(f"contactpoging.{resultaat}", "C", oproep, by)
    return poging


@transaction.atomic
def record_besluit(oproep: Oproep, *, besluit: str, toelichting: str, by: Actor) -> Oproep:
    """Note what the dentist decided; only a dentist who was spoken to decides (§2.1)."""
    lock(oproep)
    require_running(oproep)
    if oproep.behandelaar_id is None:
        raise StapGeweigerd(
            _("Leg eerst vast dat je de tandarts hebt gesproken. Alleen de tandarts beslist.")
        )
    oproep.besluit, oproep.besluit_toelichting = besluit, toelichting
    if besluit != Oproep.Besluit.ZIEN and oproep.status == Oproep.Status.AFSPRAAK:
        oproep.afspraak_om = None
        move(oproep, Oproep.Status.OPEN)
    judge_again(oproep)
    oproep.save()
    record_step("oproep.besluit_vastgelegd", "U", oproep, by)
    return oproep


@transaction.atomic
def make_afspraak(
    oproep: Oproep, *, moment: datetime, by: Actor, betaling_gemeld: bool = False
) -> Oproep:
    """Agree when the patient comes to the dentist who was spoken to."""
    lock(oproep)
    require_running(oproep)
    if oproep.behandelaar_id is None:
        raise StapGeweigerd(
            _("Leg eerst vast dat je de tandarts hebt gesproken. Dan kun je een afspraak maken.")
        )
    if moment < oproep.aangenomen_op:
        raise StapGeweigerd(_("De afspraak kan niet vóór het telefoontje liggen."))
    oproep.afspraak_om = moment
    oproep.besluit = Oproep.Besluit.ZIEN
    oproep.betaling_gemeld = oproep.betaling_gemeld or betaling_gemeld
    move(oproep, Oproep.Status.AFSPRAAK)
    oproep.save()
    record_step("oproep.afspraak_gemaakt", "U", oproep, by)
    return oproep


@transaction.atomic
def mark_gezien(oproep: Oproep, *, by: Actor) -> Oproep:
    """Note that the dentist has seen the patient, also when the telephone call is closed."""
    lock(oproep)
    if oproep.gezien_op is not None:
        return oproep
    if oproep.status != Oproep.Status.AFGEROND:
        move(oproep, Oproep.Status.GEZIEN)
    oproep.gezien_op = db_now()
    oproep.save()
    record_step("oproep.gezien", "U", oproep, by)
    return oproep
