"""Dutch holidays, computed: on which days a practice is closed besides the weekend.

Pure. The days of art. 3 Algemene termijnenwet, to which §5.4.2 of the guideline refers. Two are a
matter of agreement: Good Friday, and Liberation Day outside the years in which it is a day off for
most people (2025, 2030, …).
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from kern.tijd import from_local, to_local

Bevrijdingsdag = Literal["lustrum", "elk_jaar", "nooit"]
ZATERDAG, ZONDAG = 5, 6


def easter(jaar: int) -> date:
    """Return Easter Sunday (Gauss, as corrected by Meeus, Jones and Butcher)."""
    golden = jaar % 19
    century, rest = divmod(jaar, 100)
    leap, leap_rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - shift + 15) % 30
    quad, quad_rest = divmod(rest, 4)
    weekday = (32 + 2 * leap_rest + 2 * quad - epact - quad_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(jaar, month, day + 1)


def kings_day(jaar: int) -> date:
    """Return 27 April, or the day before when that is a Sunday (since 2014)."""
    dag = date(jaar, 4, 27)
    return dag - timedelta(days=1) if dag.weekday() == ZONDAG else dag


@lru_cache(maxsize=64)
def holidays(
    jaar: int, *, bevrijdingsdag: Bevrijdingsdag = "lustrum", goede_vrijdag: bool = False
) -> dict[date, str]:
    """Return the holidays of a year with their names, in order."""
    pasen = easter(jaar)
    days = {
        date(jaar, 1, 1): "Nieuwjaarsdag",
        pasen: "Eerste Paasdag",
        pasen + timedelta(days=1): "Tweede Paasdag",
        kings_day(jaar): "Koningsdag",
        pasen + timedelta(days=39): "Hemelvaartsdag",
        pasen + timedelta(days=49): "Eerste Pinksterdag",
        pasen + timedelta(days=50): "Tweede Pinksterdag",
        date(jaar, 12, 25): "Eerste Kerstdag",
        date(jaar, 12, 26): "Tweede Kerstdag",
    }
    if bevrijdingsdag == "elk_jaar" or (bevrijdingsdag == "lustrum" and jaar % 5 == 0):
        days.setdefault(date(jaar, 5, 5), "Bevrijdingsdag")
    if goede_vrijdag:
        days[pasen - timedelta(days=2)] = "Goede Vrijdag"
    return dict(sorted(days.items()))


def around(
    moment: datetime, *, bevrijdingsdag: Bevrijdingsdag = "lustrum", goede_vrijdag: bool = False
) -> frozenset[date]:
    """Return the holidays of the year of a moment and of the next, on the Dutch calendar."""
    jaar = to_local(moment).year
    return frozenset(
        day
        for year in (jaar, jaar + 1)
        for day in holidays(year, bevrijdingsdag=bevrijdingsdag, goede_vrijdag=goede_vrijdag)
    )


def first_workday(dag: date, vrij: frozenset[date]) -> date:
    """Return the first day from `dag` on that is no weekend and no holiday."""
    while dag.weekday() >= ZATERDAG or dag in vrij:
        dag += timedelta(days=1)
    return dag


def after_workdays(moment: datetime, aantal: int) -> datetime:
    """Return the moment at which a closed practice has had so many whole working days.

    The same hour so many working days later; what comes in on a free day counts from the
    beginning of the next working day. With one day: Friday 23:00 gives Monday 23:00, Saturday
    gives Tuesday 0:00.
    """
    local = to_local(moment)
    vrij = around(moment)
    dag, uur = local.date(), local.time().replace(microsecond=0)
    begin = first_workday(dag, vrij)
    if begin != dag:
        dag, uur = begin, time(0)
    for _number in range(aantal):
        dag = first_workday(dag + timedelta(days=1), vrij)
    # The clock changes on a Sunday only, so this wall time exists, once.
    return from_local(datetime.combine(dag, uur))
