"""What the coordinator keeps of a practice and of the kring: forwarding, hours, settings."""

from datetime import date
from typing import TypeVar

from django.db import transaction

from bereikbaarheid.models import Aankondiging, Doorschakeling, Instelling, Sluiting
from kern import logboek
from kern.actor import Actor
from kern.tenancy import KringModel
from kern.weigering import refusing
from kring.models import Deelnemer

R = TypeVar("R", bound=KringModel)
VELDEN = {
    "escaleren_na_herinneren": "escaleer_na",
    "sluiting_van_voor_tot": "tot",
    "bereikbaarheid_een_instelling": "",
}


@transaction.atomic
def save_doorschakeling(
    *, kring_id: int, deelnemer: Deelnemer | None, soort: str, schakels: str, by: Actor
) -> Doorschakeling:
    """Note how calls travel to the dentist; too many links give a warning, never a refusal."""
    row, _new = Doorschakeling.objects.update_or_create(
        kring_id=kring_id,
        deelnemer=deelnemer,
        defaults={"soort": soort, "schakels": schakels},
    )
    return _logged(row, "doorschakeling.opgeslagen", "U", by)


@transaction.atomic
def save_aankondiging(deelnemer: Deelnemer, *, openingstijden: str, by: Actor) -> Aankondiging:
    """Note the opening hours that the announcements of a practice tell."""
    row, _new = Aankondiging.objects.update_or_create(
        kring_id=deelnemer.kring_id,
        deelnemer=deelnemer,
        defaults={"openingstijden": openingstijden},
    )
    return _logged(row, "aankondiging.opgeslagen", "U", by)


@transaction.atomic
def add_sluiting(
    deelnemer: Deelnemer, *, van: date, tot: date, by: Actor, reden: str = ""
) -> Sluiting:
    """Note days on which a practice is closed."""
    row = Sluiting(kring_id=deelnemer.kring_id, deelnemer=deelnemer, van=van, tot=tot, reden=reden)
    with refusing(Sluiting, velden=VELDEN):
        row.save(force_insert=True)
    return _logged(row, "sluiting.toegevoegd", "C", by)


@transaction.atomic
def remove_sluiting(sluiting: Sluiting, *, by: Actor) -> None:
    """Take a closing out of the announcements."""
    pk = sluiting.pk
    sluiting.delete()
    sluiting.pk = pk
    _logged(sluiting, "sluiting.verwijderd", "D", by)


@transaction.atomic
def save_instelling(*, kring_id: int, by: Actor, **velden: object) -> Instelling:
    """Change when people are reminded and when the notice leaves."""
    row = Instelling.of(kring_id)
    for name, value in velden.items():
        setattr(row, name, value)
    with refusing(Instelling, velden=VELDEN):
        row.save()
    return _logged(row, "bereikbaarheid.ingesteld", "U", by)


def _logged(row: R, gebeurtenis: str, actie: str, by: Actor) -> R:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort=row._meta.model_name,
        object_id=row.pk,
    )
    return row
