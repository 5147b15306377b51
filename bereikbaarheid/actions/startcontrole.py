"""Tick the points of the start-of-duty check (§3.1.1, MR art. 6.3)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bereikbaarheid.models import Controlepunt
from bereikbaarheid.regels import PUNTEN, opens_at
from kern import logboek
from kern.actor import Actor
from kern.tijd import db_now
from kern.toegang import Rol
from kern.weergave import format_moment
from rooster.models import Dienstplaats


@transaction.atomic
def tick_punt(plaats: Dienstplaats, *, punt: str, by: Actor) -> Controlepunt:
    """Tick a point for who holds this place, by the database clock; twice is once.

    By the dentist, or by the coordinator who had the dentist on the phone.
    """
    _refuse_others(plaats, by)
    if punt not in PUNTEN[plaats.rol]:
        raise ValidationError(_("Dit punt hoort niet bij deze plaats. Laad de pagina opnieuw."))
    nu = db_now()
    opens = opens_at(plaats.begin)
    if nu < opens:
        raise ValidationError(
            _("Afvinken kan vanaf %(moment)s. Eerder zegt het niets over deze dienst.")
            % {"moment": format_moment(opens)}
        )
    if nu >= plaats.einde:
        raise ValidationError(_("Deze dienst is voorbij."))
    key = {"dienst_id": plaats.dienst_id, "tandarts_id": plaats.tandarts_id, "punt": punt}
    values = {"kring_id": plaats.kring_id, "afgevinkt_op": nu, "afgevinkt_door_id": by.person_id}
    row, new = Controlepunt.objects.select_for_update().get_or_create(**key, defaults=values)
    if not new and row.afgevinkt_op >= opens:
        return row
    if not new:
        # The duty was moved since; the old tick says nothing about the new hour.
        row.afgevinkt_op, row.afgevinkt_door_id = nu, by.person_id
        row.save(update_fields=["afgevinkt_op", "afgevinkt_door", "gewijzigd_op"])
    _log("startcontrole.afgevinkt", "C", plaats, by)
    return row


@transaction.atomic
def untick_punt(plaats: Dienstplaats, *, punt: str, by: Actor) -> bool:
    """Take a tick back; return whether there was one."""
    _refuse_others(plaats, by)
    if db_now() >= plaats.einde:
        raise ValidationError(_("Deze dienst is voorbij."))
    rows = Controlepunt.objects.filter(
        dienst_id=plaats.dienst_id, tandarts_id=plaats.tandarts_id, punt=punt
    )
    gone, _by_model = rows.delete()
    if gone:
        _log("startcontrole.teruggezet", "D", plaats, by)
    return bool(gone)


def _refuse_others(plaats: Dienstplaats, by: Actor) -> None:
    own = plaats.tandarts.gebruiker_id is not None and plaats.tandarts.gebruiker_id == by.person_id
    if not own and Rol.COORDINATOR not in by.rollen:
        raise PermissionDenied


def _log(gebeurtenis: str, actie: str, plaats: Dienstplaats, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=plaats.kring_id,
        object_soort="dienst",
        object_id=plaats.dienst_id,
    )
