"""Who comes in and who leaves: one line each, so that the quorum holds at any moment (A-7, A-8)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now
from kern.weergave import format_tijd
from kring.models import Deelnemer
from reglement.aanwezig import fold, lines_of, present_in
from reglement.actions.vergadering.stap import Status, lock, log
from reglement.actions.vergadering.verloop import refuse_early
from reglement.kiesregister import members_on
from reglement.models import Aanwezigheid, Vergadering

Soort = Aanwezigheid.Soort


@transaction.atomic
def arrive(
    vergadering: Vergadering, *, deelnemer: Deelnemer, op_afstand: bool = False, by: Actor
) -> Aanwezigheid:
    """Note that the vertegenwoordiger of a practice is there.

    Refused for a practice that is no deelnemer, for one without a vertegenwoordiger (art. 2), from
    elsewhere when the convocation did not say so, and when it stands there already: with by whom.
    """
    row = lock(vergadering, in_stand=(Status.OPGEROEPEN, Status.OPEN))
    refuse_early(row)
    if op_afstand and not row.op_afstand:
        raise ValidationError(
            _("Meedoen op afstand stond niet in de oproep. Wie niet in de zaal is, telt niet mee.")
        )
    lid = next(
        (item for item in members_on(row.kring_id, row.dag) if item.deelnemer.pk == deelnemer.pk),
        None,
    )
    if lid is None:
        raise ValidationError(_("%s is op deze dag geen deelnemer.") % deelnemer.naam)
    if lid.vertegenwoordiger is None:
        raise ValidationError(
            _(
                "%s heeft geen vertegenwoordiger. Alleen een vertegenwoordiger telt mee (art. 2). "
                "De beheerder kan er een aanwijzen."
            )
            % deelnemer.naam
        )
    there = _there(row, deelnemer)
    if there and there.op_afstand == op_afstand:
        raise ValidationError(
            _("%(praktijk)s is er al sinds %(tijd)s, genoteerd door %(wie)s.")
            % _words(deelnemer, there)
        )
    line = _write(
        row,
        Soort.BINNEN,
        deelnemer=deelnemer,
        gebruiker_id=lid.vertegenwoordiger.pk,
        op_afstand=op_afstand,
        by=by,
    )
    log("vergadering.binnen", "C", line, by)
    return line


@transaction.atomic
def leave(vergadering: Vergadering, *, deelnemer: Deelnemer, by: Actor) -> Aanwezigheid:
    """Note that a practice left; from now on it does not count for the quorum."""
    row = lock(vergadering, in_stand=(Status.OPGEROEPEN, Status.OPEN))
    there = _there(row, deelnemer)
    if there is None:
        raise ValidationError(_("%s was niet (meer) aanwezig.") % deelnemer.naam)
    line = _write(
        row,
        Soort.WEG,
        deelnemer=deelnemer,
        gebruiker_id=there.gebruiker_id,
        op_afstand=there.op_afstand,
        by=by,
    )
    log("vergadering.weg", "C", line, by)
    return line


def _there(row: Vergadering, deelnemer: Deelnemer) -> Aanwezigheid | None:
    lines = [line for line in lines_of(row) if line.deelnemer_id == deelnemer.pk]
    return next(iter(present_in(fold(lines))), None)


def _words(deelnemer: Deelnemer, line: Aanwezigheid) -> dict[str, str]:
    return {
        "praktijk": deelnemer.naam,
        "tijd": format_tijd(line.op),
        "wie": line.genoteerd_door.naam,
    }


def _write(row: Vergadering, soort: str, *, by: Actor, **who: object) -> Aanwezigheid:
    # The page of everybody else asks by this moment whether something changed.
    row.save(update_fields=["gewijzigd_op"])
    return Aanwezigheid.objects.create(
        kring_id=row.kring_id,
        vergadering=row,
        soort=soort,
        op=db_now(),
        genoteerd_door_id=by.person_id,
        **who,
    )
