"""Documents with a meeting: in, and out again until the deelnemers were called (9.2b)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kern.actor import Actor
from reglement.actions.vergadering.stap import Status, lock, log
from reglement.models import Agendapunt, Stuk, Vergadering
from reglement.pdfstuk import Pdfstuk
from reglement.vergadering import post

MAXIMUM = 30
_OPEN = (Status.CONCEPT, Status.OPGEROEPEN, Status.OPEN)


@transaction.atomic
def add_document(
    vergadering: Vergadering,
    *,
    stuk: Pdfstuk,
    omschrijving: str,
    agendapunt: Agendapunt | None = None,
    by: Actor,
) -> Stuk:
    """Keep a document; after the convocation everybody who was called hears of it.

    The same file twice, as by a second click, is the document that exists.
    """
    row = lock(vergadering, in_stand=_OPEN)
    rows = Stuk.objects.filter(vergadering=row)
    existing = rows.filter(sha256=stuk.sha256, agendapunt=agendapunt).first()
    if existing:
        return existing
    if rows.count() >= MAXIMUM:
        raise ValidationError(_("Een vergadering heeft hoogstens %s stukken.") % MAXIMUM)
    highest = rows.aggregate(hoogste=Max("nummer"))["hoogste"] or 0
    late = row.status != Status.CONCEPT
    made = Stuk.objects.create(
        kring_id=row.kring_id,
        vergadering=row,
        agendapunt=agendapunt,
        nummer=highest + 1,
        naam=stuk.naam,
        omschrijving=omschrijving,
        grootte=stuk.grootte,
        sha256=stuk.sha256,
        nagekomen=late,
        toegevoegd_door_id=by.gebruiker_id,
        inhoud=stuk.inhoud,
    )
    if late:
        invited = row.uitnodigingen.select_related("deelnemer", "gebruiker")
        post.write_late_document(made, [(item.deelnemer, item.gebruiker) for item in invited])
    log("stuk.toegevoegd", "C", made, by)
    return made


@transaction.atomic
def remove_document(stuk: Stuk, *, by: Actor) -> None:
    """Take a document away; not any more once the deelnemers may have read it."""
    lock(stuk.vergadering, in_stand=(Status.CONCEPT,))
    stuk = Stuk.objects.get(pk=stuk.pk)
    log("stuk.weggehaald", "D", stuk, by)
    stuk.delete()
