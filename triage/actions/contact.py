"""The ledger of the contact with the dentist: note an attempt, take back a mistake."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now
from kring.models import Tandarts
from triage.actions.basis import lock, record_step
from triage.actions.bericht import send_after_miss
from triage.contact import CONTACT, GEMIST
from triage.models import Contactpoging, Oproep, Vergissing
from triage.overgangen import StapGeweigerd, require_running


@transaction.atomic
def log_contactpoging(
    oproep: Oproep,
    *,
    tandarts: Tandarts | None,
    rol: str,
    resultaat: str,
    by: Actor,
    aanwezig_om: datetime | None = None,
    formulier: str = "",
) -> Contactpoging:
    """Note one attempt; who was spoken to becomes the behandelaar.

    The same `formulier` twice is one attempt: a double click, or a page that was sent again. After
    a miss the dentist gets a message by itself, once. `tandarts` is None for the coordinator.
    """
    lock(oproep)
    known = oproep.contactpogingen.filter(formulier=formulier).first() if formulier else None
    if known is not None:
        return known
    require_running(oproep)
    if resultaat in CONTACT:
        oproep.behandelaar = tandarts
    oproep.save(update_fields=["behandelaar", "gewijzigd_op"])
    poging = add_to_ledger(
        oproep,
        tandarts=tandarts,
        rol=rol,
        resultaat=resultaat,
        aanwezig_om=aanwezig_om,
        formulier=formulier,
        by=by,
    )
    if resultaat in GEMIST and tandarts is not None:
        send_after_miss(oproep, tandarts=tandarts, rol=rol, by=by)
    return poging


def add_to_ledger(oproep: Oproep, *, resultaat: str, by: Actor, **fields: Any) -> Contactpoging:
    """Add one row with its log line; the call is locked by whoever calls this."""
    poging = Contactpoging.objects.create(
        kring_id=oproep.kring_id,
        oproep=oproep,
        resultaat=resultaat,
        moment=db_now(),
        door_id=by.person_id,
        **fields,
    )
    record_step(f"contactpoging.{resultaat}", "C", oproep, by)
    return poging


@transaction.atomic
def retract_contactpoging(poging: Contactpoging, *, reden: str, by: Actor) -> Vergissing:
    """Note that an attempt was noted by mistake: both stay, neither counts.

    A conversation on which a decision rests is no mistake that can be taken back like this: the
    dentist has to be asked again, and the new decision noted.
    """
    oproep = Oproep.objects.get(pk=poging.oproep_id)
    lock(oproep)
    require_running(oproep)
    if not poging.is_van_triage:
        raise StapGeweigerd(_("Dit heeft de tandarts zelf vastgelegd. Bel de tandarts."))
    if Vergissing.objects.filter(poging=poging).exists():
        raise StapGeweigerd(_("Deze poging is al als vergissing gemeld."))
    if not reden.strip():
        raise StapGeweigerd(_("Schrijf op wat er misging."))
    vergissing = Vergissing.objects.create(
        kring_id=oproep.kring_id,
        poging=poging,
        reden=reden.strip(),
        moment=db_now(),
        door_id=by.person_id,
    )
    if poging.resultaat in CONTACT:
        _forget_conversation(oproep)
    oproep.save(update_fields=["behandelaar", "gewijzigd_op"])
    record_step("contactpoging.vergissing", "U", oproep, by)
    return vergissing


def _forget_conversation(oproep: Oproep) -> None:
    standing = oproep.contactpogingen.standing().filter(resultaat__in=CONTACT)
    last, decision = standing.last(), oproep.tandartsbesluiten.last()
    rests = last is not None
    if decision is not None:
        rests = standing.filter(tandarts=decision.tandarts_id, moment__lte=decision.moment).exists()
    if oproep.besluit and not rests:
        raise StapGeweigerd(
            _("Na dit gesprek is een besluit vastgelegd. Bel de tandarts en leg opnieuw vast.")
        )
    oproep.behandelaar = last.tandarts if last else None
