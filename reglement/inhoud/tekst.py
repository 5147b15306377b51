"""What a text of the rules is made of: articles, members, and the filled-in places. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reglement.inhoud.variabelen import PER_SLEUTEL

_PLEK = re.compile(r"\{([a-z0-9_.]+)\}")


@dataclass(frozen=True)
class Deel:
    """A stretch of text; `sleutel` is the variable in it, `is_open` that it is not filled in."""

    tekst: str
    sleutel: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class Lid:
    """One numbered member of an article."""

    nummer: str
    delen: tuple[Deel, ...]

    @property
    def tekst(self) -> str:
        return "".join(deel.tekst for deel in self.delen)


@dataclass(frozen=True)
class Artikel:
    """One article; `is_eigen`: the kring pasted a text of its own."""

    nummer: str
    titel: str
    leden: tuple[Lid, ...]
    is_eigen: bool = False

    def as_record(self) -> dict[str, Any]:
        """Return plain values, as an adopted version keeps them."""
        return {
            "nummer": self.nummer,
            "titel": self.titel,
            "eigen": self.is_eigen,
            "leden": [{"nummer": lid.nummer, "tekst": lid.tekst} for lid in self.leden],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Artikel":
        """Return an article as it was kept."""
        leden = tuple(Lid(lid["nummer"], (Deel(lid["tekst"]),)) for lid in record["leden"])
        return cls(record["nummer"], record["titel"], leden, record["eigen"])


def fill_in(nummer: str, text: str, waarden: Mapping[str, Any]) -> Lid:
    """Return a member with its variables in words; an open one is its label between brackets."""
    parts: list[Deel] = []
    position = 0
    for match in _PLEK.finditer(text):
        if match.start() > position:
            parts.append(Deel(text[position : match.start()]))
        var = PER_SLEUTEL[match[1]]
        words = var.in_words(waarden.get(var.sleutel))
        parts.append(Deel(words or f"[{var.label}]", var.sleutel, is_open=not words))
        position = match.end()
    if position < len(text):
        parts.append(Deel(text[position:]))
    return Lid(nummer, tuple(parts))


def own_members(text: str) -> tuple[Lid, ...]:
    """Return a pasted text as members: each line that is not empty is one."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(Lid("", (Deel(line),)) for line in lines if line)
