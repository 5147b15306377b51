"""Lines of a frame that tile the week, for tests: nights, weekend days, holidays by day."""

from datetime import time

from rooster.kader.kalender import Soort

WERKDAGEN, WEEKENDDAGEN = frozenset(range(5)), frozenset({5, 6})
ACHT, VIJF = time(8), time(17)


def line(sleutel, dagen, begin, einde, later=0, **kwargs) -> Soort:
    given = {"categorie": "doordeweeks", **kwargs}
    return Soort(
        sleutel,
        sleutel,
        dagen=frozenset(dagen),
        begin=begin,
        einde=einde,
        dagen_later=later,
        **given,
    )


OPEN = line("open", WERKDAGEN, ACHT, VIJF, vervuld_door="praktijken")
NACHT = line("nacht", WERKDAGEN, VIJF, ACHT, 1, feestdagen="ook")
WEEKEND = line("weekend", WEEKENDDAGEN, ACHT, ACHT, 1, feestdagen="ook", categorie="weekend")
FEEST = line("feest", WERKDAGEN, ACHT, VIJF, feestdagen="alleen", categorie="feestdag")
DAGEN = [OPEN, NACHT, WEEKEND, FEEST]
BLOK = [
    OPEN,
    line("nacht", range(4), VIJF, ACHT, 1, feestdagen="ook"),
    line("weekend", {4}, VIJF, ACHT, 3, feestdagen="ook", categorie="weekend"),
    FEEST,
]
