"""The periods for which a roster is made, with their closing dates (RO-7)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now, to_local
from kern.weigering import refusing
from rooster.actions.kader import KADER
from rooster.kader.kalender import Kalender
from rooster.kader.rijen import calendar_of
from rooster.kader.zinnen import objections
from rooster.models import Dienstsoort, Roosterperiode

Status = Roosterperiode.Status
CONSTRAINTS = {
    "roosterperiode_eerste_voor_laatste": "laatste_dag",
    "roosterperiode_sluitdata": "akkoord_tot",
    "roosterperiode_geen_overlap": "eerste_dag",
}
DAGEN = ("eerste_dag", "laatste_dag")


@transaction.atomic
def add_periode(*, kring_id: int, by: Actor, **velden: object) -> Roosterperiode:
    """Begin a period; its days overlap no other one of the kring."""
    periode = Roosterperiode(kring_id=kring_id, **velden)
    with refusing(Roosterperiode, velden=CONSTRAINTS):
        periode.save(force_insert=True)
    _log("roosterperiode.gemaakt", "C", periode, by)
    return periode


@transaction.atomic
def change_periode(periode: Roosterperiode, *, by: Actor, **velden: object) -> Roosterperiode:
    """Change a period. Its days stand once wishes are asked: people count on them."""
    row = _locked(periode)
    moved = [name for name in DAGEN if name in velden and velden[name] != getattr(row, name)]
    if moved and row.status != Status.VOORBEREIDING:
        raise ValidationError(
            {moved[0]: _("De wensen zijn al gevraagd voor deze dagen. Ze liggen nu vast.")}
        )
    for name, value in velden.items():
        setattr(row, name, value)
    with refusing(Roosterperiode, velden=CONSTRAINTS):
        row.save()
    _log("roosterperiode.gewijzigd", "U", row, by)
    return row


@transaction.atomic
def open_wensen(periode: Roosterperiode, *, by: Actor) -> Roosterperiode:
    """Ask for wishes: only when the frame gives a duty for every hour of the period."""
    one_at_a_time(KADER, periode.kring_id)
    row = _locked(periode)
    if row.status != Status.VOORBEREIDING:
        raise ValidationError(_("De wensen voor deze periode zijn al gevraagd."))
    if row.wensen_tot < to_local(db_now()).date():
        raise ValidationError(
            _("De sluitdatum voor wensen is al voorbij. Kies eerst een latere datum.")
        )
    if reasons := frame_objections(row):
        raise ValidationError([_("De dienstsoorten kloppen nog niet voor deze periode."), *reasons])
    row.status = Status.WENSEN
    row.save(update_fields=["status", "gewijzigd_op"])
    _log("roosterperiode.wensen_gevraagd", "U", row, by)
    return row


@transaction.atomic
def remove_periode(periode: Roosterperiode, *, by: Actor) -> None:
    """Take back a period for which nothing was asked yet."""
    row = _locked(periode)
    if row.status != Status.VOORBEREIDING:
        raise ValidationError(_("Deze periode is al begonnen. Je kunt haar niet meer verwijderen."))
    pk = row.pk
    try:
        row.delete()
    except ProtectedError as error:
        raise ValidationError(
            _("Bij deze periode staan al saldi of diensten. Je kunt haar niet meer verwijderen.")
        ) from error
    row.pk = pk
    _log("roosterperiode.verwijderd", "D", row, by)


def frame_objections(periode: Roosterperiode, kalender: Kalender | None = None) -> list[str]:
    """Return why the frame does not give a duty for every hour of a period, by kind."""
    kalender = kalender or calendar_of(periode)
    if not kalender.diensten:
        return [_("Er zijn nog geen dienstsoorten voor deze dagen.")]
    rows = Dienstsoort.objects.filter(kring_id=periode.kring_id)
    return objections(kalender.bezwaren, {row.pk: row.naam for row in rows})


def default_dates(last: Roosterperiode | None, today: date) -> dict[str, date]:
    """Return a next period of a year to start from: the day after the last one, or next year."""
    first = (
        date.fromordinal(last.laatste_dag.toordinal() + 1) if last else date(today.year + 1, 1, 1)
    )
    try:
        after = first.replace(year=first.year + 1)
    except ValueError:
        # 29 February has no next year's day.
        after = date(first.year + 1, 3, 1)
    begin = first.toordinal()
    return {
        "eerste_dag": first,
        "laatste_dag": date.fromordinal(after.toordinal() - 1),
        "wensen_tot": max(today, date.fromordinal(begin - 70)),
        "akkoord_tot": max(today, date.fromordinal(begin - 35)),
    }


def _locked(periode: Roosterperiode) -> Roosterperiode:
    return Roosterperiode.objects.select_for_update().get(pk=periode.pk)


def _log(gebeurtenis: str, actie: str, periode: Roosterperiode, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=periode.kring_id,
        object_soort="roosterperiode",
        object_id=periode.pk,
    )
