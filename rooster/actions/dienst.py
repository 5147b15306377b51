"""Duties on the roster: plan, change, remove."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now
from kern.weergave import format_moment
from kern.weigering import refusing
from kring.models import Tandarts
from rooster.actions.wijziging import record_wijziging, snapshot
from rooster.models import Dienst, Dienstplaats, Roosterwijziging
from rooster.regels import Bezetting, check_dienst
from rooster.ruil.waarnemen import objections_to

Soort = Roosterwijziging.Soort
ZINNEN = {
    "einde_na_begin": _("Het einde moet na het begin liggen."),
    "te_lang": _("Deze dienst duurt langer dan een week. Controleer de datum."),
    "zelfde_tandarts": _("De achterwacht moet een andere tandarts zijn dan de dienstdoende."),
    "zelfde_praktijk": _("De achterwacht moet van een andere praktijk zijn dan de dienstdoende."),
    "doet_niet_mee": _("Deze tandarts doet geen diensten meer. Kies een ander."),
}
# Two who plan overlapping duties would wait for each other's rows: PostgreSQL then ends one of
# them with a deadlock, which helps nobody at a form.
PLANNING = "rooster.plannen"
CONSTRAINTS = {
    "dienst_begin_voor_einde": "einde",
    "dienst_geen_overlap": "begin",
    "tandarts_niet_dubbel": "dienstdoende",
}


@transaction.atomic
def plan_dienst(
    *,
    kring_id: int,
    begin: datetime,
    einde: datetime,
    dienstdoende: Tandarts,
    achterwacht: Tandarts,
    by: Actor,
    opmerking: str = "",
    reden: str = "",
) -> Dienst:
    """Put a duty with both its places on the roster."""
    one_at_a_time(PLANNING, kring_id)
    dienst = Dienst(kring_id=kring_id, begin=begin, einde=einde, opmerking=opmerking)
    _refuse_objections(dienst, dienstdoende, achterwacht, held={})
    with refusing(Dienst, Dienstplaats, velden=CONSTRAINTS):
        dienst.save(force_insert=True)
        _fill_places(dienst, dienstdoende, achterwacht, held={})
    na = snapshot(dienst)
    record_wijziging(dienst, Soort.GEPLAND, voor=None, na=na, reden=reden, by=by)
    _log("dienst.gepland", "C", dienst, by)
    return dienst


@transaction.atomic
def change_dienst(
    dienst: Dienst,
    *,
    begin: datetime,
    einde: datetime,
    dienstdoende: Tandarts,
    achterwacht: Tandarts,
    by: Actor,
    reden: str,
    opmerking: str = "",
) -> Dienst:
    """Move a duty or give its places to others; also while it runs, for illness (§3.1.1).

    `reden` says why, for the history of the duty.
    """
    one_at_a_time(PLANNING, dienst.kring_id)
    dienst = Dienst.objects.select_for_update().get(pk=dienst.pk)
    voor = snapshot(dienst)
    # Who stays keeps the practice they serve for.
    held = dict(dienst.plaatsen.values_list("tandarts_id", "deelnemer_id"))
    dienst.begin, dienst.einde, dienst.opmerking = begin, einde, opmerking
    _refuse_objections(dienst, dienstdoende, achterwacht, held=held)
    with refusing(Dienst, Dienstplaats, velden=CONSTRAINTS):
        # The places go first and come back: two dentists who trade places, or a duty that moves
        # away from where the old dentist cannot be, would break the constraint halfway.
        dienst.plaatsen.all().delete()
        dienst.save()
        _fill_places(dienst, dienstdoende, achterwacht, held=held)
    na = snapshot(dienst)
    record_wijziging(dienst, Soort.GEWIJZIGD, voor=voor, na=na, reden=reden, by=by)
    _log("dienst.gewijzigd", "U", dienst, by)
    return dienst


@transaction.atomic
def remove_dienst(dienst: Dienst, *, reden: str, by: Actor) -> None:
    """Take a duty off the roster: not while it runs, and never one that calls point at."""
    dienst = Dienst.objects.select_for_update().get(pk=dienst.pk)
    if dienst.begin <= db_now() < dienst.einde:
        raise ValidationError(
            _("Deze dienst loopt nu. Zet zo nodig een andere tandarts op de dienst.")
        )
    pk, voor = dienst.pk, snapshot(dienst)
    try:
        dienst.delete()
    except ProtectedError as error:
        raise ValidationError(
            _("In deze dienst zijn oproepen aangenomen. De dienst blijft daarom staan.")
        ) from error
    dienst.pk = pk
    record_wijziging(dienst, Soort.VERWIJDERD, voor=voor, na=None, reden=reden, by=by)
    _log("dienst.verwijderd", "D", dienst, by)


def _refuse_objections(
    dienst: Dienst, dienstdoende: Tandarts, achterwacht: Tandarts, *, held: dict
) -> None:
    """Collect every objection, so that one answer tells all that is wrong.

    `held` is who had a place of this duty, with the practice they served for.
    """
    errors: dict[str, list] = {}
    seats = _seat(dienstdoende, held), _seat(achterwacht, held)
    for bezwaar in check_dienst(dienst.periode, *seats):
        errors.setdefault(bezwaar.veld, []).append(ZINNEN[bezwaar.regel])
    for veld, tandarts in (("dienstdoende", dienstdoende), ("achterwacht", achterwacht)):
        # Who had the place already may keep it: history stays correctable.
        if not (tandarts.actief and tandarts.deelnemer.actief) and tandarts.pk not in held:
            errors.setdefault(veld, []).append(ZINNEN["doet_niet_mee"])
        # Who comes from outside shows the register and the receipt of the rules first (RO-8).
        if tandarts.pk not in held and (wrong := objections_to(tandarts)):
            errors.setdefault(veld, []).extend(wrong)
    if "einde" not in errors and (other := _in_the_way(dienst)):
        errors.setdefault("begin", []).append(_overlap_sentence(other))
    if errors:
        raise ValidationError(errors)


def _seat(tandarts: Tandarts, held: dict) -> Bezetting:
    return Bezetting(tandarts.pk, held.get(tandarts.pk) or tandarts.deelnemer_id)


def _in_the_way(dienst: Dienst) -> Dienst | None:
    others = Dienst.objects.filter(kring_id=dienst.kring_id).exclude(pk=dienst.pk)
    return others.overlapping(dienst.begin, dienst.einde).with_places().first()


def _overlap_sentence(other: Dienst) -> str:
    return _("Hier is al een dienst: %(begin)s tot %(einde)s (%(tandarts)s).") % {
        "begin": format_moment(other.begin),
        "einde": format_moment(other.einde),
        "tandarts": other.dienstdoende or "–",
    }


def _fill_places(
    dienst: Dienst, dienstdoende: Tandarts, achterwacht: Tandarts, *, held: dict
) -> None:
    Dienstplaats.objects.bulk_create(
        Dienstplaats(
            kring_id=dienst.kring_id,
            dienst=dienst,
            rol=rol,
            tandarts=tandarts,
            deelnemer_id=held.get(tandarts.pk),
            begin=dienst.begin,
            einde=dienst.einde,
        )
        for rol, tandarts in (
            (Dienstplaats.Rol.DIENSTDOENDE, dienstdoende),
            (Dienstplaats.Rol.ACHTERWACHT, achterwacht),
        )
    )


def _log(gebeurtenis: str, actie: str, dienst: Dienst, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=dienst.kring_id,
        object_soort="dienst",
        object_id=dienst.pk,
    )
