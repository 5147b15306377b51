"""The meeting itself: open it, take the points one by one, close it.

Each act says which step its page showed (`gezien`): of two who preside at once the second is told
what the first did, and nothing is done twice.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now
from kern.weergave import format_moment
from kring.models import Gebruiker
from reglement import geldend
from reglement.actions.vergadering.notulen import draft_minutes
from reglement.actions.vergadering.stap import Status, lock, log, note_step
from reglement.models import Agendapunt, Stemming, Vergadering, Vergaderstap

Soort = Vergaderstap.Soort
VOORAF = timedelta(hours=2)
"""How long before its time a meeting may be opened, and people may come in."""
NADIEN = timedelta(hours=12)
"""How long after its time it may still be opened: people were called for that day (4.2)."""


def opens_from(row: Vergadering) -> datetime:
    """Return from when the meeting may be opened, and people may come in."""
    return row.begint_op - VOORAF


def refuse_early(row: Vergadering) -> None:
    """Refuse what only happens at the meeting itself, long before it."""
    from_on = opens_from(row)
    if db_now() < from_on:
        raise ValidationError(
            _("Dat kan vanaf %(moment)s: twee uur voor het begin.")
            % {"moment": format_moment(from_on)}
        )


def refuse_late(row: Vergadering) -> None:
    """Refuse a meeting on another day than the deelnemers were called for."""
    if db_now() > row.begint_op + NADIEN:
        raise ValidationError(
            _(
                "De deelnemers zijn opgeroepen voor %(moment)s. Op een andere dag vergaderen kan "
                "alleen met een nieuwe oproep (art. 4.2). Last deze vergadering af en plan haar "
                "opnieuw: de agenda blijft."
            )
            % {"moment": format_moment(row.begint_op)}
        )


@transaction.atomic
def open_meeting(vergadering: Vergadering, *, gezien: int | None = None, by: Actor) -> Vergadering:
    """Open the meeting, under the reglement of its own day (RG-12)."""
    row = lock(vergadering, in_stand=(Status.OPGEROEPEN,), gezien=gezien)
    refuse_early(row)
    refuse_late(row)
    row.status, row.geopend_op = Status.OPEN, db_now()
    row.versie = geldend.version_on(row.kring_id, row.dag)
    if row.voorzitter_id is None:
        row.voorzitter_id = by.gebruiker_id
    row.save()
    note_step(row, Soort.GEOPEND, by=by, op=row.geopend_op)
    log("vergadering.geopend", "U", row, by)
    return row


@transaction.atomic
def appoint_chair(
    vergadering: Vergadering, *, voorzitter: Gebruiker, gezien: int | None = None, by: Actor
) -> Vergadering:
    """Let somebody else preside, from now on."""
    row = lock(vergadering, in_stand=(Status.OPGEROEPEN, Status.OPEN), gezien=gezien)
    row.voorzitter = voorzitter
    row.save(update_fields=["voorzitter", "gewijzigd_op"])
    note_step(row, Soort.VOORZITTER, by=by, toelichting=voorzitter.naam)
    log("vergadering.voorzitter", "U", row, by)
    return row


@transaction.atomic
def table_point(punt: Agendapunt, *, gezien: int | None = None, by: Actor) -> Agendapunt:
    """Put a point on the table; the one before it is done with.

    Refused while there is a vote on the one before: close that first.
    """
    row = lock(punt.vergadering, in_stand=(Status.OPEN,), gezien=gezien)
    _refuse_open_vote(row)
    nu = db_now()
    current = row.agendapunten.filter(aan_de_orde_op__isnull=False, afgehandeld_op__isnull=True)
    for before in current.exclude(pk=punt.pk):
        before.afgehandeld_op = nu
        before.save(update_fields=["afgehandeld_op", "gewijzigd_op"])
        note_step(row, Soort.PUNT_KLAAR, by=by, agendapunt=before, op=nu)
    punt = Agendapunt.objects.get(pk=punt.pk)
    punt.aan_de_orde_op, punt.afgehandeld_op = nu, None
    punt.save(update_fields=["aan_de_orde_op", "afgehandeld_op", "gewijzigd_op"])
    note_step(row, Soort.PUNT_OPEN, by=by, agendapunt=punt, op=nu)
    log("agendapunt.aan_de_orde", "U", punt, by)
    return punt


@transaction.atomic
def finish_point(punt: Agendapunt, *, gezien: int | None = None, by: Actor) -> Agendapunt:
    """Close the point on the table, with or without a decision."""
    row = lock(punt.vergadering, in_stand=(Status.OPEN,), gezien=gezien)
    _refuse_open_vote(row)
    punt = Agendapunt.objects.get(pk=punt.pk)
    if punt.aan_de_orde_op is None or punt.afgehandeld_op is not None:
        raise ValidationError(_("Dit punt is niet aan de orde."))
    punt.afgehandeld_op = db_now()
    punt.save(update_fields=["afgehandeld_op", "gewijzigd_op"])
    note_step(row, Soort.PUNT_KLAAR, by=by, agendapunt=punt, op=punt.afgehandeld_op)
    log("agendapunt.afgehandeld", "U", punt, by)
    return punt


@transaction.atomic
def note_point(
    punt: Agendapunt, *, aantekening: str, was: str | None = None, by: Actor
) -> Agendapunt:
    """Write down what was said at a point, for the minutes.

    `was` is the text that the writer began with; refused when somebody else wrote another since.
    """
    lock(punt.vergadering, in_stand=(Status.OPGEROEPEN, Status.OPEN))
    punt = Agendapunt.objects.get(pk=punt.pk)
    if was is not None and punt.aantekening not in {was, aantekening}:
        raise ValidationError(
            _(
                "Een ander schreef intussen bij dit punt: “%s”. Jouw tekst staat er nog. Voeg ze "
                "samen en bewaar opnieuw."
            )
            % punt.aantekening
        )
    punt.aantekening = aantekening
    punt.save(update_fields=["aantekening", "gewijzigd_op"])
    log("agendapunt.aantekening", "U", punt, by)
    return punt


@transaction.atomic
def close_meeting(vergadering: Vergadering, *, gezien: int | None = None, by: Actor) -> Vergadering:
    """Close the meeting and draft its minutes from what happened.

    Refused while there is a vote. Points that were not reached stay open: for a second meeting
    where there were too few, else for the next.
    """
    row = lock(vergadering, in_stand=(Status.OPEN,), gezien=gezien)
    _refuse_open_vote(row)
    nu = db_now()
    for punt in row.agendapunten.filter(aan_de_orde_op__isnull=False, afgehandeld_op__isnull=True):
        punt.afgehandeld_op = nu
        punt.save(update_fields=["afgehandeld_op", "gewijzigd_op"])
        note_step(row, Soort.PUNT_KLAAR, by=by, agendapunt=punt, op=nu)
    row.status, row.gesloten_op = Status.GESLOTEN, nu
    row.save()
    note_step(row, Soort.GESLOTEN, by=by, op=nu)
    draft_minutes(row, by=by)
    log("vergadering.gesloten", "U", row, by)
    return row


def _refuse_open_vote(row: Vergadering) -> None:
    voting = Stemming.objects.filter(agendapunt__vergadering=row, status=Stemming.Status.OPEN)
    found = voting.select_related("agendapunt").first()
    if found:
        raise ValidationError(
            _("Over punt %(nummer)s wordt gestemd. Sluit eerst die stemming, of trek haar in.")
            % {"nummer": found.agendapunt.volgorde}
        )
