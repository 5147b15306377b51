"""Another area by decision of the group (MR 10.1c), with the version of the rules that follows."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tijd import db_now, to_local
from kern.weigering import refusing
from reglement.actions import reglement as regels
from reglement.actions.vergadering import add_point
from reglement.besluiten import standing_decision
from reglement.besluitvorming import Besluitsoort
from reglement.models import Agendapunt, Besluit, Gebiedswijziging, Vergadering
from rooster.actions.gebied import save_gebied
from rooster.forms.gebied import written

CONSTRAINTS = {"gebiedswijziging_een_open": "", "gebiedswijziging_grens": "grens"}


@transaction.atomic
def propose_area(
    *,
    kring_id: int,
    postcodes: list[str],
    grens: int,
    gemeenten: list[str],
    toelichting: str,
    by: Actor,
) -> Gebiedswijziging:
    """Write down another area; nothing changes until the group has decided."""
    row = Gebiedswijziging(
        kring_id=kring_id,
        postcodes=sorted(postcodes),
        grens=grens,
        gemeenten=gemeenten,
        toelichting=toelichting,
        ingediend_door_id=by.person_id,
    )
    with refusing(Gebiedswijziging, velden=CONSTRAINTS):
        row.save(force_insert=True)
    _log("gebiedswijziging.voorgesteld", "C", row, by)
    return row


@transaction.atomic
def change_proposal(
    wijziging: Gebiedswijziging, *, by: Actor, **velden: object
) -> Gebiedswijziging:
    """Change a proposal that is on no agenda yet: what was sent around stays as it is."""
    row = _open(wijziging)
    if row.agendapunten.exists():
        raise ValidationError(
            _("Dit voorstel staat op een agenda. Trek het in en maak een nieuw voorstel.")
        )
    for name, value in velden.items():
        setattr(row, name, value)
    with refusing(Gebiedswijziging, velden=CONSTRAINTS):
        row.save()
    _log("gebiedswijziging.gewijzigd", "U", row, by)
    return row


@transaction.atomic
def put_to_meeting(
    wijziging: Gebiedswijziging, *, vergadering: Vergadering, by: Actor
) -> Agendapunt:
    """Put the proposal on the agenda of a meeting."""
    row = _open(wijziging)
    _log("gebiedswijziging.voorgelegd", "U", row, by)
    return add_point(
        vergadering,
        titel=_("Wijziging van het verzorgingsgebied"),
        toelichting=_("Gemeenten of wijken: %(gemeenten)s. Postcodes: %(postcodes)s. %(waarom)s")
        % {
            "gemeenten": ", ".join(row.gemeenten),
            "postcodes": written(row.postcodes),
            "waarom": row.toelichting,
        },
        besluitsoort=Besluitsoort.VERZORGINGSGEBIED,
        gebiedswijziging=row,
        by=by,
    )


def decision_on(wijziging: Gebiedswijziging) -> Besluit | None:
    """Return what the meeting decided, the newest that stands."""
    points = wijziging.agendapunten.order_by("-vergadering__begint_op")
    return next((found for punt in points if (found := standing_decision(punt))), None)


@transaction.atomic
def settle_area(wijziging: Gebiedswijziging, *, by: Actor) -> Gebiedswijziging:
    """Do what was decided: change the area and make the version of the rules that says so."""
    row = _open(wijziging)
    besluit = decision_on(row)
    if besluit is None or besluit.uitkomst == Besluit.Uitkomst.GEEN_GELDIGE_STEMMING:
        raise ValidationError(
            _(
                "De deelnemers hebben nog niet besloten. Het gebied wijzigen kan alleen met een "
                "besluit van de vergadering (art. 10.1c)."
            )
        )
    row.besluit, row.afgerond_op = besluit, to_local(db_now()).date()
    row.status = Gebiedswijziging.Status.VERWORPEN
    if besluit.uitkomst == Besluit.Uitkomst.AANGENOMEN:
        row.status = Gebiedswijziging.Status.VERWERKT
        row.versie = regels.from_decision(
            kring_id=row.kring_id, variabelen={"2.gebied": row.gemeenten}, besluit=besluit, by=by
        )
        save_gebied(
            kring_id=row.kring_id,
            postcodes=row.postcodes,
            grens=row.grens,
            besloten=True,
            by=by,
        )
    row.save()
    _log("gebiedswijziging.afgerond", "U", row, by)
    return row


@transaction.atomic
def withdraw_proposal(wijziging: Gebiedswijziging, *, by: Actor) -> Gebiedswijziging:
    """Take a proposal off the table."""
    row = _open(wijziging)
    row.status = Gebiedswijziging.Status.INGETROKKEN
    row.afgerond_op = to_local(db_now()).date()
    row.save()
    _log("gebiedswijziging.afgerond", "U", row, by)
    return row


def _open(wijziging: Gebiedswijziging) -> Gebiedswijziging:
    row = Gebiedswijziging.objects.select_for_update().get(pk=wijziging.pk)
    if row.status != Gebiedswijziging.Status.VOORSTEL:
        raise ValidationError(
            _("Dit voorstel is al afgerond: %(stand)s.") % {"stand": row.get_status_display()}
        )
    return row


def _log(gebeurtenis: str, actie: str, row: Gebiedswijziging, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort="gebiedswijziging",
        object_id=row.pk,
    )
