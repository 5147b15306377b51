"""Write one step: ask the law first, with every step that came before."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tijd import db_now, to_local
from kern.weergave import format_datum
from reglement.models import Besluit, Royement, Royementstap, Vergadering
from reglement.royement import gang, wie
from reglement.royementsgang import Weigering

Soort = Royementstap.Soort


class StapGeweigerd(ValidationError):
    """The law refuses this step: why, by which article, and what is the earliest lawful day."""

    def __init__(self, weigering: Weigering) -> None:
        self.weigering = weigering
        veld = gang.VELD.get(weigering.reden, NON_FIELD_ERRORS)
        super().__init__({veld: [gang.sentence_of(weigering)]})


def lock(royement: Royement, *, by: Actor) -> Royement:
    """Return the procedure, locked until the end of the transaction.

    Who speaks for the practice that it is about takes no step for the kring: `ValidationError`.
    """
    royement = Royement.objects.select_for_update().get(pk=royement.pk)
    if by.gebruiker_id and wie.represents(royement, by.gebruiker_id):
        raise ValidationError(
            _(
                "Je vertegenwoordigt deze praktijk zelf. Laat een ander bestuurslid of de "
                "plaatsvervangend coördinator deze stap doen."
            )
        )
    return royement


def add_step(
    royement: Royement,
    soort: str,
    *,
    op: date,
    gegevens: Mapping[str, Any] | None = None,
    tekst: str = "",
    voorwaarden: str = "",
    vergadering: Vergadering | None = None,
    besluit: Besluit | None = None,
    by: Actor,
) -> Royementstap:
    """Write a step of a locked procedure, or raise `StapGeweigerd`.

    `gegevens` are what the law counts (`reglement.royementsgang`), `op` is the day on which it
    happened: a day that is still to come is refused.
    """
    check_day(op)
    stap = Royementstap(
        kring_id=royement.kring_id,
        royement=royement,
        soort=soort,
        op=op,
        gegevens=dict(gegevens or {}),
        tekst=tekst.strip(),
        voorwaarden="\n".join(line.strip() for line in voorwaarden.splitlines() if line.strip()),
        vergadering=vergadering,
        besluit=besluit,
        door_id=by.gebruiker_id,
    )
    steps = list(royement.stappen.order_by("volgnummer"))
    stap.volgnummer = len(steps) + 1
    refused = gang.refusal_of(royement, steps, stap)
    if refused:
        raise StapGeweigerd(refused)
    return write(stap, by=by)


def write(stap: Royementstap, *, by: Actor) -> Royementstap:
    """Save a step that may be, with its line in the log."""
    stap.save(force_insert=True)
    logboek.record(
        f"royement.{stap.soort}",
        "C",
        by=by,
        kring_id=stap.kring_id,
        object_soort="royement",
        object_id=stap.royement_id,
    )
    return stap


def check_day(op: date) -> None:
    """Refuse a day that is still to come: a step is what happened."""
    today = to_local(db_now()).date()
    if op > today:
        raise ValidationError(
            {
                "op": _("Deze dag moet nog komen. Vul een dag in tot en met %s.")
                % format_datum(today)
            }
        )
