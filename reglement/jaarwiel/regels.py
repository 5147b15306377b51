"""The law of the wheel: which turns a year has, when each opens, and how each stands on a day.

Pure. CO-2: MR 4.2 names what the coördinator answers for and says "in time" without a number; the
kring fills that in as days before what the duty is for (`dagen_vooraf`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from reglement.termijnen import add_months

ROOSTER = "rooster"  # 4.2 a
RONDZENDEN = "rondzenden"  # 4.2 b
TELEFOON = "telefoon"  # 4.2 c
VERGADERING = "vergadering"  # 4.2 d
KLACHTEN = "klachten"  # 4.2 e
BEMIDDELEN = "bemiddelen"  # 4.2 f
TERMIJN = "termijn"  # 4.1: appointments that end (CO-1)
EXTRA = "extra"  # 4.2 g
SOORTEN = (ROOSTER, RONDZENDEN, TELEFOON, VERGADERING, KLACHTEN, BEMIDDELEN, TERMIJN, EXTRA)

WEEK = "week"
MAAND = "maand"
KWARTAAL = "kwartaal"
HALFJAAR = "halfjaar"
JAAR = "jaar"
_MAANDEN = {MAAND: 1, KWARTAAL: 3, HALFJAAR: 6, JAAR: 12}

NOG_EENS = timedelta(days=7)
"""So long after its last day a turn that is not done is reminded of once more."""


class Stand(StrEnum):
    GEDAAN = "gedaan"
    TE_LAAT_GEDAAN = "te_laat_gedaan"
    TE_LAAT = "te_laat"
    GEMIST = "gemist"
    NU = "nu"
    STRAKS = "straks"


@dataclass(frozen=True)
class Feit:
    """What shows that a turn was done: a day, in words, and where it can be seen."""

    op: date
    bewijs: str
    url: str = ""
    door: str = ""
    # Noted by a person; what the house saw itself needs nobody to say it.
    genoteerd: bool = False


@dataclass(frozen=True)
class Beurt:
    """One time that a duty must be done.

    `sleutel` names it for ever, whatever the settings become. `bezig` says how far it is.
    """

    sleutel: str
    soort: str
    titel: str
    opent: date
    uiterlijk: date
    waarom: str
    feit: Feit | None = None
    bezig: str = ""
    url: str = ""
    # Only those concerned may know of it.
    vertrouwelijk: bool = False
    # After this day nobody can do it any more: the week it was for is over.
    vervalt: date | None = None

    def stand(self, dag: date) -> Stand:
        if self.feit:
            late = self.feit.op > self.uiterlijk
            return Stand.TE_LAAT_GEDAAN if late else Stand.GEDAAN
        if self.vervalt and dag > self.vervalt:
            return Stand.GEMIST
        if dag > self.uiterlijk:
            return Stand.TE_LAAT
        return Stand.NU if dag >= self.opent else Stand.STRAKS


def turns(ritme: str, eerste: date, van: date, tot: date) -> Iterator[date]:
    """Yield the days of this rhythm in [van, tot], counted from the first one.

    Each from the first and not from the one before: the 31st comes back after a short month.
    """
    number = 0
    if ritme == WEEK:
        # Straight to the first one in sight.
        number = max(0, (van - eerste).days // 7)
    while True:
        if ritme == WEEK:
            dag = eerste + timedelta(days=7 * number)
        else:
            dag = add_months(eerste, _MAANDEN[ritme] * number)
        if dag > tot:
            return
        if dag >= van:
            yield dag
        number += 1


def opens(uiterlijk: date, herinner_dagen: int) -> date:
    return uiterlijk - timedelta(days=herinner_dagen)


def monday_of(dag: date) -> date:
    return dag - timedelta(days=dag.weekday())


def last_day_to_call(jaar: int, weken: int) -> date:
    """Return the last day to call a meeting that is still held in this year (4.2)."""
    return date(jaar, 12, 31) - timedelta(weeks=weken)


def reminders(beurt: Beurt, vorige: date | None, dag: date) -> bool:
    """Whether somebody must hear of this turn today: it opens, ends, or was passed by.

    Of the days after `vorige`, so that a house that was down says it on the first day it is up.
    """
    if beurt.feit:
        return False
    since = vorige or dag - timedelta(days=1)
    days = {beurt.opent, beurt.uiterlijk, beurt.uiterlijk + NOG_EENS}
    last = min(dag, beurt.vervalt or dag)
    return any(since < moment <= last for moment in days)
