"""When a follow-up is due, read from the words of the dentist: "binnen 2 weken", "10-14 dagen".

Pure: a text and the day it was written in, a day or None out. What cannot be read stays text: the
dentist then picks the day; a guess would be worse than a question.
"""

import calendar
import re
from datetime import date, timedelta

_AANTAL = {
    "een": 1,
    "één": 1,
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "zeven": 7,
    "acht": 8,
    "negen": 9,
    "tien": 10,
    "half": 0.5,
    "halve": 0.5,
    "anderhalf": 1.5,
    "anderhalve": 1.5,
}
_DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_WOORDEN = (
    (
        re.compile(
            r"\b(vandaag|direct|meteen|onmiddellijk|zsm|z\.s\.m|zo (snel|spoedig) mogelijk)"
        ),
        0,
    ),
    (re.compile(r"\bovermorgen\b"), 2),
    (re.compile(r"\b(morgen|volgende dag)\b"), 1),
)
_GETAL = r"\d{1,3}(?:[.,]5)?|" + "|".join(sorted(_AANTAL, key=len, reverse=True))
_DUUR = re.compile(
    rf"(?:({_GETAL})\s*(?:-|–|à|a|tot|of)\s*)?\b({_GETAL})\s*"
    r"(uur|uren|dag|dagen|werkdagen|week|weken|mnd|maand|maanden|jaar|jaren)\b"
)
_DATUM = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_GELEDEN = re.compile(
    rf"\b(eer)?gisteren\b|\b(vorige|afgelopen|verleden) (week|maand|jaar|{'|'.join(_DAGEN)})\b"
    rf"|{_DUUR.pattern} geleden\b"
)


def deadline(termijn: str, vanaf: date) -> date | None:
    """Return the last day that the words allow; of "10 tot 14 dagen" that is the fourteenth."""
    text = " ".join(termijn.lower().split())
    if found := _DATUM.search(text):
        day, month, year = map(int, found.groups())
        return _date(year, month, day)
    if found := _DUUR.search(text):
        return _after(vanaf, _number(found[2]), found[3])
    days = _days_from(text, vanaf)
    return None if days is None else vanaf + timedelta(days=days)


def is_past(termijn: str, bezoek: date) -> bool:
    """Tell whether the words name a day before the visit, and none after it.

    "Gisteren" is no term. What happened earlier may stand beside one: "foto van gisteren, over 1
    week".
    """
    text = " ".join(termijn.lower().split())
    rest, words = _GELEDEN.subn(" ", text)
    dates = [found for found in _DATUM.finditer(rest) if _is_before(found, bezoek)]
    for found in dates:
        rest = rest.replace(found[0], " ")
    return bool(words or dates) and deadline(rest, bezoek) is None


def _is_before(found: re.Match[str], bezoek: date) -> bool:
    day, month, year = map(int, found.groups())
    read = _date(year, month, day)
    return read is not None and read < bezoek


def _days_from(text: str, vanaf: date) -> int | None:
    """Return after how many days, where the words name no number."""
    for pattern, days in _WOORDEN:
        if pattern.search(text):
            return days
    for number, name in enumerate(_DAGEN):
        if re.search(rf"\b{name}\b", text):
            return (number - vanaf.weekday() - 1) % 7 + 1
    return None


def _number(word: str) -> float:
    return _AANTAL[word] if word in _AANTAL else float(word.replace(",", "."))


def _after(vanaf: date, amount: float, unit: str) -> date:
    """Add a stretch; half a month counts as fifteen days, and hours round up to whole days."""
    if unit.startswith("u"):
        return vanaf + timedelta(days=-int(-amount // 24))
    if unit == "werkdagen":
        return _working_days(vanaf, round(amount))
    if unit.startswith("d"):
        return vanaf + timedelta(days=round(amount))
    if unit.startswith("w"):
        return vanaf + timedelta(days=round(amount * 7))
    months = amount * 12 if unit.startswith("j") else amount
    whole = vanaf.year * 12 + vanaf.month - 1 + int(months)
    year, month = divmod(whole, 12)
    day = min(vanaf.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) + timedelta(days=round((months % 1) * 30))


def _working_days(vanaf: date, amount: int) -> date:
    """Count Monday to Friday; a holiday makes the real term longer, never shorter than this."""
    day = vanaf
    while amount > 0:
        day += timedelta(days=1)
        amount -= day.weekday() < 5
    return day


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
