"""Where this kring refers to; the coordinator keeps the list."""

from collections.abc import Mapping

from django.db import transaction

from kern import logboek
from kern.actor import Actor
from kern.weigering import refusing
from triage.models import Verwijsadres

VELDEN = ("soort", "naam", "telefoon", "adres", "toelichting", "actief")


@transaction.atomic
def add_verwijsadres(*, kring_id: int, by: Actor, **velden: object) -> Verwijsadres:
    """Add an address; a `ValidationError` at the name when it is there already."""
    return _save(Verwijsadres(kring_id=kring_id), "verwijsadres.toegevoegd", "C", by, velden)


@transaction.atomic
def change_verwijsadres(row: Verwijsadres, *, by: Actor, **velden: object) -> Verwijsadres:
    """Change an address, or take it out of use."""
    return _save(row, "verwijsadres.gewijzigd", "U", by, velden)


def _save(
    row: Verwijsadres, gebeurtenis: str, actie: str, by: Actor, velden: Mapping[str, object]
) -> Verwijsadres:
    for name, value in velden.items():
        if name not in VELDEN:
            raise TypeError(f"verwijsadres has no {name}")
        setattr(row, name, value)
    with refusing(Verwijsadres, velden={"verwijsadres_naam_uniek": "naam"}):
        row.save()
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort="verwijsadres",
        object_id=row.pk,
    )
    return row
