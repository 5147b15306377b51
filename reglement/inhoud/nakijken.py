"""What a pasted text still lacks: open brackets, and values that it does not name. Pure.

The typed variables drive the software, whatever a pasted text says; so a text that says something
else is a trap, and the screen points at it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reglement.inhoud.soorten import Soort
from reglement.inhoud.variabelen import VARIABELEN

MEESTE_TEKENS = 8000
"""Characters of one own article: the longest of the model is half of that."""

_HAAK = re.compile(r"\[[^\]\n]{0,80}\]|\.{4,}|_{3,}")
_WOORDEN = (
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    *("elf", "twaalf"),
)


@dataclass(frozen=True)
class Gemis:
    """Something about the own text of an article; `blokkeert`: no adoption like this."""

    artikel: str
    blokkeert: bool
    uitleg: str


def check_texts(waarden: Mapping[str, Any], teksten: Mapping[str, str]) -> list[Gemis]:
    """Return what is wrong with the pasted texts, by article."""
    found = []
    for nummer, text in teksten.items():
        if not text.strip():
            continue
        if place := _HAAK.search(text):
            found.append(
                Gemis(nummer, True, f"In je eigen tekst staat nog een open plek: {place[0][:40]}")
            )
        found += [
            Gemis(
                nummer,
                False,
                f"Ingevuld is {var.in_words(waarden.get(var.sleutel))} ({var.label.lower()}), maar "
                "in je eigen tekst komt dat niet voor. De software rekent met wat is ingevuld.",
            )
            for var in VARIABELEN
            if var.artikel == nummer
            and var.applies(waarden)
            and not _names(text, var.soort, waarden.get(var.sleutel))
        ]
    return found


def _names(text: str, soort: Soort, waarde: Any) -> bool:
    """Whether the text names this value, in figures or in letters."""
    low = text.lower().replace("é", "e")
    if soort is Soort.GETAL and isinstance(waarde, int):
        words = [str(waarde), *(_WOORDEN[waarde : waarde + 1])]
        return any(re.search(rf"\b{word}\b", low) for word in words)
    if soort is Soort.BEDRAG and isinstance(waarde, int):
        whole = f"{waarde // 100:,}".replace(",", ".")
        return any(part in low for part in (whole, str(waarde // 100)))
    return True
