"""The end of taking part: resignation with notice, stopping, death (MR 8, EI-1)."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kern.weergave import format_datum
from kern.weigering import refuse_to_come, refusing
from kring.models import Deelnemer
from reglement.actions.deelname import set_status, take_back
from reglement.geldend import lezing_of, variabelen_of, version_on
from reglement.kiesregister import register_on
from reglement.lidmaatschap import post
from reglement.lidmaatschap.rijen import MEEDOEN, open_end, roster_ends
from reglement.models import Deelname, Einde
from reglement.termijnen import Opzegging, resignation

CONSTRAINTS = {"einde_afwijking_met_reden": "afwijking"}
DAG = timedelta(days=1)


def expected_end(deelnemer: Deelnemer, gemeld_op: date, gevraagd: date | None = None) -> Opzegging:
    """Return when a resignation would take effect, by the rules in force on the day it came in."""
    return _resignation(deelnemer, gemeld_op, gevraagd, "")


@transaction.atomic
def resign(
    deelnemer: Deelnemer,
    *,
    gemeld_op: date,
    by: Actor,
    gevraagd: date | None = None,
    afwijking: str = "",
) -> Einde:
    """Note a written resignation; the last day follows from the rules (MR 8, A-20).

    An earlier day needs special circumstances, and the coordinator to write them down: asked by
    the practice itself it is kept as a question, and the lawful day stands until then.
    """
    deelnemer = _stays(deelnemer)
    coordinator = Rol.COORDINATOR in by.rollen
    refuse_to_come(gemeld_op=gemeld_op)
    term = _resignation(deelnemer, gemeld_op, gevraagd, afwijking if coordinator else "")
    if not term.geldig and coordinator:
        raise ValidationError(
            {
                "gevraagd": _(
                    "%(waarom)s Zonder zulke omstandigheden is %(dag)s de laatste dag (art. 8)."
                )
                % {"waarom": term.waarom, "dag": format_datum(term.einde)}
            }
        )
    versie = version_on(deelnemer.kring_id, gemeld_op)
    row = Einde(
        kring_id=deelnemer.kring_id,
        deelnemer=deelnemer,
        grond=Einde.Grond.OPZEGGING,
        gemeld_op=gemeld_op,
        maanden=variabelen_of(versie).opzegmaanden,
        gevraagd=gevraagd,
        volgens_regel=_resignation(deelnemer, gemeld_op, None, "").einde,
        laatste_dag=term.einde,
        waarom=term.waarom,
        afwijking=afwijking,
        afgeweken_door_id=by.person_id if term.afwijkend else None,
        versie=versie,
        vastgelegd_door_id=by.person_id,
    )
    _write(row, by)
    post.write_resigned(row)
    return row


@transaction.atomic
def stop(
    deelnemer: Deelnemer, *, grond: str, laatste_dag: date, eenmanszaak: bool, by: Actor
) -> Einde:
    """Note that a one-person practice stopped, or that its vertegenwoordiger died (MR 8)."""
    deelnemer = _stays(deelnemer)
    if not eenmanszaak:
        sentence = {
            Einde.Grond.STAKEN: _(
                "Door staken eindigt alleen de deelname van een eenmanszaak (art. 8). Een andere "
                "praktijk zegt op, met de termijn van het reglement."
            ),
            Einde.Grond.OVERLIJDEN: _(
                "Door overlijden eindigt alleen de deelname van een eenmanszaak (art. 8). Een "
                "andere praktijk wijst een nieuwe vertegenwoordiger aan."
            ),
        }[Einde.Grond(grond)]
        raise ValidationError({"eenmanszaak": sentence})
    if grond == Einde.Grond.OVERLIJDEN:
        refuse_to_come(laatste_dag=laatste_dag)
    row = Einde(
        kring_id=deelnemer.kring_id,
        deelnemer=deelnemer,
        grond=grond,
        gemeld_op=to_local(db_now()).date(),
        volgens_regel=laatste_dag,
        laatste_dag=laatste_dag,
        waarom=_("Bij een eenmanszaak eindigt de deelname op de dag zelf (art. 8)."),
        versie=version_on(deelnemer.kring_id, laatste_dag),
        vastgelegd_door_id=by.person_id,
    )
    _write(row, by)
    return row


@transaction.atomic
def deviate(einde: Einde, *, laatste_dag: date, afwijking: str, by: Actor) -> Einde:
    """Let a resignation take effect on another day, because of special circumstances (MR 8)."""
    row = _planned(einde)
    if row.grond != Einde.Grond.OPZEGGING:
        raise ValidationError(_("Afwijken kan alleen bij een opzegging (art. 8)."))
    if laatste_dag < row.gemeld_op:
        raise ValidationError({"laatste_dag": _("Deze dag ligt vóór de opzegging.")})
    if not afwijking.strip():
        raise ValidationError(
            {
                "afwijking": _(
                    "Afwijken kan alleen om bijzondere omstandigheden. Schrijf op welke (art. 8)."
                )
            }
        )
    _take_back(row, by)
    row.laatste_dag, row.afwijking = laatste_dag, afwijking
    row.afgeweken_door_id = by.person_id
    _write(row, by, gebeurtenis="einde.afgeweken")
    post.write_resigned(row)
    return row


@transaction.atomic
def withdraw_end(einde: Einde, *, reden: str, by: Actor) -> Einde:
    """Take an end back before its day has come: the practice stays."""
    row = _planned(einde)
    _take_back(row, by)
    row.ingetrokken_op, row.ingetrokken_reden = to_local(db_now()).date(), reden
    row.save()
    _log("einde.ingetrokken", "U", row, by)
    return row


def _resignation(
    deelnemer: Deelnemer, gemeld_op: date, gevraagd: date | None, reden: str
) -> Opzegging:
    versie = version_on(deelnemer.kring_id, gemeld_op)
    return resignation(
        opgezegd=gemeld_op,
        maanden=variabelen_of(versie).opzegmaanden,
        gewenst=gevraagd,
        bijzondere_reden=reden,
        rooster_tot=roster_ends(deelnemer.kring_id),
        lezing=lezing_of(versie),
    )


def _stays(deelnemer: Deelnemer) -> Deelnemer:
    """Return the practice under a lock; refuse one that takes no part, or whose end is known."""
    row = Deelnemer.objects.select_for_update().get(pk=deelnemer.pk)
    today = to_local(db_now()).date()
    status = next(lid.status for lid in register_on(row.kring_id, today) if lid.deelnemer == row)
    if status not in MEEDOEN:
        raise ValidationError(_("Deze praktijk doet niet (meer) mee. Er valt niets te beëindigen."))
    if known := open_end(row, today):
        raise ValidationError(
            _("Van deze praktijk staat al vast dat zij stopt, na %(dag)s.")
            % {"dag": format_datum(known.laatste_dag)}
        )
    return row


def _planned(einde: Einde) -> Einde:
    row = Einde.objects.select_for_update().get(pk=einde.pk)
    if row.ingetrokken_op is not None:
        raise ValidationError(_("Dit is al ingetrokken."))
    if row.laatste_dag < to_local(db_now()).date():
        raise ValidationError(
            _("De praktijk is al gestopt. Terugkomen gaat met een nieuwe aanvraag.")
        )
    return row


def _take_back(row: Einde, by: Actor) -> None:
    planned = Deelname.objects.filter(
        deelnemer_id=row.deelnemer_id,
        status=Deelname.Status.GEEINDIGD,
        vanaf=row.laatste_dag + DAG,
    ).first()
    if planned:
        take_back(planned, by=by)


def _write(row: Einde, by: Actor, *, gebeurtenis: str = "einde.vastgelegd") -> None:
    with refusing(Einde, velden=CONSTRAINTS):
        row.save()
    set_status(
        row.deelnemer,
        status=Deelname.Status.GEEINDIGD,
        vanaf=row.laatste_dag + DAG,
        grond=str(row.get_grond_display()),
        by=by,
    )
    _log(gebeurtenis, "C" if gebeurtenis == "einde.vastgelegd" else "U", row, by)


def _log(gebeurtenis: str, actie: str, row: Einde, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort="einde",
        object_id=row.pk,
    )
