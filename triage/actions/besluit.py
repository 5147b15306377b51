"""What the dentist decided, the appointment, the visit."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now
from kern.weergave import format_tijd
from kring.models import Tandarts
from triage import tandartsbesluit
from triage.actions.basis import DUBBEL, judge_again, lock, record_step
from triage.contact import CONTACT
from triage.models import Oproep, Tandartsbesluit
from triage.overgangen import StapGeweigerd, VeldGeweigerd, move, require_running


@transaction.atomic
def record_besluit(
    oproep: Oproep,
    *,
    besluit: str,
    toelichting: str,
    by: Actor,
    moment: datetime | None = None,
    betaling_gemeld: bool = False,
    zwaarwegende_gronden: str = "",
    reden_later: str = "",
    zelf: bool = False,
) -> Oproep:
    """Note what the dentist decided; only a dentist who was spoken to decides (§2.1).

    To see the patient makes the appointment too, when `moment` says when. Every decision is a row
    of its own, with what the triage had asked; the call shows the newest. `zelf`: the dentist
    typed it.
    """
    lock(oproep)
    require_running(oproep)
    behandelaar = oproep.behandelaar
    if behandelaar is None:
        raise StapGeweigerd(
            _("Leg eerst vast dat je de tandarts hebt gesproken. Alleen de tandarts beslist.")
        )
    words = {
        "toelichting": toelichting,
        "zwaarwegende_gronden": zwaarwegende_gronden,
        "reden_later": reden_later,
    }
    told_of_payment = oproep.betaling_gemeld or not betaling_gemeld
    if told_of_payment and is_repeat(oproep, besluit=besluit, moment=moment, zelf=zelf, **words):
        return oproep
    _check(oproep, besluit, moment, zwaarwegende_gronden, reden_later)
    row = _row(oproep, behandelaar, besluit, moment)
    oproep.besluit, oproep.besluit_toelichting = besluit, toelichting
    oproep.besluit_op, oproep.zwaarwegende_gronden = row.moment, zwaarwegende_gronden
    if besluit != Oproep.Besluit.ZIEN and oproep.status == Oproep.Status.AFSPRAAK:
        oproep.afspraak_om = None
        move(oproep, Oproep.Status.OPEN)
    judge_again(oproep)
    if besluit == Oproep.Besluit.ZIEN and moment is not None:
        oproep.afspraak_om = moment
        oproep.betaling_gemeld = oproep.betaling_gemeld or betaling_gemeld
        move(oproep, Oproep.Status.AFSPRAAK)
    oproep.save()
    for name, value in words.items():
        setattr(row, name, value)
    row.zelf, row.door_id = zelf, by.person_id
    row.save(force_insert=True)
    record_step("oproep.besluit_vastgelegd", "U", oproep, by)
    if row.afspraak_om:
        record_step("oproep.afspraak_gemaakt", "U", oproep, by)
    return oproep


def is_repeat(
    oproep: Oproep, *, besluit: str, moment: datetime | None = None, **woorden: Any
) -> bool:
    """Whether the dentist of the call decided exactly this a moment ago: a double press."""
    newest = oproep.tandartsbesluiten.order_by("-moment").values("pk")[:1]
    return oproep.tandartsbesluiten.filter(
        pk__in=newest,
        moment__gt=db_now() - DUBBEL,
        tandarts_id=oproep.behandelaar_id,
        besluit=besluit,
        afspraak_om=moment if besluit == Oproep.Besluit.ZIEN else None,
        **woorden,
    ).exists()


def _check(
    oproep: Oproep, besluit: str, moment: datetime | None, gronden: str, reden_later: str
) -> None:
    """Refuse a decision without the words that the guideline asks for."""
    if tandartsbesluit.needs_grounds(_rules(oproep), besluit) and not gronden.strip():
        raise VeldGeweigerd(
            "zwaarwegende_gronden",
            _("Een jong kind met forse pijn wordt niet gezien. Schrijf op waarom niet."),
        )
    if besluit != Oproep.Besluit.ZIEN or moment is None:
        return
    if moment < oproep.aangenomen_op:
        raise VeldGeweigerd("moment", _("De afspraak kan niet vóór het telefoontje liggen."))
    norm = oproep.zien_voor
    if norm and tandartsbesluit.is_later(moment, norm) and not reden_later.strip():
        raise VeldGeweigerd(
            "reden_later",
            _("De afspraak is later dan %(tijd)s. Vraag de tandarts waarom, en noteer dat.")
            % {"tijd": format_tijd(norm)},
        )


def _rules(oproep: Oproep) -> set[str]:
    return {regel["id"] for regel in oproep.uitkomst.get("regels", [])}


def _row(
    oproep: Oproep, behandelaar: Tandarts, besluit: str, moment: datetime | None
) -> Tandartsbesluit:
    """Return the decision with what the protocol asked at this moment, before it is judged anew."""
    contact = oproep.contactpogingen.standing().filter(resultaat__in=CONTACT).last()
    afspraak_om = moment if besluit == Oproep.Besluit.ZIEN else None
    moet_gezien = oproep.uitkomst.get("moet_gezien", "")
    return Tandartsbesluit(
        kring_id=oproep.kring_id,
        oproep=oproep,
        besluit=besluit,
        afspraak_om=afspraak_om,
        tandarts=behandelaar,
        rol=contact.rol if contact else "dienstdoende",
        contact=oproep.contact,
        moet_gezien=moet_gezien,
        zien_voor=oproep.zien_voor,
        verschil=tandartsbesluit.compare(moet_gezien, oproep.zien_voor, besluit, afspraak_om),
        moment=db_now(),
    )


def make_afspraak(
    oproep: Oproep,
    *,
    moment: datetime,
    by: Actor,
    betaling_gemeld: bool = False,
    reden_later: str = "",
) -> Oproep:
    """Agree when the patient comes to the dentist who was spoken to."""
    return record_besluit(
        oproep,
        besluit=Oproep.Besluit.ZIEN,
        toelichting=oproep.besluit_toelichting,
        moment=moment,
        betaling_gemeld=betaling_gemeld,
        reden_later=reden_later,
        by=by,
    )


@transaction.atomic
def mark_gezien(oproep: Oproep, *, by: Actor) -> Oproep:
    """Note that the dentist has seen the patient, also when the telephone call is closed."""
    lock(oproep)
    if oproep.gezien_op is not None:
        return oproep
    if oproep.status != Oproep.Status.AFGEROND:
        move(oproep, Oproep.Status.GEZIEN)
    oproep.gezien_op = db_now()
    oproep.save()
    record_step("oproep.gezien", "U", oproep, by)
    return oproep
