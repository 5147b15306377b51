"""On which days the practices of a kring are closed besides the weekend (RO-2, §5.4.2)."""

from datetime import date

from kern.tijd import to_local
from rooster.kader import holidays_of
from rooster.regels import Periode


def free_days(bereik: Periode, *, kring_id: int) -> frozenset[date]:
    """Return the holidays of a stretch: those of the country, as this kring changed them."""
    first, last = (to_local(moment).date() for moment in bereik)
    return frozenset(day for day in holidays_of(kring_id, first, last) if first <= day <= last)
