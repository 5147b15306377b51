"""The text blocks of a kring; the coordinator keeps them."""

from django.db import transaction

from kern import logboek
from kern.actor import Actor
from kern.weigering import refusing
from verslag.models import Tekstblok


@transaction.atomic
def save_tekstblok(row: Tekstblok, *, veld: str, naam: str, tekst: str, by: Actor) -> Tekstblok:
    """Save a new or changed block; a `ValidationError` when its name is taken for that field."""
    is_new = row._state.adding
    row.veld, row.naam, row.tekst = veld, naam, tekst
    with refusing(Tekstblok, velden={"tekstblok_naam_uniek": "naam"}):
        row.save()
    _record("tekstblok.toegevoegd" if is_new else "tekstblok.gewijzigd", row, by)
    return row


@transaction.atomic
def remove_tekstblok(row: Tekstblok, *, by: Actor) -> None:
    """Remove a block; what was put into a report with it stays there."""
    pk = row.pk
    row.delete()
    # Deleting empties it, and the line names it.
    row.pk = pk
    _record("tekstblok.verwijderd", row, by)


def _record(gebeurtenis: str, row: Tekstblok, by: Actor) -> None:
    actie = {"toegevoegd": "C", "gewijzigd": "U", "verwijderd": "D"}[gebeurtenis.split(".")[1]]
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort="tekstblok",
        object_id=row.pk,
    )
