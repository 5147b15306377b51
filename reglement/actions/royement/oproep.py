"""The announcement of the meeting (9.2b, 9.2c, 9.2e): written when the convocation leaves."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import to_local
from reglement.actions.royement.stap import Soort, add_step
from reglement.models import Agendapunt, Royement, Royementstap, Vergadering
from reglement.royement import gang
from reglement.royement.oproep import objections, tell_former


@transaction.atomic
def note_convocation(vergadering: Vergadering, by: Actor) -> None:
    """Write that the meeting was announced, for each royement on its agenda.

    Belongs to the transaction of the convocation: what the law refuses (`StapGeweigerd`) stops it.
    """
    for punt in gang.proposals_on(vergadering):
        note_point(punt, by=by)
    tell_former(vergadering)


@transaction.atomic
def note_point(punt: Agendapunt, *, by: Actor) -> Royementstap:
    """Write the announcement of one point of a meeting that was called."""
    vergadering = punt.vergadering
    # Not `actions.royement.stap.lock`: who calls the meeting does so for all of its points.
    royement = Royement.objects.select_for_update().get(agendapunten=punt)
    earlier = royement.stappen.filter(soort=Soort.AANKONDIGEN)
    if earlier.filter(vergadering=vergadering).exists():
        raise ValidationError(_("Deze oproep is al genoteerd."))
    if vergadering.opgeroepen_op is None:
        raise ValidationError(_("De oproep voor deze vergadering is nog niet weg."))
    missing = objections(vergadering, royement)
    if missing:
        raise ValidationError(missing)
    sent = to_local(vergadering.opgeroepen_op).date()
    return add_step(
        royement,
        Soort.AANKONDIGEN,
        op=sent,
        gegevens={
            "verzonden": sent.isoformat(),
            "vergadering": to_local(vergadering.begint_op).date().isoformat(),
            "stukken": royement.stukken.exists(),
            "zitting": vergadering.zitting,
        },
        vergadering=vergadering,
        by=by,
    )
