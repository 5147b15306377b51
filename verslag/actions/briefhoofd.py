"""The kring's own heading above its letters."""

from django.db import transaction

from kern import logboek
from kern.actor import Actor
from verslag.models import Briefhoofd


@transaction.atomic
def save_briefhoofd(
    *, kring_id: int, naam: str, tekst: str, by: Actor, logo: bytes | None = None
) -> Briefhoofd:
    """Keep the heading; `logo` is an image of `verslag.bestand`, empty takes it away, None keeps.

    Letters that were made keep theirs.
    """
    values: dict[str, str | bytes] = {"naam": naam.strip(), "tekst": tekst.strip()}
    if logo is not None:
        values["logo"] = logo
    row, _made = Briefhoofd.objects.update_or_create(kring_id=kring_id, defaults=values)
    logboek.record(
        "briefhoofd.opgeslagen",
        "U",
        by=by,
        kring_id=kring_id,
        object_soort="briefhoofd",
        object_id=row.pk,
    )
    return row
