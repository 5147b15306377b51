"""What everybody owes: how much who works where, who is exempt, what is carried over."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import KringModel, one_at_a_time
from kern.tijd import db_now, to_local
from kern.weigering import refusing
from kring.models import Deelnemer, Tandarts
from rooster.actions.kader import KADER, replace_from
from rooster.kader.rijen import HELE_FTE, shares_of
from rooster.models import (
    Categorie,
    Dienst,
    Dienstplaats,
    Inzet,
    Roosterperiode,
    Saldo,
    Vrijstelling,
)

CONSTRAINTS = {
    "inzet_fte": "fte",
    "inzet_geldig": "vanaf",
    "inzet_eenmaal": "vanaf",
    "vrijstelling_dagen": "laatste_dag",
    "vrijstelling_deel": "deel",
}
CENT = Decimal("0.01")


@transaction.atomic
def set_inzet(
    tandarts: Tandarts,
    deelnemer: Deelnemer,
    *,
    fte: Decimal,
    vanaf: date,
    by: Actor,
    doet_dienst: bool = True,
) -> Inzet | None:
    """Let a dentist work so much at a practice from a day on; 0 fte ends it (RO-4, §5.3.2)."""
    one_at_a_time(KADER, tandarts.kring_id)
    replace_from(Inzet.objects.filter(tandarts=tandarts, deelnemer=deelnemer), vanaf)
    row = None
    if fte:
        with refusing(Inzet, velden=CONSTRAINTS):
            row = Inzet.objects.create(
                kring_id=tandarts.kring_id,
                tandarts=tandarts,
                deelnemer=deelnemer,
                fte=fte,
                doet_dienst=doet_dienst,
                geldig_vanaf=vanaf,
            )
    _log("inzet.vastgesteld", "U", tandarts, by)
    return row


@transaction.atomic
def end_inzet(deelnemer: Deelnemer, *, vanaf: date, by: Actor) -> None:
    """Let nobody work for a practice from a day on: it leaves the kring (MR 8).

    A dentist without any line counted as a whole one there: that is written down first, so that
    it ends as well.
    """
    one_at_a_time(KADER, deelnemer.kring_id)
    own = Tandarts.objects.filter(deelnemer=deelnemer, waarnemer__isnull=True)
    Inzet.objects.bulk_create(
        Inzet(
            kring_id=deelnemer.kring_id,
            tandarts=tandarts,
            deelnemer=deelnemer,
            fte=HELE_FTE,
            geldig_vanaf=min(to_local(tandarts.aangemaakt_op).date(), vanaf - timedelta(days=1)),
        )
        for tandarts in own.filter(actief=True, inzetten__isnull=True)
    )
    replace_from(Inzet.objects.filter(deelnemer=deelnemer), vanaf)
    _log("inzet.praktijk_gestopt", "U", deelnemer, by)


@transaction.atomic
def resume_inzet(deelnemer: Deelnemer, *, gestopt: date, vanaf: date, by: Actor) -> None:
    """Undo `end_inzet` of the day `gestopt` from a day on: everybody works as they did last."""
    one_at_a_time(KADER, deelnemer.kring_id)
    ended = Inzet.objects.filter(
        deelnemer=deelnemer, tandarts__actief=True, geldig_tot=gestopt - timedelta(days=1)
    )
    Inzet.objects.bulk_create(
        Inzet(
            kring_id=row.kring_id,
            tandarts_id=row.tandarts_id,
            deelnemer=deelnemer,
            fte=row.fte,
            doet_dienst=row.doet_dienst,
            geldig_vanaf=vanaf,
        )
        for row in ended
    )
    _log("inzet.praktijk_hervat", "U", deelnemer, by)


@transaction.atomic
def add_vrijstelling(*, kring_id: int, by: Actor, **velden: object) -> Vrijstelling:
    """Exempt a dentist, wholly or in part; the practice stays deelnemer (RO-5, §5.3.3)."""
    row = Vrijstelling(kring_id=kring_id, **velden)
    with refusing(Vrijstelling, velden=CONSTRAINTS):
        row.save(force_insert=True)
    _log("vrijstelling.gegeven", "C", row, by)
    return row


@transaction.atomic
def change_vrijstelling(row: Vrijstelling, *, by: Actor, **velden: object) -> Vrijstelling:
    """Change an exemption, or end it by its last day."""
    row = Vrijstelling.objects.select_for_update().get(pk=row.pk)
    for name, value in velden.items():
        setattr(row, name, value)
    with refusing(Vrijstelling, velden=CONSTRAINTS):
        row.save()
    _log("vrijstelling.gewijzigd", "U", row, by)
    return row


@transaction.atomic
def remove_vrijstelling(row: Vrijstelling, *, by: Actor) -> None:
    """Take back an exemption that was a mistake; the health data in it are gone."""
    row = Vrijstelling.objects.select_for_update().get(pk=row.pk)
    pk = row.pk
    row.delete()
    row.pk = pk
    _log("vrijstelling.verwijderd", "D", row, by)


@transaction.atomic
def record_saldi(periode: Roosterperiode, *, by: Actor) -> list[Saldo]:
    """Fix what each practice did more or less than its bare share in a period that is over.

    Against the bare share, without what was carried over: the balances of all periods add up.
    May be done again, as long as nothing later rests on it: the last answer stands.
    """
    one_at_a_time(KADER, periode.kring_id)
    if periode.laatste_dag >= to_local(db_now()).date():
        raise ValidationError(_("Deze periode is nog niet voorbij."))
    duties = list(Dienst.objects.filter(roosterperiode=periode).values_list("categorie", flat=True))
    if not duties:
        raise ValidationError(_("In deze periode staan geen diensten. Er valt niets te tellen."))
    done = _done(periode)
    owed = shares_of(periode, duties, met_saldi=False).streef
    differences = {
        (deelnemer, categorie): done[deelnemer, categorie]
        - Decimal(sum(owed.get(deelnemer, {}).get(categorie, {}).values()))
        for deelnemer in {*owed, *(key[0] for key in done)}
        for categorie in Categorie.values
    }
    return _write_saldi(periode, differences, by)


def _done(periode: Roosterperiode) -> Counter:
    """Return the places each practice served in a period, by category."""
    places = Dienstplaats.objects.filter(dienst__roosterperiode=periode).select_related("tandarts")
    rows = places.values_list("deelnemer_id", "tandarts__deelnemer_id", "dienst__categorie")
    return Counter((served_for or own, categorie) for served_for, own, categorie in rows)


@transaction.atomic
def set_saldi(
    periode: Roosterperiode, *, verschillen: Mapping[tuple[object, str], Decimal], by: Actor
) -> list[Saldo]:
    """Write the balances of a period as kept elsewhere, keyed (deelnemer id, category)."""
    one_at_a_time(KADER, periode.kring_id)
    return _write_saldi(periode, verschillen, by)


def _write_saldi(periode: Roosterperiode, verschillen: Mapping, by: Actor) -> list[Saldo]:
    Saldo.objects.filter(periode=periode).delete()
    rows = Saldo.objects.bulk_create(
        Saldo(
            kring_id=periode.kring_id,
            periode=periode,
            deelnemer_id=deelnemer,
            categorie=categorie,
            verschil=verschil.quantize(CENT),
        )
        for (deelnemer, categorie), verschil in verschillen.items()
    )
    _log("saldi.vastgesteld", "U", periode, by)
    return rows


def _log(gebeurtenis: str, actie: str, row: KringModel, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort=row._meta.model_name,
        object_id=row.pk,
    )
