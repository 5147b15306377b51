"""Wishes: give and take back, send in, remind, close and open again (§5.4, RO-7)."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now, to_local
from kring.models import Tandarts
from rooster.models import Roosterperiode, Wens, Wensenlijst
from rooster.wensen import berichten
from rooster.wensen.lijst import answers, asked, wish_frame, wishes_of
from rooster.wensen.regels import Dagwens, Opdracht, Stand, change, stand_of
from rooster.wensen.zinnen import sentence

Status = Roosterperiode.Status
STAND = "rooster.wensen"


@transaction.atomic
def mark_wensen(
    periode: Roosterperiode,
    tandarts: Tandarts,
    *,
    opdrachten: Iterable[Opdracht],
    by: Actor,
    vervang: bool = True,
) -> Stand:
    """Set or take away wishes; all of them, or none with every reason why not."""
    opdrachten = list(opdrachten)
    lijst = _locked_list(periode, tandarts)
    kader, before = wish_frame(periode), wishes_of(periode, tandarts)
    after, objections = change(kader, before, opdrachten, vandaag=_today(), vervang=vervang)
    if objections:
        raise ValidationError([sentence(bezwaar, kader) for bezwaar in objections])
    if _write(lijst, before, after):
        _log("wensen.gewijzigd", "U", lijst, by)
    return stand_of(kader, after)


@transaction.atomic
def submit_wensen(periode: Roosterperiode, tandarts: Tandarts, *, by: Actor) -> Wensenlijst:
    """Say that the list is complete; having no wishes is an answer too."""
    lijst = _locked_list(periode, tandarts)
    _refuse_closed(periode)
    lijst.ingediend_op, lijst.ingediend_door_id = db_now(), by.gebruiker_id
    lijst.save()
    _log("wensen.ingediend", "U", lijst, by)
    return lijst


@transaction.atomic
def remind_wensen(periode: Roosterperiode, *, by: Actor) -> int:
    """Mail everybody who did not send in a list, once a day at most; return how many dentists.

    ValidationError when the wishes are closed or there is nobody left to remind today.
    """
    one_at_a_time(STAND, periode.kring_id)
    periode.refresh_from_db()
    _refuse_closed(periode)
    silent, due = _silent(periode)
    if not silent:
        raise ValidationError(_("Iedereen heeft de wensen ingediend."))
    if not due:
        raise ValidationError(
            _("Wie nog niets indiende, kreeg vandaag al een bericht. Morgen kan het weer.")
        )
    _ask(periode, due)
    _log("wensen.herinnerd", "E", periode, by)
    return len(due)


@transaction.atomic
def close_wensen(periode: Roosterperiode, *, by: Actor) -> None:
    """Take no more wishes: what was given counts, sent in or not. The planning can begin."""
    one_at_a_time(STAND, periode.kring_id)
    periode.refresh_from_db()
    if periode.status != Status.WENSEN:
        raise ValidationError(_("De wensen voor deze periode zijn al gesloten."))
    periode.status = Status.PLANNEN
    periode.save()
    _log("wensen.gesloten", "U", periode, by)


@transaction.atomic
def reopen_wensen(periode: Roosterperiode, *, by: Actor) -> None:
    """Take wishes again after closing, as long as nothing was proposed yet."""
    one_at_a_time(STAND, periode.kring_id)
    periode.refresh_from_db()
    if periode.status != Status.PLANNEN:
        raise ValidationError(
            _("Deze periode is %(stand)s. Wensen kunnen niet opnieuw open.")
            % {"stand": periode.get_status_display()}
        )
    if _today() > periode.wensen_tot:
        raise ValidationError(
            _("De sluitdatum voor wensen is voorbij. Zet in de periode eerst een latere datum.")
        )
    periode.status = Status.WENSEN
    periode.save()
    _log("wensen.heropend", "U", periode, by)


def _locked_list(periode: Roosterperiode, tandarts: Tandarts) -> Wensenlijst:
    """Return the list, held until the commit: a budget is no constraint of the database."""
    # Whether it is still open says the row, not what a page was made from; held, because who
    # closes at this moment must not plan without this wish.
    periode.refresh_from_db(from_queryset=Roosterperiode.objects.select_for_update(no_key=True))
    return Wensenlijst.objects.select_for_update().get_or_create(
        periode=periode, tandarts=tandarts, defaults={"kring_id": periode.kring_id}
    )[0]


def _write(lijst: Wensenlijst, before: dict[date, Dagwens], after: dict[date, Dagwens]) -> bool:
    """Bring the rows in step; return whether there was anything to do."""
    gone = [day for day in before if before[day] != after.get(day)]
    new = [day for day in after if before.get(day) != after[day]]
    rows = Wens.objects.filter(periode=lijst.periode_id, tandarts=lijst.tandarts_id)
    rows.filter(dag__in=gone).delete()
    Wens.objects.bulk_create(
        Wens(
            kring_id=lijst.kring_id,
            periode_id=lijst.periode_id,
            tandarts_id=lijst.tandarts_id,
            dag=day,
            soort=after[day].soort,
            gewicht=after[day].gewicht,
        )
        for day in new
    )
    return bool(gone or new)


def _refuse_closed(periode: Roosterperiode) -> None:
    kader = wish_frame(periode)
    if not kader.is_open(_today()):
        raise ValidationError(_("De wensen voor deze periode zijn gesloten."))


def _today() -> date:
    return to_local(db_now()).date()


def _silent(periode: Roosterperiode) -> tuple[list[Tandarts], list[Tandarts]]:
    """Return who did not send in a list, and which of them got no mail today."""
    today = _today()
    silent = [row for row in answers(periode, asked(periode)) if row.ingediend_op is None]
    due = [
        row.tandarts
        for row in silent
        if row.herinnerd_op is None or to_local(row.herinnerd_op).date() < today
    ]
    return [row.tandarts for row in silent], due


def _ask(periode: Roosterperiode, tandartsen: list[Tandarts]) -> None:
    """Mail them, and note when: the note is what holds "once a day"."""
    nu = db_now()
    berichten.ask(periode, tandartsen, to_local(nu).date())
    Wensenlijst.objects.bulk_create(
        (
            Wensenlijst(
                kring_id=periode.kring_id, periode=periode, tandarts=tandarts, herinnerd_op=nu
            )
            for tandarts in tandartsen
        ),
        update_conflicts=True,
        unique_fields=["periode", "tandarts"],
        update_fields=["herinnerd_op"],
    )


def _log(gebeurtenis: str, actie: str, row: Wensenlijst | Roosterperiode, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort=row._meta.model_name or "",
        object_id=row.pk,
    )
