"""Put other dentists on the places of published duties: all of it or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from kern.weigering import refusing
from kring.models import Tandarts
from rooster.models import Dienst, Dienstplaats

VELDEN = {"tandarts_niet_dubbel": "", "dienstplaats_uniek": ""}


@dataclass(frozen=True)
class Zetel:
    """Who comes on a place, and for which practice."""

    dienst: Dienst
    rol: str
    tandarts: Tandarts
    deelnemer_id: UUID


def lock_duties(pks: Iterable[UUID]) -> dict[UUID, Dienst]:
    """Return these duties, locked in a fixed order; one that is gone is not among them."""
    rows = Dienst.objects.filter(pk__in=set(pks)).order_by("pk").select_for_update()
    return {dienst.pk: dienst for dienst in rows}


def reseat(zetels: list[Zetel]) -> None:
    """Give every place its new dentist; whoever held it goes.

    All old places go before the first new one comes: two who trade places on one duty would break
    the constraint halfway. A place is a new row, so that the start check knows since when.
    """
    with refusing(Dienstplaats, velden=VELDEN):
        for zetel in zetels:
            clear(zetel.dienst, zetel.rol)
        Dienstplaats.objects.bulk_create(
            Dienstplaats(
                kring_id=zetel.dienst.kring_id,
                dienst=zetel.dienst,
                rol=zetel.rol,
                tandarts=zetel.tandarts,
                # Empty is the own practice.
                deelnemer_id=(
                    None
                    if zetel.deelnemer_id == zetel.tandarts.deelnemer_id
                    else zetel.deelnemer_id
                ),
                begin=zetel.dienst.begin,
                einde=zetel.dienst.einde,
            )
            for zetel in zetels
        )


def clear(dienst: Dienst, rol: str) -> None:
    """Empty one place."""
    Dienstplaats.objects.filter(dienst=dienst, rol=rol).delete()


def holder(dienst: Dienst, rol: str) -> Dienstplaats | None:
    """Return the place as it is held now."""
    rows = Dienstplaats.objects.filter(dienst=dienst, rol=rol)
    return rows.select_related("tandarts__deelnemer", "deelnemer").first()
