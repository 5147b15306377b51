"""Close a call, or close it halfway."""

from collections.abc import Iterable

from django.db import transaction

from kern.actor import Actor
from kern.tijd import db_now
from triage import afronding
from triage.actions.basis import AfrondenGeweigerd, lock, record_step
from triage.actions.coordinator import tell_unreached
from triage.actions.herhaling import hand_over_clocks
from triage.models import Oproep
from triage.overgangen import move, require_running


@transaction.atomic
def close_oproep(
    oproep: Oproep,
    *,
    controles: Iterable[str],
    by: Actor,
    betaling_gemeld: bool = False,
    reden_geen_contact: str = "",
    toelichting_geen_contact: str = "",
) -> Oproep:
    """Close the telephone call, or say in sentences what still has to be done.

    A patient need not have been seen yet: the closing checks end the conversation (Bijlage 1
    §2.4). What is missing never hid the advice; it only holds up the closing.
    """
    lock(oproep)
    require_running(oproep)
    oproep.afsluitcontroles = sorted(set(controles))
    oproep.betaling_gemeld = oproep.betaling_gemeld or betaling_gemeld
    if reden_geen_contact:
        oproep.reden_geen_contact = reden_geen_contact
        oproep.toelichting_geen_contact = toelichting_geen_contact.strip()
    oproep.niet_gevraagd = afronding.not_asked(oproep)
    reasons = afronding.reasons_not_to_close(oproep)
    if reasons:
        raise AfrondenGeweigerd(reasons)
    move(oproep, Oproep.Status.AFGEROND)
    oproep.afgerond_op, oproep.afgerond_door_id = db_now(), by.gebruiker_id
    oproep.save()
    if oproep.contact == Oproep.Contact.AANBEVOLEN and oproep.behandelaar_id is None:
        record_step("oproep.geen_overleg", "U", oproep, by)
    record_step("oproep.afgerond", "U", oproep, by)
    return oproep


@transaction.atomic
def abort_oproep(
    oproep: Oproep, *, reden: str, by: Actor, toelichting: str = "", tandarts: str = ""
) -> Oproep:
    """Close a call that ended halfway, or say in sentences what the patient is still owed."""
    lock(oproep)
    require_running(oproep)
    oproep.afbreekreden, oproep.afbreek_toelichting = reden, toelichting
    oproep.afbreek_tandarts = tandarts
    nu = db_now()
    reasons = afronding.reasons_not_to_abort(oproep, nu)
    if reasons:
        raise AfrondenGeweigerd(reasons)
    unreached = afronding.owes_dentist(oproep)
    move(oproep, Oproep.Status.AFGEROND)
    oproep.afgerond_op, oproep.afgerond_door_id = nu, by.gebruiker_id
    oproep.save()
    if oproep.herhaling_van is not None:
        # What the patient waited for there, was to go on here.
        hand_over_clocks(oproep.herhaling_van)
    record_step("oproep.afgebroken", "U", oproep, by)
    if unreached:
        tell_unreached(oproep, by=by)
    return oproep
