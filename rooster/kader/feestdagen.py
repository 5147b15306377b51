"""On which days the practices of a kring are closed besides the weekend (RO-2, §5.4.2)."""

from datetime import date

from kern.tijd import to_local
from rooster.kader.rijen import holidays_of
from rooster.regels import Periode


def free_days(bereik: Periode, *, kring_id: int) -> frozenset[date]:
    """Return the holidays of a stretch: those of the country, as this kring changed them."""
    return frozenset(named_days(bereik, kring_id=kring_id))


def named_days(bereik: Periode, *, kring_id: int) -> dict[date, str]:
    """Return the same days with their names, in order."""
    first, last = (to_local(moment).date() for moment in bereik)
    found = holidays_of(kring_id, first, last)
    return {day: naam for day, naam in found.items() if first <= day <= last}
