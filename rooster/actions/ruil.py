"""Pass a place on: ask colleagues, say yes or no, trade all or nothing (RO-8, MR 7)."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now
from kern.weigering import refusing
from rooster.actions.bezetting import Zetel, lock_duties, reseat
from rooster.actions.dienst import PLANNING
from rooster.actions.ruilronde import (
    add_offers,
    ask_next,
    lapse_others,
    lock_request,
    log_ruil,
    settle,
    still_stands,
)
from rooster.actions.wijziging import record_wijziging, snapshot
from rooster.models import Dienstplaats, Roosterwijziging, Ruilaanbod, Ruilverzoek
from rooster.ruil import post as ruilpost
from rooster.ruil.partners import Kandidaat, candidates, replacements
from rooster.ruil.recht import may_answer, may_touch_place, may_touch_request

Soort, Status = Ruilverzoek.Soort, Ruilverzoek.Status
Antwoord = Ruilaanbod.Status
MEER_DAN_GENOEG = 12
"""Swaps that one may put before colleagues at a time."""
WIJZIGING = {
    Soort.OVERNAME: Roosterwijziging.Soort.OVERGENOMEN,
    Soort.RUIL: Roosterwijziging.Soort.GERUILD,
    Soort.UITVAL: Roosterwijziging.Soort.HERSTELD,
}


@transaction.atomic
def ask_ruil(
    plaats: Dienstplaats,
    *,
    soort: str,
    keuzes: Iterable[str],
    uiterlijk_op: datetime,
    by: Actor,
    toelichting: str = "",
) -> Ruilverzoek:
    """Ask colleagues to take a place (`overname`) or to swap (`ruil`).

    `keuzes` are keys of candidates; for a give-away none means all of them. The asking is the
    agreement of this side: the first colleague who says yes has it.
    """
    if not may_touch_place(plaats, by):
        raise PermissionDenied
    one_at_a_time(PLANNING, plaats.kring_id)
    plaats = _place_again(plaats)
    nu = db_now()
    if plaats.begin <= nu:
        raise ValidationError(
            _("Deze dienst is al begonnen. Kun je niet verder, meld je dan ziek.")
        )
    if not nu < uiterlijk_op <= plaats.begin:
        raise ValidationError(
            {"uiterlijk": _("Kies een dag vanaf vandaag tot en met de dag van de dienst.")}
        )
    chosen = _chosen(plaats, soort, set(keuzes), nu)
    verzoek = Ruilverzoek(
        kring_id=plaats.kring_id,
        dienst=plaats.dienst,
        rol=plaats.rol,
        tandarts=plaats.tandarts,
        deelnemer=plaats.praktijk,
        soort=soort,
        toelichting=toelichting,
        gevraagd_op=nu,
        gevraagd_door_id=by.gebruiker_id,
        uiterlijk_op=uiterlijk_op,
    )
    with refusing(Ruilverzoek, velden={"ruilverzoek_een_open": ""}):
        verzoek.save(force_insert=True)
    add_offers(verzoek, chosen)
    ask_next(verzoek, nu=nu)
    log_ruil("ruil.gevraagd", "C", verzoek, by)
    return verzoek


@transaction.atomic
def accept_aanbod(aanbod: Ruilaanbod, *, by: Actor) -> Ruilverzoek:
    """Say yes: both sides agree now, so the places change hands at once, all or nothing.

    One roster change of a kring at a time: of two who press together, the second sees what the
    first did and hears that it is too late.
    """
    one_at_a_time(PLANNING, aanbod.kring_id)
    aanbod, verzoek = _locked(aanbod)
    if not may_answer(aanbod, by):
        raise PermissionDenied
    nu = db_now()
    _refuse_late(verzoek, aanbod, nu)
    zetels = _new_seats(verzoek, aanbod, nu)
    diensten = {zetel.dienst.pk: zetel.dienst for zetel in zetels}
    voor = {pk: snapshot(dienst) for pk, dienst in diensten.items()}
    reseat(zetels)
    _answer(aanbod, Antwoord.AANVAARD, nu, by)
    settle(verzoek, Status.GELUKT, nu)
    lapse_others([(zetel.dienst.pk, zetel.rol) for zetel in zetels], nu=nu)
    for pk, dienst in diensten.items():
        record_wijziging(
            dienst,
            WIJZIGING[Soort(verzoek.soort)],
            voor=voor[pk],
            na=snapshot(dienst),
            reden=verzoek.toelichting,
            by=by,
        )
    ruilpost.tell_done(verzoek, aanbod)
    log_ruil("ruil.aanvaard", "U", verzoek, by)
    return verzoek


@transaction.atomic
def decline_aanbod(aanbod: Ruilaanbod, *, by: Actor) -> None:
    """Say no. When everybody asked so far said no, the next ones are asked at once."""
    one_at_a_time(PLANNING, aanbod.kring_id)
    aanbod, verzoek = _locked(aanbod)
    if not may_answer(aanbod, by):
        raise PermissionDenied
    nu = db_now()
    _refuse_late(verzoek, aanbod, nu)
    _answer(aanbod, Antwoord.AFGEWEZEN, nu, by)
    thinking = verzoek.aanbiedingen.filter(status=Antwoord.GEVRAAGD).exists()
    if not thinking and not ask_next(verzoek, nu=nu):
        settle(verzoek, Status.VERLOPEN, nu)
        ruilpost.tell_nobody(verzoek)
    log_ruil("ruil.afgewezen", "U", verzoek, by)


@transaction.atomic
def withdraw_ruil(verzoek: Ruilverzoek, *, by: Actor) -> Ruilverzoek:
    """Take a request back; whoever was asked is told that it is not needed any more."""
    one_at_a_time(PLANNING, verzoek.kring_id)
    verzoek = lock_request(verzoek.pk)
    if not may_touch_request(verzoek, by):
        raise PermissionDenied
    if not verzoek.is_open:
        raise ValidationError(_("Dit verzoek is al afgehandeld. Er is niets in te trekken."))
    asked = list(verzoek.aanbiedingen.filter(status=Antwoord.GEVRAAGD))
    settle(verzoek, Status.INGETROKKEN, db_now())
    ruilpost.tell_withdrawn(verzoek, asked)
    log_ruil("ruil.ingetrokken", "U", verzoek, by)
    return verzoek


def _place_again(plaats: Dienstplaats) -> Dienstplaats:
    rows = Dienstplaats.objects.select_related("dienst", "tandarts__deelnemer", "deelnemer")
    found = rows.filter(pk=plaats.pk).first()
    if found is None:
        raise ValidationError(_("Het rooster is net gewijzigd. Ga terug en kijk opnieuw."))
    return found


def _chosen(plaats: Dienstplaats, soort: str, keuzes: set[str], nu: datetime) -> list[Kandidaat]:
    found = candidates(plaats.dienst, plaats.rol, nu=nu)
    if soort == Soort.OVERNAME:
        offered = list(found.overnames)
        chosen = [een for een in offered if een.sleutel in keuzes] if keuzes else offered
    else:
        chosen = [een for een in found.ruilen if een.sleutel in keuzes]
        if not keuzes:
            raise ValidationError({"keuzes": _("Kies minstens één dienst om voor te ruilen.")})
    if len(keuzes) > MEER_DAN_GENOEG:
        raise ValidationError(
            {"keuzes": _("Kies er ten hoogste %(aantal)s.") % {"aantal": MEER_DAN_GENOEG}}
        )
    if len(chosen) < len(keuzes):
        raise ValidationError(
            {"keuzes": _("Niet alles wat je koos kan nog. Kijk de lijst opnieuw na.")}
        )
    if not chosen:
        raise ValidationError(
            _("Geen collega kan deze dienst overnemen. Bel de coördinator, of vraag een waarnemer.")
        )
    return chosen


def _locked(aanbod: Ruilaanbod) -> tuple[Ruilaanbod, Ruilverzoek]:
    verzoek = lock_request(aanbod.verzoek_id)
    rows = Ruilaanbod.objects.select_for_update(of=("self",))
    aanbod = rows.select_related("tandarts__gebruiker", "deelnemer", "terug_dienst").get(
        pk=aanbod.pk
    )
    aanbod.verzoek = verzoek
    return aanbod, verzoek


def _refuse_late(verzoek: Ruilverzoek, aanbod: Ruilaanbod, nu: datetime) -> None:
    if verzoek.status == Status.GELUKT:
        raise ValidationError(_("Een collega was je net voor. Je hoeft niets te doen."))
    if not verzoek.is_open or verzoek.uiterlijk_op <= nu:
        raise ValidationError(_("Dit verzoek loopt niet meer. Je hoeft niets te doen."))
    if not aanbod.te_beantwoorden:
        raise ValidationError(_("Hier is al een antwoord op gegeven, of het hoeft niet meer."))


def _new_seats(verzoek: Ruilverzoek, aanbod: Ruilaanbod, nu: datetime) -> list[Zetel]:
    """Return the places as they become. Raises ValidationError when they do not fit any more."""
    diensten = lock_duties(filter(None, (verzoek.dienst_id, aanbod.terug_dienst_id)))
    dienst = diensten[verzoek.dienst_id]
    verzoek.dienst = dienst
    changed = ValidationError(
        _("Het rooster is intussen veranderd: dit past niet meer. Er is niets gewijzigd.")
    )
    if not still_stands(verzoek) or _key(aanbod) not in _fitting(verzoek, nu):
        raise changed
    zetels = [Zetel(dienst, verzoek.rol, aanbod.tandarts, aanbod.deelnemer_id)]
    if aanbod.terug_dienst_id:
        terug = diensten[aanbod.terug_dienst_id]
        if terug.begin <= nu:
            raise changed
        zetels.append(Zetel(terug, aanbod.terug_rol, verzoek.tandarts, verzoek.deelnemer_id))
    return zetels


def _fitting(verzoek: Ruilverzoek, nu: datetime) -> set[str]:
    """Return the keys of everything that the rules allow at this moment."""
    if verzoek.soort == Soort.UITVAL:
        found = replacements(
            verzoek.dienst, verzoek.rol, zonder=[verzoek.tandarts_id], ook_krap=True
        )
        return {een.sleutel for een in found}
    both = candidates(verzoek.dienst, verzoek.rol, nu=nu)
    rows = both.overnames if verzoek.soort == Soort.OVERNAME else both.ruilen
    return {een.sleutel for een in rows}


def _key(aanbod: Ruilaanbod) -> str:
    return Kandidaat(
        aanbod.tandarts_id, aanbod.deelnemer_id, 0, aanbod.terug_dienst_id, aanbod.terug_rol
    ).sleutel


def _answer(aanbod: Ruilaanbod, status: str, nu: datetime, by: Actor) -> None:
    aanbod.status, aanbod.beantwoord_op, aanbod.beantwoord_door_id = status, nu, by.gebruiker_id
    velden = {"ruilaanbod_een_aanvaard": ""}
    with refusing(Ruilaanbod, velden=velden):
        aanbod.save(update_fields=["status", "beantwoord_op", "beantwoord_door", "gewijzigd_op"])
