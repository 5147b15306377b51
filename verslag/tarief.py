"""Tariff codes as a dentist types them: "C002, X10 36" (§4.1).

A code, then the elements that it was used for. Which codes exist is told by the table that the
kring imported for the day of the visit. Plain values in, plain values out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from verslag.gebit import ELEMENTEN

CODE: Final = re.compile(r"[A-Z]{1,2}[0-9]{2,3}[A-Z]?")
_WORDS: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Tarief:
    """One line of the table: what the code means and what it costs, in cents."""

    code: str
    omschrijving: str
    tarief_cent: int


@dataclass(frozen=True, slots=True)
class Gelezen:
    """What was typed: (code, element or "") in their order, and the words that are neither."""

    codes: tuple[tuple[str, str], ...]
    onbegrepen: tuple[str, ...]


def read(text: str) -> Gelezen:
    """Read the codes; each may be followed by the elements that it was used for."""
    codes: list[tuple[str, str]] = []
    strange: list[str] = []
    for word in filter(None, _WORDS.split(text.upper())):
        if CODE.fullmatch(word):
            codes.append((word, ""))
        elif word in ELEMENTEN and codes:
            code, element = codes[-1]
            if element:
                codes.append((code, word))
            else:
                codes[-1] = (code, word)
        else:
            strange.append(word)
    return Gelezen(tuple(codes), tuple(strange))


def faults(text: str, tabel: Mapping[str, Tarief]) -> tuple[str, ...]:
    """Return what stands there and is no code of this table; without a table nothing is judged."""
    if not tabel:
        return ()
    gelezen = read(text)
    unknown = (code for code, _element in gelezen.codes if code not in tabel)
    return tuple(dict.fromkeys((*unknown, *gelezen.onbegrepen)))


def lines(text: str, tabel: Mapping[str, Tarief]) -> list[dict]:
    """Return the known codes as the snapshot keeps them.

    Each is {"code", "omschrijving", "tarief_cent", "element"}; the element may be "".
    """
    return [
        {
            "code": code,
            "omschrijving": tabel[code].omschrijving,
            "tarief_cent": tabel[code].tarief_cent,
            "element": element,
        }
        for code, element in read(text).codes
        if code in tabel
    ]
