"""The wheel: how a duty is done here, what the kring adds, and that a turn is done (MR 4.2)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kern.weigering import refuse_to_come, refusing
from kring.models import Kring
from reglement.jaarwiel import regels
from reglement.jaarwiel.instellingen import tasks_of
from reglement.jaarwiel.regels import Beurt
from reglement.jaarwiel.rijen import turns_of_year
from reglement.models import Verplichting, Wielmelding

VELDEN = {
    "verplichting_een_per_soort": "",
    "verplichting_titel": "titel",
    "verplichting_extra_is_heel": "titel",
}


@transaction.atomic
def save_task(task: Verplichting, *, by: Actor, **velden: Any) -> Verplichting:
    """Set how a duty is done; an unsaved default becomes a row of the kring."""
    new = task._state.adding
    for name, value in velden.items():
        setattr(task, name, value)
    with refusing(Verplichting, velden=VELDEN):
        task.save()
    logboek.record(
        "jaarwiel.taak",
        "C" if new else "U",
        by=by,
        kring_id=task.kring_id,
        object_soort="verplichting",
        object_id=task.pk,
    )
    return task


@transaction.atomic
def note_done(
    kring: Kring, sleutel: str, *, jaar: int, gedaan_op: date, bewijs: str, by: Actor
) -> Wielmelding:
    """Note that a turn is done, with what shows it; by the coördinator or whom it is given to.

    `ValidationError` for a day that is still to come, and for what the house saw itself already.
    """
    nu = db_now()
    today = to_local(nu).date()
    beurt = find_turn(kring, sleutel, jaar=jaar, dag=today)
    _refuse_stranger(kring, sleutel, by)
    if beurt.feit and not beurt.feit.genoteerd:
        raise ValidationError(_("Dit staat al als gedaan, omdat het systeem het zelf zag."))
    if beurt.soort == regels.BEMIDDELEN:
        raise ValidationError(_("Noteer de stap bij het geschil zelf; dan loopt dit mee."))
    refuse_to_come(gedaan_op=gedaan_op)
    return _note(kring, beurt, gedaan=True, op=gedaan_op, bewijs=bewijs, by=by)


@transaction.atomic
def take_back(kring: Kring, sleutel: str, *, jaar: int, reden: str, by: Actor) -> Wielmelding:
    """Take a note back that was wrong; it stays in sight."""
    today = to_local(db_now()).date()
    beurt = find_turn(kring, sleutel, jaar=jaar, dag=today)
    _refuse_stranger(kring, sleutel, by)
    if not beurt.feit or not beurt.feit.genoteerd:
        raise ValidationError(_("Hier is niets genoteerd dat je kunt terugnemen."))
    return _note(kring, beurt, gedaan=False, op=today, bewijs=reden, by=by)


def find_turn(kring: Kring, sleutel: str, *, jaar: int, dag: date) -> Beurt:
    """Return the turn of this key; `ValidationError` when the year has no such turn (any more)."""
    for beurt in turns_of_year(kring, jaar, dag):
        if beurt.sleutel == sleutel:
            return beurt
    raise ValidationError(_("Deze taak staat niet (meer) in het jaarwiel. Laad de pagina opnieuw."))


def may_note(kring_id: int, sleutel: str, by: Actor) -> bool:
    """Whether this person answers for the duty, or was given it."""
    if Rol.COORDINATOR in by.rollen:
        return True
    task = tasks_of(kring_id).of(sleutel)
    return bool(task and task.gedelegeerd_aan_id and task.gedelegeerd_aan_id == by.gebruiker_id)


def _refuse_stranger(kring: Kring, sleutel: str, by: Actor) -> None:
    if not may_note(kring.pk, sleutel, by):
        raise ValidationError(_("Deze taak is niet van jou. Vraag de coördinator."))


def _note(
    kring: Kring, beurt: Beurt, *, gedaan: bool, op: date, bewijs: str, by: Actor
) -> Wielmelding:
    row = Wielmelding.objects.create(
        kring=kring,
        sleutel=beurt.sleutel,
        titel=beurt.titel[:200],
        gedaan=gedaan,
        gedaan_op=op,
        bewijs=bewijs.strip(),
        genoteerd_door_id=by.person_id,
        genoteerd_op=db_now(),
    )
    logboek.record(
        "jaarwiel.gedaan" if gedaan else "jaarwiel.teruggenomen",
        "C",
        by=by,
        kring_id=kring.pk,
        object_soort="wielmelding",
        object_id=row.pk,
    )
    return row
