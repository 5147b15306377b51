"""The area of a kring: which postcodes, and how many minutes away they may be (§5.1)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.weigering import refusing
from rooster.gebied.slot import is_fixed
from rooster.models import Gebied


@transaction.atomic
def save_gebied(
    *, kring_id: int, postcodes: list[str], grens: int, by: Actor, besloten: bool = False
) -> Gebied:
    """Keep the area; the postcodes are four digits each.

    Other postcodes than those in the rules only when the deelnemers decided (`besloten`).
    """
    known = Gebied.objects.filter(kring_id=kring_id).first()
    if known and sorted(postcodes) != known.postcodes and not besloten and is_fixed(kring_id):
        raise ValidationError(
            {
                "postcodes": _(
                    "Het gebied staat in het reglement. De deelnemers besluiten over een ander "
                    "gebied (art. 10.1c): maak een voorstel bij Vergaderen, Deelnemers, Gebied."
                )
            }
        )
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
