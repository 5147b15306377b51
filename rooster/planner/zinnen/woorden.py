"""Words that the sentences share: names, days, numbers and lists."""

from collections.abc import Sequence
from datetime import date

from rooster.planner.instantie import Dienst, Instantie

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
CATEGORIEEN = {
    "doordeweeks": "door de week",
    "weekend": "in het weekend",
    "feestdag": "op feestdagen",
}
REDENEN = {
    "geblokkeerd": "heeft {dag} geblokkeerd",
    "gesloten": "is er {dag} niet: de praktijk is gesloten",
    "rust": "heeft {dag} rust na een dienst van vóór dit rooster",
    "vrijgesteld": "is {dag} vrijgesteld",
}
"""Sentences for the codes of `Tandarts.reden`."""
OPENBAAR = frozenset({"geblokkeerd", "gesloten", "rust"})
"""The codes that colleagues may read of each other."""


def name(inst: Instantie, wie: str) -> str:
    """Return the name of a dentist or a practice; the id where there is none."""
    rij = inst.tandarts.get(wie) or inst.praktijk.get(wie)
    return (rij.naam if rij else "") or wie


def day(dag: date) -> str:
    """Return e.g. "vrijdag 25 december"."""
    return f"{DAGEN[dag.weekday()]} {short_day(dag)}"


def short_day(dag: date) -> str:
    return f"{dag.day} {MAANDEN[dag.month - 1]}"


def days(eerste: date, laatste: date) -> str:
    """Return e.g. "van 24 tot en met 28 december", or "op 24 december" for one day."""
    if eerste == laatste:
        return f"op {short_day(eerste)}"
    begin = str(eerste.day) if (eerste.year, eerste.month) == (laatste.year, laatste.month) else ""
    return f"van {begin or short_day(eerste)} tot en met {short_day(laatste)}"


def duty_days(dienst: Dienst) -> str:
    return days(dienst.eerste_dag, dienst.laatste_dag)


def listing(delen: Sequence[str], hoogstens: int = 0) -> str:
    """Return e.g. "A, B en C"; above `hoogstens` the rest is counted: "A, B en 4 anderen"."""
    delen = list(delen)
    if hoogstens and len(delen) > hoogstens + 1:
        delen = [*delen[:hoogstens], f"{len(delen) - hoogstens} anderen"]
    return " en ".join(filter(None, (", ".join(delen[:-1]), *delen[-1:])))


def number(getal: float) -> str:
    """Return a number with at most one decimal and a comma."""
    afgerond = round(getal, 1)
    heel = int(afgerond)
    return str(heel) if afgerond == heel else str(afgerond).replace(".", ",")


def count(aantal: int, een: str, meer: str) -> str:
    """Return e.g. "1 plaats" or "3 plaatsen"."""
    return f"1 {een}" if aantal == 1 else f"{aantal} {meer}"


def band(laag: int, hoog: int) -> str:
    return f"{laag}" if laag == hoog else f"{laag} tot en met {hoog}"


def category(categorie: str) -> str:
    return CATEGORIEEN.get(categorie, f"in de categorie {categorie}")


def absence(inst: Instantie, wie: str, dag: date, reden: str, *, coordinator: bool) -> str:
    """Return why a dentist is not there on a day, without a ground the reader may not know."""
    if reden not in REDENEN or not (coordinator or reden in OPENBAAR):
        return f"{name(inst, wie)} is op {short_day(dag)} niet beschikbaar"
    op = "" if reden == "geblokkeerd" else "op "
    return f"{name(inst, wie)} {REDENEN[reden].format(dag=op + short_day(dag))}"
