"""The area of a kring: which postcodes, and how many minutes away they may be (§5.1)."""

from django.db import transaction

from kern import logboek
from kern.actor import Actor
from kern.weigering import refusing
from rooster.models import Gebied


@transaction.atomic
def save_gebied(*, kring_id: int, postcodes: list[str], grens: int, by: Actor) -> Gebied:
    """Keep the area; the postcodes are four digits each."""
    with refusing(Gebied, velden={"gebied_grens": "grens"}):
        row, _new = Gebied.objects.update_or_create(
            kring_id=kring_id, defaults={"postcodes": sorted(postcodes), "grens": grens}
        )
    logboek.record(
        "gebied.opgeslagen",
        "U",
        by=by,
        kring_id=kring_id,
        object_soort="gebied",
        object_id=row.pk,
    )
    return row
