"""The agenda: points come and go until the deelnemers are called, and not after."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from kern.actor import Actor
from reglement.actions.vergadering.stap import Status, lock, log
from reglement.models import Agendapunt, Vergadering

MAXIMUM = 40


@transaction.atomic
def add_point(
    vergadering: Vergadering,
    *,
    titel: str,
    toelichting: str = "",
    besluitsoort: str = "",
    orde: bool = False,
    by: Actor,
    **onderwerp: Model,
) -> Agendapunt:
    """Put a point at the end of the agenda; `onderwerp` is the column of what it is about.

    Refused once the deelnemers were called: nobody votes on what was not announced. `orde`: a
    point of order, that a running meeting may put to itself.
    """
    row = lock(vergadering, in_stand=(Status.OPEN,) if orde else (Status.CONCEPT,))
    if row.eerste_id and not orde:
        raise ValidationError(
            _(
                "Een tweede vergadering gaat alleen over de punten van de eerste (art. 10.3). "
                "Zet dit punt op de agenda van een nieuwe vergadering."
            )
        )
    if row.agendapunten.count() >= MAXIMUM:
        raise ValidationError(_("Een agenda heeft hoogstens %s punten.") % MAXIMUM)
    highest = row.agendapunten.aggregate(hoogste=Max("volgorde"))["hoogste"] or 0
    punt = Agendapunt.objects.create(
        kring_id=row.kring_id,
        vergadering=row,
        volgorde=highest + 1,
        titel=titel,
        toelichting=toelichting,
        besluitsoort=besluitsoort,
        **onderwerp,
    )
    log("agendapunt.toegevoegd", "C", punt, by)
    return punt


@transaction.atomic
def change_point(
    punt: Agendapunt, *, titel: str, toelichting: str, besluitsoort: str, by: Actor
) -> Agendapunt:
    """Change what a point says; title and kind of decision only of one that stands for no subject.

    Refused for a point of a second meeting: that decides, with fewer, on what the first had.
    """
    punt = _free(punt)
    if punt.herhaalt_id:
        raise ValidationError(
            _(
                "Een tweede vergadering gaat over precies dezelfde punten (art. 10.3). Zet een "
                "ander voorstel op de agenda van een nieuwe vergadering."
            )
        )
    punt.toelichting = toelichting
    if not subject_of(punt):
        punt.titel, punt.besluitsoort = titel, besluitsoort
    punt.save()
    log("agendapunt.gewijzigd", "U", punt, by)
    return punt


@transaction.atomic
def move_point(punt: Agendapunt, *, omhoog: bool, by: Actor) -> Agendapunt:
    """Change places with the neighbour; at the end of the list nothing happens."""
    punt = _free(punt)
    rows = list(punt.vergadering.agendapunten.order_by("volgorde"))
    place = rows.index(punt)
    other = place + (-1 if omhoog else 1)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        _number(rows)
        punt.refresh_from_db()
    log("agendapunt.gewijzigd", "U", punt, by)
    return punt


@transaction.atomic
def remove_point(punt: Agendapunt, *, by: Actor) -> None:
    """Take a point off the agenda; its documents stay with the meeting."""
    punt = _free(punt)
    if punt.herhaalt_id:
        raise ValidationError(
            _("Een tweede vergadering gaat over alle punten die zijn blijven liggen.")
        )
    vergadering = punt.vergadering
    punt.stukken.update(agendapunt=None)
    log("agendapunt.weggehaald", "D", punt, by)
    punt.delete()
    _number(list(vergadering.agendapunten.order_by("volgorde")))


def subject_of(punt: Agendapunt) -> str:
    """Return the name of the column of what the point is about, empty for a point of its own."""
    own = {"kring", "vergadering", "herhaalt"}
    for field in Agendapunt._meta.concrete_fields:
        if field.is_relation and field.name not in own and getattr(punt, field.attname):
            return field.name
    return ""


def _free(punt: Agendapunt) -> Agendapunt:
    lock(punt.vergadering, in_stand=(Status.CONCEPT,))
    return Agendapunt.objects.select_related("vergadering").get(pk=punt.pk)


def _number(rows: Sequence[Agendapunt]) -> None:
    # The constraint waits for the end of the transaction, so numbers may meet halfway.
    for volgorde, row in enumerate(rows, start=1):
        Agendapunt.objects.filter(pk=row.pk).update(volgorde=volgorde)
