"""Admitting a practice: application, checks, advice, meeting, and letting it in (§5.2, MR 11.5)."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tijd import db_now, to_local
from kern.weigering import refuse_to_come, refusing
from kring import actions as kring_actions
from kring.models import Deelnemer, Tandarts
from reglement.actions.deelname import set_status
from reglement.actions.vergadering import add_point
from reglement.besluiten import standing_decision
from reglement.besluitvorming import Besluitsoort
from reglement.geldend import lezing_on
from reglement.kiesregister import register_on
from reglement.lezing import NieuweDeelnemer
from reglement.lidmaatschap.aanvraag import requirements_of
from reglement.lidmaatschap.eisen import blocking, meets_all
from reglement.models import (
    Agendapunt,
    Besluit,
    Deelname,
    Toelating,
    Toelatingstandarts,
    Vergadering,
)
from rooster.actions.aandeel import set_inzet
from rooster.kader.rijen import HELE_FTE
from rooster.models import Bigcontrole
from rooster.ruil.bigregister import RegisterZwijgt, bigregister

PRAKTIJK = ("naam", "adres", "postcode", "plaats", "telefoon", "email", "agb_code")
WIE = ("naam", "adres", "postcode", "plaats", "agb_code")
"""What says which practice it is; how it is reached may change until it is in."""
CONSTRAINTS = {
    "toelating_een_open": "naam",
    "toelatingstandarts_eenmaal": "big_nummer",
}


@transaction.atomic
def apply_for(
    *, kring_id: int, by: Actor, deelnemer: Deelnemer | None = None, **velden: object
) -> Toelating:
    """Note that a practice asks to take part; `deelnemer` is one that took part before."""
    if deelnemer is not None:
        _refuse_return(deelnemer)
    row = Toelating(kring_id=kring_id, deelnemer=deelnemer, **velden)
    _check_days(row)
    with refusing(Toelating, velden=CONSTRAINTS):
        row.save(force_insert=True)
    if deelnemer is not None:
        Toelatingstandarts.objects.bulk_create(
            Toelatingstandarts(
                kring_id=kring_id,
                toelating=row,
                naam=tandarts.naam,
                big_nummer=tandarts.big_nummer,
                telefoon=tandarts.telefoon,
            )
            for tandarts in Tandarts.objects.filter(deelnemer=deelnemer, actief=True)
        )
    _log("toelating.aangevraagd", "C", row, by)
    return row


def _check_days(row: Toelating) -> None:
    """Refuse an application of a day to come, or to take part from before it was made."""
    asked, wanted = row.aangevraagd_op, row.gewenst_op
    refuse_to_come(aangevraagd_op=asked)
    if wanted < asked:
        raise ValidationError(
            {"gewenst_op": _("Dit is vóór de aanvraag. Vul een dag in op of na de aanvraag.")}
        )


def _refuse_return(deelnemer: Deelnemer) -> None:
    today = to_local(db_now()).date()
    register = register_on(deelnemer.kring_id, today)
    status = next(lid.status for lid in register if lid.deelnemer == deelnemer)
    sentence = {
        Deelname.Status.LID: _("Deze praktijk doet al mee."),
        Deelname.Status.VOORWAARDELIJK: _("Deze praktijk doet al mee."),
        Deelname.Status.GEROYEERD: _(
            "Deze praktijk is geroyeerd. Opnieuw toelaten gaat via het royement (art. 9.2i)."
        ),
        Deelname.Status.EENZIJDIG: _(
            "Deze praktijk is geroyeerd. Opnieuw toelaten gaat via het royement (art. 9.2i)."
        ),
    }.get(Deelname.Status(status))
    if sentence:
        raise ValidationError({"deelnemer": sentence})


@transaction.atomic
def change_toelating(toelating: Toelating, *, by: Actor, **velden: object) -> Toelating:
    """Change what was typed or declared; which practice it is only until the deelnemers know.

    From the convocation on the application is what they were called about and vote on.
    """
    row = _open(toelating)
    if any(getattr(row, name) != velden.get(name, getattr(row, name)) for name in WIE):
        _refuse_other(row)
    for name, value in velden.items():
        setattr(row, name, value)
    _check_days(row)
    with refusing(Toelating, velden=CONSTRAINTS):
        row.save()
    _log("toelating.gewijzigd", "U", row, by)
    return row


def _refuse_other(row: Toelating) -> None:
    points = row.agendapunten.exclude(vergadering__status=Vergadering.Status.AFGELAST)
    if points.filter(vergadering__opgeroepen_op__isnull=False).exists():
        raise ValidationError(
            _(
                "De deelnemers zijn al opgeroepen over deze praktijk. Naam, adres, postcode, "
                "plaats en AGB-code liggen nu vast. Gaat het om een andere praktijk? Trek deze "
                "aanvraag in en begin een nieuwe."
            )
        )


@transaction.atomic
def add_dentist(
    toelating: Toelating, *, naam: str, big_nummer: str, telefoon: str, by: Actor
) -> Toelatingstandarts:
    """Note a dentist of the practice; the register is looked up apart."""
    row = _open(toelating)
    known = Tandarts.objects.filter(kring_id=row.kring_id, big_nummer=big_nummer)
    if elsewhere := known.exclude(deelnemer=row.deelnemer).select_related("deelnemer").first():
        raise ValidationError(
            {
                "big_nummer": _("Deze tandarts staat al bij %(praktijk)s in deze kring.")
                % {"praktijk": elsewhere.deelnemer.naam}
            }
        )
    found = Toelatingstandarts(
        kring_id=row.kring_id,
        toelating=row,
        naam=naam,
        big_nummer=big_nummer,
        telefoon=telefoon,
    )
    with refusing(Toelatingstandarts, velden=CONSTRAINTS):
        found.save(force_insert=True)
    _log("toelating.gewijzigd", "U", row, by)
    return found


@transaction.atomic
def remove_dentist(tandarts: Toelatingstandarts, *, by: Actor) -> None:
    """Take off a dentist who was put there by mistake."""
    row = _open(tandarts.toelating)
    tandarts.delete()
    _log("toelating.gewijzigd", "U", row, by)


@transaction.atomic
def check_dentist(
    tandarts: Toelatingstandarts, *, by: Actor, uitkomst: str = ""
) -> Toelatingstandarts:
    """Note what the BIG register says: by its service when there is one, else what a person saw."""
    row = _open(tandarts.toelating)
    register = bigregister()
    try:
        found = register.look_up(tandarts.big_nummer)
    except RegisterZwijgt as error:
        raise ValidationError(
            _("Het BIG-register gaf geen antwoord. Probeer het straks opnieuw.")
        ) from error
    if found is None and uitkomst not in Bigcontrole.Uitkomst.values:
        raise ValidationError({"uitkomst": _("Kies wat je in het BIG-register zag.")})
    tandarts.uitkomst = str(found or uitkomst)
    tandarts.bron = register.bron if found else "handmatig"
    tandarts.gecontroleerd_op = db_now()
    tandarts.gecontroleerd_door_id = by.person_id
    tandarts.save()
    _log("toelating.big_gecontroleerd", "U", row, by)
    return tandarts


@transaction.atomic
def advise(toelating: Toelating, *, advies: str, advies_reden: str, by: Actor) -> Toelating:
    """Write the advice of the coordinator to the meeting; against it only with a reason."""
    row = _open(toelating)
    if advies == Toelating.Advies.NIET_TOELATEN and not advies_reden.strip():
        raise ValidationError(
            {"advies_reden": _("Schrijf op waarom niet: eisen zijn objectief en vooraf bekend.")}
        )
    row.advies, row.advies_reden = advies, advies_reden
    row.advies_op, row.advies_door_id = db_now(), by.person_id
    row.save()
    _log("toelating.geadviseerd", "U", row, by)
    return row


@transaction.atomic
def put_to_meeting(toelating: Toelating, *, vergadering: Vergadering, by: Actor) -> Agendapunt:
    """Put the application on the agenda of a meeting (A-17: MR 11.5)."""
    row = _open(toelating)
    if not row.advies:
        raise ValidationError(_("Geef eerst een advies. Dat hoort bij de stukken."))
    _log("toelating.voorgelegd", "U", row, by)
    return add_point(
        vergadering,
        titel=_("Toelating van %(praktijk)s") % {"praktijk": row.naam},
        toelichting=_("Advies: %(advies)s. %(reden)s")
        % {"advies": row.get_advies_display(), "reden": row.advies_reden},
        besluitsoort=Besluitsoort.TOELATING,
        toelating=row,
        by=by,
    )


def decision_on(toelating: Toelating) -> Besluit | None:
    """Return what the meeting decided, the newest that stands."""
    points = toelating.agendapunten.order_by("-vergadering__begint_op")
    return next((found for punt in points if (found := standing_decision(punt))), None)


@transaction.atomic
def settle(toelating: Toelating, *, vanaf: date, by: Actor) -> Toelating:
    """Do what was decided: let the practice in from a day on, or close the application.

    By the decision of the meeting; without one only where the kring reads that who meets every
    requirement has a right to take part (A-17). Raises ValidationError with what is missing.
    """
    row = _open(toelating)
    today = to_local(db_now()).date()
    besluit = decision_on(row)
    if besluit is not None and besluit.uitkomst == Besluit.Uitkomst.VERWORPEN:
        slot = _("afgewezen bij besluit %(nummer)s") % {"nummer": besluit.nummer}
        return _close(row, Toelating.Status.AFGEWEZEN, today, slot, by, besluit=besluit)
    eisen, _meting = requirements_of(row)
    if missing := blocking(eisen):
        raise ValidationError([f"{eis.titel}: {eis.uitleg} ({eis.bron})" for eis in missing])
    if besluit is None or besluit.uitkomst != Besluit.Uitkomst.AANGENOMEN:
        _demand_right(row, today, meets_all(eisen))
        besluit, slot = None, _("toegelaten van rechtswege: voldoet aan par. 5.2.1")
    else:
        slot = _("toegelaten bij besluit %(nummer)s") % {"nummer": besluit.nummer}
    first = besluit.genomen_op if besluit else row.aangevraagd_op
    if vanaf < first:
        raise ValidationError(
            {"vanaf": _("Kies een dag vanaf %(dag)s.") % {"dag": first.strftime("%d-%m-%Y")}}
        )
    row.deelnemer = _let_in(row, vanaf, slot, besluit, by)
    return _close(row, Toelating.Status.TOEGELATEN, today, slot, by, besluit=besluit)


def _demand_right(row: Toelating, today: date, voldoet: bool) -> None:
    if lezing_on(row.kring_id, today).nieuwe_deelnemer is NieuweDeelnemer.VERGADERING:
        raise ValidationError(
            _(
                "Over een nieuwe deelnemer beslist de vergadering (art. 11.5). Zet de toelating op "
                "een agenda; verwerk daarna het besluit."
            )
        )
    if not voldoet:
        raise ValidationError(
            _("Nog niet aan alle eisen is voldaan. Dan is er geen recht op deelname (par. 5.2.1).")
        )


def _let_in(
    row: Toelating, vanaf: date, slot: str, besluit: Besluit | None, by: Actor
) -> Deelnemer:
    """Make the practice and its dentists, from the first day on the roster."""
    velden = {name: getattr(row, name) for name in PRAKTIJK}
    if row.deelnemer is None:
        deelnemer = kring_actions.add_deelnemer(kring_id=row.kring_id, by=by, **velden)
    else:
        deelnemer = kring_actions.change_deelnemer(row.deelnemer, by=by, **velden)
    known = dict(Tandarts.objects.filter(deelnemer=deelnemer).values_list("big_nummer", "pk"))
    set_status(
        deelnemer, status=Deelname.Status.LID, vanaf=vanaf, grond=slot, besluit=besluit, by=by
    )
    for dentist in row.tandartsen.all():
        if dentist.big_nummer in known:
            continue
        tandarts = kring_actions.add_tandarts(
            kring_id=row.kring_id,
            deelnemer=deelnemer,
            naam=dentist.naam,
            big_nummer=dentist.big_nummer,
            telefoon=dentist.telefoon,
            by=by,
        )
        set_inzet(tandarts, deelnemer, fte=Decimal(HELE_FTE), vanaf=vanaf, by=by)
    return deelnemer


@transaction.atomic
def withdraw_toelating(toelating: Toelating, *, reden: str, by: Actor) -> Toelating:
    """Note that the practice does not ask any more."""
    row = _open(toelating)
    return _close(row, Toelating.Status.INGETROKKEN, to_local(db_now()).date(), reden, by)


def _close(
    row: Toelating,
    status: str,
    dag: date,
    slot: str,
    by: Actor,
    *,
    besluit: Besluit | None = None,
) -> Toelating:
    row.status, row.afgerond_op, row.slot, row.besluit = status, dag, slot, besluit
    row.save()
    _log("toelating.afgerond", "U", row, by)
    return row


def _open(toelating: Toelating) -> Toelating:
    row = Toelating.objects.select_for_update().get(pk=toelating.pk)
    if not row.open:
        raise ValidationError(
            _("Deze aanvraag is al afgerond: %(slot)s.") % {"slot": row.slot or row.status}
        )
    return row


def _log(gebeurtenis: str, actie: str, row: Toelating, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort="toelating",
        object_id=row.pk,
    )
