"""What the dentist does on the page behind the message: confirm, hand over, decide."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now
from kring.models import Tandarts
from rooster.models import Dienstplaats
from rooster.wacht import places_at
from triage.actions.basis import lock
from triage.actions.bericht import can_open, issue_bericht
from triage.actions.besluit import is_repeat, record_besluit
from triage.actions.contact import add_to_ledger
from triage.contact import CONTACT
from triage.models import Contactpoging, Oproep, Tandartsbericht
from triage.overgangen import StapGeweigerd, VeldGeweigerd, require_running

Resultaat = Contactpoging.Resultaat


@transaction.atomic
def confirm_bericht(
    bericht: Tandartsbericht, *, by: Actor, aanwezig_om: datetime | None = None
) -> Tandartsbericht:
    """Note that the dentist takes the call on; speaking to triage remains to be done.

    Again with the same time is no news; with another time it is.
    """
    oproep = _open_for(bericht)
    if bericht.bevestigd_op is not None and bericht.aanwezig_om == aanwezig_om:
        return bericht
    bericht.bevestigd_op = bericht.bevestigd_op or db_now()
    bericht.aanwezig_om = aanwezig_om
    bericht.save()
    _note(oproep, bericht, Resultaat.BEVESTIGD, by, aanwezig_om=aanwezig_om)
    return bericht


@transaction.atomic
def hand_over_bericht(
    bericht: Tandartsbericht,
    *,
    reden: str,
    by: Actor,
    naar: Tandarts | None = None,
    toelichting: str = "",
) -> Tandartsbericht | None:
    """Hand the call over to another dentist on duty, who gets a message; None: to triage.

    Without another dentist triage calls the coordinator.
    """
    oproep = _open_for(bericht)
    if oproep.behandelaar_id == bericht.tandarts_id:
        raise StapGeweigerd(_("Triage heeft je al gesproken. Bel triage om het door te geven."))
    if reden == Tandartsbericht.Doorgeefreden.ANDERS and not toelichting.strip():
        raise VeldGeweigerd("toelichting", _("Schrijf op waarom je de oproep doorgeeft."))
    place = _place_of(oproep, bericht, naar)
    bericht.doorgegeven_op = db_now()
    bericht.doorgeefreden, bericht.doorgeef_toelichting = reden, toelichting.strip()
    bericht.save()
    rol = place.rol if place else Contactpoging.Rol.COORDINATOR
    _note(oproep, bericht, Resultaat.DOORGEGEVEN, by, naar_rol=rol)
    if place is None or not can_open(place.tandarts):
        return None
    return issue_bericht(oproep, tandarts=place.tandarts, rol=rol, by=by, door=by)


@transaction.atomic
def decide_on_bericht(bericht: Tandartsbericht, *, by: Actor, **besluit: Any) -> Oproep:
    """Note the dentist's own decision, typed by the dentist: that is contact (decision 0021)."""
    oproep = _open_for(bericht)
    if is_repeat(oproep, zelf=True, **besluit):
        return oproep
    bericht.bevestigd_op = bericht.bevestigd_op or db_now()
    bericht.save()
    oproep.behandelaar = bericht.tandarts
    oproep.save(update_fields=["behandelaar", "gewijzigd_op"])
    _note(oproep, bericht, Resultaat.ZELF_BESLIST, by)
    return record_besluit(oproep, zelf=True, by=by, **besluit)


def _open_for(bericht: Tandartsbericht) -> Oproep:
    """Lock the call and bring the message up to date; refuse when it is too late to answer."""
    oproep = bericht.oproep
    lock(oproep)
    bericht.refresh_from_db()
    bericht.oproep = oproep
    require_running(oproep)
    if bericht.doorgegeven_op is not None:
        raise StapGeweigerd(_("Je hebt deze oproep al doorgegeven. Bel triage als dat anders is."))
    if bericht.vervangen_op is not None or bericht.verloopt_op <= db_now():
        raise StapGeweigerd(_("Dit bericht geldt niet meer. Bel triage."))
    other = oproep.behandelaar if oproep.behandelaar_id != bericht.tandarts_id else None
    if other and oproep.contactpogingen.standing().filter(resultaat__in=CONTACT).exists():
        raise StapGeweigerd(
            _("Triage heeft intussen %(naam)s gesproken. Je hoeft niets te doen.")
            % {"naam": other.naam}
        )
    return oproep


def _place_of(
    oproep: Oproep, bericht: Tandartsbericht, naar: Tandarts | None
) -> Dienstplaats | None:
    if naar is None:
        return None
    places = {place.tandarts_id: place for place in places_at(db_now(), kring_id=oproep.kring_id)}
    if naar.pk == bericht.tandarts_id or naar.pk not in places:
        raise VeldGeweigerd("naar", _("Kies een andere tandarts die nu dienst heeft."))
    return places[naar.pk]


def _note(
    oproep: Oproep, bericht: Tandartsbericht, resultaat: str, by: Actor, **fields: Any
) -> None:
    oproep.save(update_fields=["gewijzigd_op"])
    add_to_ledger(
        oproep, tandarts=bericht.tandarts, rol=bericht.rol, resultaat=resultaat, by=by, **fields
    )
