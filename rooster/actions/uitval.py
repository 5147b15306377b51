"""Ill at night: the achterwacht is on duty at once, and the next achterwacht is asked (§3.1.1)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now
from rooster.actions.bezetting import Zetel, clear, holder, lock_duties, reseat
from rooster.actions.dienst import PLANNING
from rooster.actions.ruilronde import add_offers, ask_next, lapse_others, log_ruil
from rooster.actions.wijziging import record_wijziging, snapshot
from rooster.models import Dienstplaats, Roosterwijziging, Ruilverzoek
from rooster.ruil import post as ruilpost
from rooster.ruil.partners import replacements
from rooster.ruil.recht import may_touch_place
from rooster.ruil.regels import UITVAL_VANAF

Rol = Dienstplaats.Rol


@transaction.atomic
def report_uitval(plaats: Dienstplaats, *, by: Actor, toelichting: str = "") -> Ruilverzoek:
    """Take somebody who cannot go on off a duty that runs or begins within a day.

    The achterwacht becomes dienstdoende in the same moment, so that triage calls the right phone;
    the place that is left empty is offered to free and rested colleagues. Returns that request.
    """
    if not may_touch_place(plaats, by):
        raise PermissionDenied
    one_at_a_time(PLANNING, plaats.kring_id)
    dienst = lock_duties([plaats.dienst_id]).get(plaats.dienst_id)
    ill = holder(dienst, plaats.rol) if dienst else None
    if dienst is None or ill is None or ill.tandarts_id != plaats.tandarts_id:
        raise ValidationError(_("Het rooster is net gewijzigd. Ga terug en kijk opnieuw."))
    nu = db_now()
    if nu >= dienst.einde:
        raise ValidationError(_("Deze dienst is voorbij."))
    if nu < dienst.begin - UITVAL_VANAF:
        raise ValidationError(
            _("Deze dienst begint pas over meer dan een dag. Vraag een collega om over te nemen.")
        )
    voor = snapshot(dienst)
    deputy = holder(dienst, Rol.ACHTERWACHT) if ill.rol == Rol.DIENSTDOENDE else None
    clear(dienst, ill.rol)
    empty = ill.rol
    if deputy:
        clear(dienst, Rol.ACHTERWACHT)
        reseat([Zetel(dienst, Rol.DIENSTDOENDE, deputy.tandarts, deputy.praktijk.pk)])
        empty = Rol.ACHTERWACHT
    # What was asked about these places is overtaken.
    lapse_others([(dienst.pk, rol) for rol in {ill.rol, empty}], nu=nu)
    verzoek = Ruilverzoek.objects.create(
        kring_id=dienst.kring_id,
        dienst=dienst,
        rol=empty,
        tandarts=ill.tandarts,
        deelnemer=ill.praktijk,
        soort=Ruilverzoek.Soort.UITVAL,
        toelichting=toelichting,
        gevraagd_op=nu,
        gevraagd_door_id=by.gebruiker_id,
        uiterlijk_op=dienst.einde,
    )
    add_offers(verzoek, replacements(dienst, empty, zonder=[ill.tandarts_id]))
    ask_next(verzoek, nu=nu)
    record_wijziging(
        dienst,
        Roosterwijziging.Soort.UITGEVALLEN,
        voor=voor,
        na=snapshot(dienst),
        reden=toelichting,
        by=by,
    )
    now = holder(dienst, Rol.DIENSTDOENDE)
    ruilpost.tell_uitval(dienst, ill.tandarts, now.tandarts if now else None, str(verzoek.pk))
    log_ruil("ruil.gevraagd", "C", verzoek, by)
    logboek.record(
        "dienst.uitval",
        "U",
        by=by,
        kring_id=dienst.kring_id,
        object_soort="dienst",
        object_id=dienst.pk,
    )
    return verzoek
