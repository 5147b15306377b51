"""The version of the rules that holds on a day (RG-12): an old meeting is judged by the old one."""

from datetime import date

from reglement.inhoud.variabelen import VOORSTEL, Variabelen
from reglement.lezing import STANDAARD, Lezing
from reglement.models import Reglementversie


def version_on(kring_id: int, dag: date) -> Reglementversie | None:
    """Return the version in force on this day, None before the first."""
    rows = Reglementversie.objects.filter(
        kring_id=kring_id, status=Reglementversie.Status.VASTGESTELD, geldig_vanaf__lte=dag
    )
    return rows.order_by("-geldig_vanaf", "-nummer").first()


def newest_version(kring_id: int) -> Reglementversie | None:
    """Return the version that was adopted last: the next one is an amendment of it."""
    rows = Reglementversie.objects.filter(
        kring_id=kring_id, status=Reglementversie.Status.VASTGESTELD
    )
    return rows.order_by("-nummer").first()


def variabelen_of(versie: Reglementversie | None) -> Variabelen:
    """Return what a version filled in; without one the values that a first draft begins with."""
    if versie is None:
        return Variabelen(VOORSTEL)
    return Variabelen(versie.variabelen, nummer=versie.nummer or 0)


def lezing_of(versie: Reglementversie | None) -> Lezing:
    """Return how a version reads the unclear places; the defaults without one."""
    return Lezing.from_dict(versie.lezing) if versie else STANDAARD


def variabelen_on(kring_id: int, dag: date) -> Variabelen:
    """Return the variables in force on this day; `is_standaard` when the kring has no rules yet."""
    return variabelen_of(version_on(kring_id, dag))


def lezing_on(kring_id: int, dag: date) -> Lezing:
    """Return the readings in force on this day."""
    return lezing_of(version_on(kring_id, dag))
