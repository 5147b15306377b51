"""Outside dentists: add, look up in the register, receipt of the rules, put on a place (RO-8)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import KringModel, one_at_a_time
from kern.tijd import db_now
from kern.toegang import Rol
from kern.weigering import refusing
from kring import actions as kring_actions
from kring.models import Deelnemer
from rooster.actions.bezetting import Zetel, holder, lock_duties, reseat
from rooster.actions.dienst import PLANNING
from rooster.actions.ruilronde import lapse_others
from rooster.actions.wijziging import record_wijziging, snapshot
from rooster.models import (
    Bigcontrole,
    Dienstplaats,
    Reglementontvangst,
    Reglementtekst,
    Roosterwijziging,
    Waarnemer,
)
from rooster.ruil import post as ruilpost
from rooster.ruil.bigregister import RegisterZwijgt, bigregister
from rooster.ruil.recht import may_touch_place, own_practice
from rooster.ruil.reglementslot import kept_at
from rooster.ruil.waarnemen import current_reglement, objections

ALREADY_ADOPTED = _(
    "De deelnemers hebben het reglement vastgesteld. Een andere tekst is een besluit van de "
    "vergadering (art. 10.1b): begin een concept bij Vergaderen, Reglement."
)


@transaction.atomic
def add_waarnemer(
    *, kring_id: int, deelnemer: Deelnemer, naam: str, big_nummer: str, telefoon: str, by: Actor
) -> Waarnemer:
    """Add a dentist from outside, brought in by a practice; not on any duty yet."""
    if Rol.COORDINATOR not in by.rollen and own_practice(by) != deelnemer.pk:
        raise PermissionDenied
    tandarts = kring_actions.add_tandarts(
        kring_id=kring_id,
        deelnemer=deelnemer,
        naam=naam,
        big_nummer=big_nummer,
        telefoon=telefoon,
        by=by,
    )
    row = Waarnemer.objects.create(kring_id=kring_id, tandarts=tandarts)
    _log("waarnemer.toegevoegd", "C", row, by)
    return row


@transaction.atomic
def check_big(waarnemer: Waarnemer, *, by: Actor, uitkomst: str = "") -> Bigcontrole:
    """Note what the register says: by its service when there is one, else what a person saw.

    Raises ValidationError when a person must look and did not say what they saw.
    """
    register = bigregister()
    try:
        found = register.look_up(waarnemer.tandarts.big_nummer)
    except RegisterZwijgt as error:
        raise ValidationError(
            _("Het BIG-register gaf geen antwoord. Probeer het straks opnieuw.")
        ) from error
    if found is None and uitkomst not in Bigcontrole.Uitkomst.values:
        raise ValidationError({"uitkomst": _("Kies wat je in het BIG-register zag.")})
    row = Bigcontrole.objects.create(
        kring_id=waarnemer.kring_id,
        waarnemer=waarnemer,
        uitkomst=str(found or uitkomst),
        bron=register.bron if found else "handmatig",
        gedaan_op=db_now(),
        gedaan_door_id=by.person_id,
    )
    _log("waarnemer.big_gecontroleerd", "C", waarnemer, by)
    return row


@transaction.atomic
def publish_reglement(
    *, kring_id: int, tekst: str, by: Actor, besloten: bool = False
) -> Reglementtekst:
    """Fix a new version of the rules; receipts of the version before do not count for it.

    Once the deelnemers adopted rules, only what they decided (`besloten`): two texts of the same
    rules would each be the one that somebody signed.
    """
    if not besloten and kept_at(kring_id):
        raise ValidationError({"tekst": ALREADY_ADOPTED})
    last = current_reglement(kring_id)
    row = Reglementtekst(
        kring_id=kring_id,
        nummer=last.nummer + 1 if last else 1,
        tekst=tekst,
        vastgelegd_op=db_now(),
        vastgelegd_door_id=by.person_id,
    )
    with refusing(Reglementtekst, velden={"reglementtekst_nummer": ""}):
        row.save(force_insert=True)
    _log("reglement.vastgelegd", "C", row, by)
    return row


@transaction.atomic
def confirm_reglement(
    waarnemer: Waarnemer, *, reglement: Reglementtekst, by: Actor
) -> Reglementontvangst:
    """Note that a waarnemer got and read these rules: by themselves, or a signed paper."""
    self_said = waarnemer.tandarts.gebruiker_id == by.person_id
    if not self_said and Rol.COORDINATOR not in by.rollen:
        raise PermissionDenied
    if reglement != current_reglement(waarnemer.kring_id):
        raise ValidationError(_("Er is een nieuwere versie. Lees die eerst."))
    row = Reglementontvangst(
        kring_id=waarnemer.kring_id,
        waarnemer=waarnemer,
        reglement=reglement,
        wijze=Reglementontvangst.Wijze.ZELF if self_said else Reglementontvangst.Wijze.PAPIER,
        ontvangen_op=db_now(),
        genoteerd_door_id=by.person_id,
    )
    with refusing(Reglementontvangst, velden={"reglementontvangst_eenmaal": ""}):
        row.save(force_insert=True)
    _log("reglement.ontvangen", "C", waarnemer, by)
    return row


@transaction.atomic
def place_waarnemer(plaats: Dienstplaats, *, waarnemer: Waarnemer, by: Actor) -> None:
    """Put an outside dentist on a place, for the practice that answers for it (MR 7)."""
    if not may_touch_place(plaats, by):
        raise PermissionDenied
    one_at_a_time(PLANNING, plaats.kring_id)
    dienst = lock_duties([plaats.dienst_id]).get(plaats.dienst_id)
    now = holder(dienst, plaats.rol) if dienst else None
    if dienst is None or now is None or now.tandarts_id != plaats.tandarts_id:
        raise ValidationError(_("Het rooster is net gewijzigd. Ga terug en kijk opnieuw."))
    nu = db_now()
    if nu >= dienst.einde:
        raise ValidationError(_("Deze dienst is voorbij."))
    if wrong := objections(waarnemer, nu):
        raise ValidationError({"waarnemer": wrong})
    voor = snapshot(dienst)
    reseat([Zetel(dienst, now.rol, waarnemer.tandarts, now.praktijk.pk)])
    lapse_others([(dienst.pk, now.rol)], nu=nu)
    record_wijziging(
        dienst,
        Roosterwijziging.Soort.OVERGENOMEN,
        voor=voor,
        na=snapshot(dienst),
        reden="",
        by=by,
    )
    ruilpost.tell_waarnemer(dienst, now, waarnemer.tandarts)
    logboek.record(
        "dienst.waarnemer",
        "U",
        by=by,
        kring_id=dienst.kring_id,
        object_soort="dienst",
        object_id=dienst.pk,
    )


def _log(gebeurtenis: str, actie: str, row: KringModel, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort=row._meta.model_name,
        object_id=row.pk,
    )
