"""Counting days, weeks and months on the Dutch calendar."""

import calendar
from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from reglement.lezing import Lezing
from rooster.kader.kalender import national_holidays

ZATERDAG: Final = 5
WEEK: Final = timedelta(days=7)
MAANDEN: Final = (
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
DAGEN: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


class Reden(StrEnum):
    """Why something is not in time or not allowed."""

    TE_KORT = "te_kort"
    TE_LANG = "te_lang"
    ONMOGELIJK = "onmogelijk"
    VOORAF = "vooraf"
    ANDERE_AGENDA = "andere_agenda"
    VOOR_DE_EERSTE = "voor_de_eerste"
    TE_LAAT = "te_laat"
    TE_VROEG = "te_vroeg"
    NIET_SCHRIFTELIJK = "niet_schriftelijk"
    GEEN_REDEN = "geen_reden"
    NIET_GEROYEERD = "niet_geroyeerd"
    KAN_ELDERS = "kan_elders"


def day_words(dag: date) -> str:
    """Return a day as the Dutch write it: "donderdag 22 oktober 2026"."""
    return f"{DAGEN[dag.weekday()]} {dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def add_months(dag: date, maanden: int) -> date:
    """Return the same day so many months on, or the last day of a month that is too short."""
    total = dag.year * 12 + dag.month - 1 + maanden
    year, month = divmod(total, 12)
    return date(year, month + 1, min(dag.day, calendar.monthrange(year, month + 1)[1]))


def month_end(dag: date) -> date:
    return dag.replace(day=calendar.monthrange(dag.year, dag.month)[1])


def is_holiday(dag: date, extra: Collection[date] = ()) -> bool:
    """Return whether a day is a holiday of art. 3 Atw or equated to one (§5.4.2)."""
    return dag in extra or dag in national_holidays(dag.year)


def legal_last_day(dag: date, extra: Collection[date] = ()) -> date:
    """Return the day that the Algemene termijnenwet makes of the end of a term (art. 1)."""
    while dag.weekday() >= ZATERDAG or is_holiday(dag, extra):
        dag += timedelta(days=1)
    return dag


def private_end(dag: date, lezing: Lezing) -> date:
    """Return the end of a private term: it moves only when the kring chose that (RG-10)."""
    return legal_last_day(dag, lezing.extra_feestdagen) if lezing.termijnenwet else dag


def week_words(aantal: int) -> str:
    return "één week" if aantal == 1 else f"{aantal} weken"
