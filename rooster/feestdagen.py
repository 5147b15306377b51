"""On which days the practices of a kring are closed besides the weekend (RO-2, §5.4.2)."""

from datetime import date

from kern.feestdagen import holidays
from kern.tijd import to_local
from rooster.models import Feestdag
from rooster.regels import Periode


def free_days(bereik: Periode, *, kring_id: int) -> frozenset[date]:
    """Return the holidays of a stretch: those of the country, as this kring changed them."""
    first, last = (to_local(moment).date() for moment in bereik)
    found = {day for year in range(first.year, last.year + 1) for day in holidays(year)}
    own = Feestdag.objects.filter(kring_id=kring_id, datum__gte=first, datum__lte=last)
    for day, dropped in own.values_list("datum", "vervalt"):
        (found.discard if dropped else found.add)(day)
    return frozenset(found)
