"""Plan a meeting, change the plan, plan a second one, and plan one that was called off again."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now, to_local
from kern.weergave import format_datum
from kern.weigering import refusing
from kring.models import Gebruiker
from reglement.actions.vergadering.stap import Status, lock, log
from reglement.functies import holder_on
from reglement.models import Agendapunt, Functie, Vergadering
from reglement.vergadering.herkansing import undecided

Zitting = Vergadering.Zitting
_VELDEN = {"vergadering_duur": "duur_minuten", "vergadering_een_tweede": ""}
_EIGEN = frozenset(
    {
        "id",
        "aangemaakt_op",
        "gewijzigd_op",
        "vergadering",
        "volgorde",
        "aan_de_orde_op",
        "afgehandeld_op",
        "aantekening",
        "herhaalt",
    }
)
"""Columns of a point that belong to its own meeting; all others go along to the next."""


@transaction.atomic
def plan(
    *,
    kring_id: int,
    titel: str,
    begint_op: datetime,
    plaats: str,
    op_afstand: bool = False,
    duur_minuten: int = 120,
    voorzitter: Gebruiker | None = None,
    zitting: str = Zitting.EERSTE,
    by: Actor,
) -> Vergadering:
    """Make a meeting that nobody was called to yet; its agenda is still to be filled.

    Without a chair it is the one whose office it is (4.1): the voorzitter, else the coördinator.
    """
    _refuse_past(begint_op)
    with refusing(Vergadering, velden=_VELDEN):
        row = Vergadering.objects.create(
            kring_id=kring_id,
            titel=titel,
            begint_op=begint_op,
            plaats=plaats,
            op_afstand=op_afstand,
            duur_minuten=duur_minuten,
            voorzitter=voorzitter or chair_on(kring_id, begint_op),
            zitting=zitting,
        )
    log("vergadering.gepland", "C", row, by)
    return row


@transaction.atomic
def change(
    vergadering: Vergadering,
    *,
    titel: str,
    begint_op: datetime,
    plaats: str,
    op_afstand: bool,
    duur_minuten: int,
    voorzitter: Gebruiker | None,
    zitting: str = "",
    by: Actor,
) -> Vergadering:
    """Change the plan; once the deelnemers were called it stands (call it off instead)."""
    row = lock(vergadering, in_stand=(Status.CONCEPT,))
    _refuse_past(begint_op)
    row.titel, row.begint_op, row.plaats = titel, begint_op, plaats
    row.op_afstand, row.duur_minuten, row.voorzitter = op_afstand, duur_minuten, voorzitter
    if zitting and row.zitting != Zitting.TWEEDE:
        row.zitting = zitting
    with refusing(Vergadering, velden=_VELDEN):
        row.save()
    log("vergadering.gewijzigd", "U", row, by)
    return row


@transaction.atomic
def plan_second(
    eerste: Vergadering,
    *,
    begint_op: datetime,
    plaats: str,
    op_afstand: bool = False,
    by: Actor,
) -> Vergadering:
    """Plan the second meeting on the points that failed for want of a quorum (10.3, 9.2e, A-10).

    Refused without such a point, after a second meeting, and where there is one already.
    """
    eerste = lock(eerste, in_stand=(Status.GESLOTEN,))
    if eerste.zitting != Zitting.EERSTE:
        raise ValidationError(
            _(
                "Na deze vergadering komt geen volgende met dezelfde agenda (art. 10.3). "
                "Zet het voorstel op de agenda van een nieuwe vergadering."
            )
        )
    punten = undecided(eerste)
    if not punten:
        raise ValidationError(
            _(
                "Een tweede vergadering kan alleen over een punt waarvoor te weinig deelnemers "
                "aanwezig waren (art. 10.3). Zo'n punt is er niet."
            )
        )
    _refuse_past(begint_op)
    if to_local(begint_op).date() <= eerste.dag:
        raise ValidationError(
            {
                "begint_op": [
                    _("Kies een dag na de eerste vergadering van %s.") % format_datum(eerste.dag)
                ]
            }
        )
    with refusing(Vergadering, velden=_VELDEN):
        row = Vergadering.objects.create(
            kring_id=eerste.kring_id,
            titel=eerste.titel,
            begint_op=begint_op,
            plaats=plaats,
            op_afstand=op_afstand,
            duur_minuten=eerste.duur_minuten,
            voorzitter=eerste.voorzitter,
            zitting=Zitting.TWEEDE,
            eerste=eerste,
        )
    _copy(punten, row, herhaalt=True)
    log("vergadering.gepland", "C", row, by)
    return row


@transaction.atomic
def plan_again(
    vergadering: Vergadering, *, begint_op: datetime, plaats: str, by: Actor
) -> Vergadering:
    """Plan a meeting that was called off on another day, with the whole agenda."""
    old = lock(vergadering, in_stand=(Status.AFGELAST,))
    _refuse_past(begint_op)
    with refusing(Vergadering, velden=_VELDEN):
        row = Vergadering.objects.create(
            kring_id=old.kring_id,
            titel=old.titel,
            begint_op=begint_op,
            plaats=plaats,
            op_afstand=old.op_afstand,
            duur_minuten=old.duur_minuten,
            voorzitter=old.voorzitter,
            zitting=old.zitting,
            eerste=old.eerste,
        )
    _copy(list(old.agendapunten.order_by("volgorde")), row, herhaalt=False)
    log("vergadering.gepland", "C", row, by)
    return row


def chair_on(kring_id: int, begint_op: datetime) -> Gebruiker | None:
    """Return whose office it is to preside on that day (4.1): voorzitter, else coördinator."""
    dag = to_local(begint_op).date()
    for soort in (Functie.Soort.VOORZITTER, Functie.Soort.COORDINATOR):
        held = holder_on(kring_id, soort, dag)
        if held:
            return held.gebruiker
    return None


def _copy(punten: list[Agendapunt], vergadering: Vergadering, *, herhaalt: bool) -> None:
    """Copy points with what they are about: every column that is not of the meeting itself."""
    fields = [f for f in Agendapunt._meta.concrete_fields if f.name not in _EIGEN]
    for volgorde, punt in enumerate(punten, start=1):
        values = {field.attname: getattr(punt, field.attname) for field in fields}
        Agendapunt.objects.create(
            **values,
            vergadering=vergadering,
            volgorde=volgorde,
            herhaalt=punt if herhaalt else punt.herhaalt,
        )


def _refuse_past(begint_op: datetime) -> None:
    if begint_op <= db_now():
        raise ValidationError(
            {"begint_op": [_("Dit moment is al voorbij. Kies een dag die nog komt.")]}
        )
