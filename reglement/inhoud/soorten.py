"""The kinds of value a place in the rules can hold: check what was typed, say it in words. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_KLOK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_LATER = (
    "dezelfde dag",
    "de volgende dag",
    "twee dagen later",
    "drie dagen later",
    "vier dagen later",
)
NIETS: tuple[Any, ...] = (None, "", [], {})
"""Values of a place that is still open."""


class Ongeldig(ValueError):
    """A value that cannot stand there; its text is a Dutch sentence that says what can."""


class Soort(StrEnum):
    TEKST = "tekst"
    GETAL = "getal"
    BEDRAG = "bedrag"  # whole cents
    KEUZE = "keuze"
    LIJST = "lijst"  # of texts
    BESLUITEN = "besluiten"  # of codes out of the choices
    DIENST = "dienst"  # `Diensttijd` as a record, or {"geen": True}


@dataclass(frozen=True)
class Diensttijd:
    """On which weekdays a kind of duty begins (0 is Monday), and when it ends, wall clock.

    The same shape as `rooster.Dienstsoort`, so that roster and rules can be held side by side.
    """

    dagen: tuple[int, ...]
    begin: str
    einde: str
    dagen_later: int

    def __str__(self) -> str:
        return (
            f"begint op {_days_in_words(self.dagen)} om {_clock(self.begin)} uur "
            f"en eindigt {self._last_day()} om {_clock(self.einde)} uur"
        )

    def _last_day(self) -> str:
        if len(self.dagen) == 1 and self.dagen_later:
            return DAGEN[(self.dagen[0] + self.dagen_later) % 7]
        return _LATER[self.dagen_later]


@dataclass(frozen=True)
class Variabele:
    """One thing that a kring fills in; `maximaal` of a list is its number of lines.

    `als` is the condition under which it stands in the rules at all: a key and the values it then
    has. `voorstel` is what a first draft begins with; None where only the kring can know.
    """

    sleutel: str
    artikel: str
    soort: Soort
    label: str
    eenheid: tuple[str, str] = ("", "")
    minimaal: int = 1
    maximaal: int = 99
    keuzes: tuple[tuple[str, str], ...] = ()
    uitleg: str = ""
    verplicht: bool = True
    als: tuple[str, str] | None = None
    voorstel: Any = None

    def applies(self, waarden: Mapping[str, Any]) -> bool:
        """Whether the chosen options leave a place for it."""
        return self.als is None or waarden.get(self.als[0]) == self.als[1]

    def is_open(self, waarden: Mapping[str, Any]) -> bool:
        """Whether it still has to be filled in."""
        return self.verplicht and self.applies(waarden) and waarden.get(self.sleutel) in NIETS

    def check(self, waarde: Any) -> Any:
        """Return the value as it is kept; raises `Ongeldig`. Nothing typed is no error here."""
        if waarde in NIETS:
            return None
        return _CHECKS[self.soort](self, waarde)

    def in_words(self, waarde: Any) -> str:
        """Return the value as it reads in a sentence: "3 maanden", "€ 125,00"."""
        if waarde in NIETS:
            return ""
        return str(_WORDS[self.soort](self, waarde))


def diensttijd(waarde: Any) -> Diensttijd | None:
    """Return a kept duty as a value; None when the kring has no such duty or it is open."""
    if waarde in NIETS or waarde.get("geen"):
        return None
    return Diensttijd(
        tuple(waarde["dagen"]), waarde["begin"], waarde["einde"], waarde["dagen_later"]
    )


def euros(cent: int) -> str:
    """Return an amount the Dutch way: € 1.250,00."""
    whole, rest = divmod(cent, 100)
    return f"€ {whole:,}".replace(",", ".") + f",{rest:02d}"


def _check_text(var: Variabele, waarde: Any) -> str:
    text = " ".join(str(waarde).split())
    if len(text) > 500:
        raise Ongeldig("Maak het korter: hoogstens 500 tekens.")
    return text


def _check_number(var: Variabele, waarde: Any) -> int:
    try:
        number = int(str(waarde))
    except ValueError as error:
        raise Ongeldig("Vul een heel getal in.") from error
    if not var.minimaal <= number <= var.maximaal:
        raise Ongeldig(f"Kies een getal van {var.minimaal} tot en met {var.maximaal}.")
    return number


def _check_amount(var: Variabele, waarde: Any) -> int:
    if isinstance(waarde, bool) or not isinstance(waarde, int):
        raise Ongeldig("Vul een bedrag in, bijvoorbeeld 125,00.")
    if not 0 <= waarde <= 1_000_000:
        raise Ongeldig("Kies een bedrag van 0 tot en met 10.000 euro.")
    return waarde


def _check_choice(var: Variabele, waarde: Any) -> str:
    if waarde not in dict(var.keuzes):
        raise Ongeldig("Kies een van de mogelijkheden.")
    return str(waarde)


def _check_list(var: Variabele, waarde: Any) -> list[str]:
    lines = waarde.splitlines() if isinstance(waarde, str) else waarde
    found = [text for text in (" ".join(str(line).split()) for line in lines) if text]
    if len(found) > var.maximaal or any(len(text) > 200 for text in found):
        raise Ongeldig(f"Hoogstens {var.maximaal} regels van 200 tekens.")
    return list(dict.fromkeys(found))


def _check_decisions(var: Variabele, waarde: Any) -> list[str]:
    known = [code for code, _label in var.keuzes]
    if any(code not in known for code in waarde):
        raise Ongeldig("Kies besluiten uit de lijst.")
    return [code for code in known if code in waarde]


def _check_duty(var: Variabele, waarde: Any) -> dict[str, Any]:
    if waarde.get("geen"):
        return {"geen": True}
    dagen = sorted({int(dag) for dag in waarde.get("dagen") or ()})
    if not dagen or not set(dagen) <= set(range(7)):
        raise Ongeldig("Kies op welke dagen deze dienst begint.")
    begin, einde = str(waarde.get("begin") or ""), str(waarde.get("einde") or "")
    if not (_KLOK.fullmatch(begin) and _KLOK.fullmatch(einde)):
        raise Ongeldig("Vul begin en einde in als uur en minuut, bijvoorbeeld 17:00.")
    later = int(waarde.get("dagen_later") or 0)
    if not 0 <= later <= 4 or (later == 0 and einde <= begin):
        raise Ongeldig("Een dienst eindigt na het begin. Kies anders een latere dag.")
    return {"dagen": dagen, "begin": begin, "einde": einde, "dagen_later": later}


def _number_in_words(var: Variabele, waarde: int) -> str:
    return f"{waarde} {var.eenheid[waarde != 1]}".strip()


def _list_in_words(texts: list[str]) -> str:
    return " en ".join(part for part in (", ".join(texts[:-1]), texts[-1]) if part)


def _days_in_words(dagen: tuple[int, ...]) -> str:
    """Return "maandag tot en met donderdag" for neighbours, else the days one by one."""
    if len(dagen) == 7:
        return "elke dag"
    if len(dagen) > 2 and list(dagen) == list(range(dagen[0], dagen[-1] + 1)):
        return f"{DAGEN[dagen[0]]} tot en met {DAGEN[dagen[-1]]}"
    return _list_in_words([DAGEN[dag] for dag in dagen])


def _clock(text: str) -> str:
    return text.replace(":", ".")


def _duty_in_words(var: Variabele, waarde: Any) -> str:
    found = diensttijd(waarde)
    return str(found) if found else "geen aparte dienst"


_CHECKS = {
    Soort.TEKST: _check_text,
    Soort.GETAL: _check_number,
    Soort.BEDRAG: _check_amount,
    Soort.KEUZE: _check_choice,
    Soort.LIJST: _check_list,
    Soort.BESLUITEN: _check_decisions,
    Soort.DIENST: _check_duty,
}
_WORDS = {
    Soort.TEKST: lambda var, waarde: str(waarde),
    Soort.GETAL: _number_in_words,
    Soort.BEDRAG: lambda var, waarde: euros(waarde),
    Soort.KEUZE: lambda var, waarde: dict(var.keuzes).get(waarde, waarde),
    Soort.LIJST: lambda var, waarde: _list_in_words(waarde),
    Soort.BESLUITEN: lambda var, waarde: _list_in_words(
        [dict(var.keuzes).get(code, code) for code in waarde]
    ),
    Soort.DIENST: _duty_in_words,
}
