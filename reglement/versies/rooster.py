"""The hours in the rules beside those of the roster: the same duty, told twice."""

from datetime import date

from reglement.geldend import variabelen_of
from reglement.inhoud.soorten import Diensttijd
from reglement.models import Reglementversie
from rooster.models import Dienstsoort


def differing_hours(versie: Reglementversie, dag: date) -> list[tuple[str, Diensttijd]]:
    """Return the duties of 5.1 that no line of the roster has on this day; one query.

    A roster may cut a duty into days ("Vrijdagavond"): it covers one when each of its days begins
    and ends so somewhere.
    """
    lines = Dienstsoort.objects.filter(
        kring_id=versie.kring_id, geldig_vanaf__lte=dag, vervuld_door=Dienstsoort.Vervuld.ROOSTER
    ).exclude(geldig_tot__lt=dag)
    known = {
        (weekday, f"{line.begin:%H:%M}", f"{line.einde:%H:%M}", line.dagen_later)
        for line in lines
        for weekday in line.dagen
    }
    if not known:
        return []
    return [
        (naam, hours)
        for naam, hours in variabelen_of(versie).diensttijden.items()
        if hours
        and any(
            (weekday, hours.begin, hours.einde, hours.dagen_later) not in known
            for weekday in hours.dagen
        )
    ]
