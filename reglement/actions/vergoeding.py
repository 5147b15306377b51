"""One-sided admission after a royement, and the fee of each year (MR 9.2l, RY-14)."""

from datetime import date
from math import floor

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tijd import db_now, to_local
from kring.models import Deelnemer
from reglement.actions.deelname import set_status
from reglement.actions.royement import note_one_sided
from reglement.geldend import lezing_of, variabelen_of, version_on
from reglement.kiesregister import register_on
from reglement.models import Deelname, Vergoeding
from reglement.termijnen import one_sided_fee
from rooster.telling.rijen import hypothetical


@transaction.atomic
def admit_one_sided(
    deelnemer: Deelnemer,
    *,
    vanaf: date,
    zelf_opzetten: bool,
    andere_dienst: bool,
    toelichting: str,
    by: Actor,
) -> Deelname:
    """Let the patients of an expelled practice be helped, while it serves nobody itself.

    Only when it can neither set up a service of its own nor join another.
    """
    register = register_on(deelnemer.kring_id, vanaf)
    status = next(lid.status for lid in register if lid.deelnemer == deelnemer)
    answer = one_sided_fee(
        geroyeerd=status == Deelname.Status.GEROYEERD,
        kan_elders=zelf_opzetten or andere_dienst,
        bedrag_centen=0,
        diensten_jaar=0,
    )
    if not answer.toegelaten:
        raise ValidationError(
            _("%(waarom)s (art. %(artikel)s)")
            % {"waarom": answer.waarom, "artikel": answer.artikel}
        )
    row = set_status(
        deelnemer, status=Deelname.Status.EENZIJDIG, vanaf=vanaf, grond=toelichting, by=by
    )
    note_one_sided(deelnemer, by=by)
    _log("deelnemer.eenzijdig_toegelaten", "U", deelnemer, by)
    return row


@transaction.atomic
def record_fee(deelnemer: Deelnemer, *, jaar: int, by: Actor) -> Vergoeding:
    """Fix what a one-sided practice owes over a year, with everything it was reckoned from.

    The duties are its share by fte of what the others served or will serve, as if it had stayed,
    rounded to whole ones. Before the end of the year it is provisional.
    """
    first, last = date(jaar, 1, 1), date(jaar, 12, 31)
    lines = Deelname.objects.filter(
        deelnemer=deelnemer, status=Deelname.Status.EENZIJDIG, vanaf__lte=last
    ).order_by("vanaf")
    row = next((line for line in lines if line.tot is None or line.tot >= first), None)
    if row is None:
        raise ValidationError(
            _("In %(jaar)s was deze praktijk niet eenzijdig toegelaten (art. 9.2l).")
            % {"jaar": jaar}
        )
    today = to_local(db_now()).date()
    versie = version_on(deelnemer.kring_id, min(today, last))
    bedrag = variabelen_of(versie).bedrag_cent
    if bedrag is None:
        raise ValidationError(
            _("In het reglement staat nog geen bedrag per dienst. Vul het in bij art. 9.2l.")
        )
    vanaf, tot = max(row.vanaf, first), min(row.tot or last, last)
    whole, part = hypothetical(deelnemer, first, last), hypothetical(deelnemer, vanaf, tot)
    outcome = one_sided_fee(
        geroyeerd=True,
        kan_elders=False,
        bedrag_centen=bedrag,
        diensten_jaar=_rounded(whole),
        diensten_vanaf=_rounded(part),
        lezing=lezing_of(versie),
    )
    found = Vergoeding.objects.create(
        kring_id=deelnemer.kring_id,
        deelnemer=deelnemer,
        jaar=jaar,
        vanaf=vanaf,
        bedrag_centen=bedrag,
        diensten=outcome.diensten,
        totaal_centen=outcome.bedrag_centen,
        berekening={
            "heel_jaar": {key: round(value, 4) for key, value in whole.items()},
            "vanaf": {key: round(value, 4) for key, value in part.items()},
            "eerste_dag": vanaf.isoformat(),
            "laatste_dag": tot.isoformat(),
            "lezing": list(outcome.lezing),
        },
        voorlopig=today <= tot,
        waarom=outcome.waarom,
        versie=versie,
        vastgesteld_op=db_now(),
        vastgesteld_door_id=by.person_id,
    )
    _log("vergoeding.vastgesteld", "C", deelnemer, by)
    return found


def _rounded(shares: dict[str, float]) -> int:
    """Return a share as whole duties; a half goes up. Four digits: the rest is float noise."""
    return floor(round(sum(shares.values()), 4) + 0.5)


def _log(gebeurtenis: str, actie: str, deelnemer: Deelnemer, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=deelnemer.kring_id,
        object_soort="deelnemer",
        object_id=deelnemer.pk,
    )
