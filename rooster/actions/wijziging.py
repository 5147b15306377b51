"""What became of a duty: each change is an event with who, why, before and after.

Every action that touches a duty of the roster takes a `snapshot` before and after, and leaves one
`Roosterwijziging` in the same transaction. The events are only ever added to; they hold names as
they were, because dentists leave and practices are renamed.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from kern.actor import Actor
from kern.tijd import db_now
from kring.models import Deelnemer, Tandarts
from rooster.models import Dienst, Dienstplaats, Roosterwijziging


def snapshot(dienst: Dienst) -> dict:
    """Return the duty as it stands in the database, for `voor` and `na`; one query.

    {begin, einde, opmerking, dienstdoende, achterwacht}: moments as ISO text in UTC, a place as
    `place_record` or None.
    """
    places = dienst.plaatsen.select_related("tandarts__deelnemer", "deelnemer").all()
    found = {plaats.rol: place_record(plaats.tandarts, plaats.praktijk) for plaats in places}
    return {
        "begin": dienst.begin.isoformat(),
        "einde": dienst.einde.isoformat(),
        "opmerking": dienst.opmerking,
        **{rol: found.get(rol) for rol in Dienstplaats.Rol.values},
    }


def place_record(tandarts: Tandarts, praktijk: Deelnemer) -> dict:
    """Return a place as plain text: who serves, and for which practice."""
    return {
        "tandarts": str(tandarts.pk),
        "naam": tandarts.naam,
        "deelnemer": str(praktijk.pk),
        "praktijk": praktijk.naam,
    }


def record_wijziging(
    dienst: Dienst,
    soort: str,
    *,
    voor: dict | None,
    na: dict | None,
    reden: str,
    by: Actor,
) -> Roosterwijziging:
    """Add one event to the history of a duty; in the transaction of the change itself.

    `voor` is None for a new duty, `na` for one that was removed.
    """
    event = _event(dienst, soort, voor=voor, na=na, reden=reden, by=by, op=db_now())
    event.save(force_insert=True)
    return event


def record_wijzigingen(
    rijen: Iterable[tuple[Dienst, dict | None, dict | None]],
    soort: str,
    *,
    reden: str,
    by: Actor,
) -> None:
    """Add the same kind of event to many duties (duty, before, after), in one query."""
    op = db_now()
    Roosterwijziging.objects.bulk_create(
        _event(dienst, soort, voor=voor, na=na, reden=reden, by=by, op=op)
        for dienst, voor, na in rijen
    )


def _event(
    dienst: Dienst, soort: str, *, by: Actor, op: datetime, **velden: Any
) -> Roosterwijziging:
    return Roosterwijziging(
        kring_id=dienst.kring_id,
        dienst_nummer=dienst.pk,
        soort=Roosterwijziging.Soort(soort),
        gedaan_door_id=by.gebruiker_id,
        gedaan_op=op,
        **velden,
    )
