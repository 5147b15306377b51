"""On which days the practices of a kring are closed besides the weekend (RO-2, §5.4.2)."""

from datetime import date

from kern.tijd import to_local
from rooster.kalender import EigenDag, holidays_between
from rooster.models import Feestdag
from rooster.regels import Periode


def free_days(bereik: Periode, *, kring_id: int) -> frozenset[date]:
    """Return the holidays of a stretch: those of the country, as this kring changed them."""
    return frozenset(named_days(bereik, kring_id=kring_id))


def named_days(bereik: Periode, *, kring_id: int) -> dict[date, str]:
    """Return the same days with their names, in order; days that coincide share one label."""
    first, last = (to_local(moment).date() for moment in bereik)
    own = Feestdag.objects.filter(kring_id=kring_id, datum__gte=first, datum__lte=last)
    days = [EigenDag(*row) for row in own.values_list("datum", "naam", "vervalt")]
    found = holidays_between(first, last, days)
    return {day: naam for day, naam in found.items() if first <= day <= last}
