"""An application as the pure requirements take it: rows, area and travel times."""

from datetime import datetime

from kern.tijd import db_now
from reglement.lidmaatschap.eisen import Aanvraag, Eis, Tandartsgegeven, requirements
from reglement.models import Toelating
from rooster.gebied.regels import Bereik
from rooster.gebied.reistijd import Meting, measure
from rooster.models import Gebied
from rooster.ruil.waarnemen import BIG_GELDIG

STANDAARD_GRENS = 45


def requirements_of(toelating: Toelating, nu: datetime | None = None) -> tuple[list[Eis], Meting]:
    """Return how every requirement stands, and the travel times it rests on; two queries."""
    area = Gebied.objects.filter(kring_id=toelating.kring_id).first()
    codes = area.postcodes if area else []
    grens = area.grens if area else STANDAARD_GRENS
    meting = measure(codes, [(toelating.naam, toelating.postcode)], grens)
    aanvraag = Aanvraag(
        tandartsen=[
            Tandartsgegeven(row.naam, row.uitkomst, row.gecontroleerd_op)
            for row in toelating.tandartsen.all()
        ],
        tweede_dienst=toelating.tweede_dienst,
        standaard=toelating.standaard,
        kent_reglement=toelating.kent_reglement,
        in_gebied=toelating.postcode[:4] in codes if area else None,
        verste=_furthest(meting.bereiken[0]),
        grens=grens,
    )
    return requirements(aanvraag, nu or db_now(), BIG_GELDIG), meting


def _furthest(bereik: Bereik) -> tuple[str, float] | None:
    """Return the worst postcode; one without a road is the worst of all."""
    unreachable = [code for code, minuten in bereik.minuten.items() if minuten is None]
    return (min(unreachable), float("inf")) if unreachable else bereik.verste
