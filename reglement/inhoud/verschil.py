"""What differs between two versions: per variable, per reading, and per article in words. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from reglement.inhoud.tekst import Artikel
from reglement.inhoud.variabelen import VARIABELEN, Variabele

_WOORD = re.compile(r"\s+|\w+|[^\w\s]")
_EEN_ZIN = 0.45
"""Above this likeness two members are one that was changed; below it one went and one came."""


class Wat(StrEnum):
    GELIJK = "gelijk"
    NIEUW = "nieuw"
    WEG = "weg"


@dataclass(frozen=True)
class Stuk:
    """A stretch of a member: the same in both, or only in the new or the old one."""

    wat: Wat
    tekst: str


@dataclass(frozen=True)
class Lidverschil:
    """One member as it reads with the changes in it; `is_anders` when there are any."""

    nummer: str
    stukken: tuple[Stuk, ...]

    @property
    def is_anders(self) -> bool:
        return any(stuk.wat is not Wat.GELIJK for stuk in self.stukken)


@dataclass(frozen=True)
class Artikelverschil:
    nummer: str
    titel: str
    leden: tuple[Lidverschil, ...]


@dataclass(frozen=True)
class Waardeverschil:
    """A variable or reading that changed, both in words; "" is not filled in."""

    artikel: str
    label: str
    oud: str
    nieuw: str


@dataclass(frozen=True)
class Verschil:
    waarden: tuple[Waardeverschil, ...]
    lezingen: tuple[Waardeverschil, ...]
    artikelen: tuple[Artikelverschil, ...]

    @property
    def is_leeg(self) -> bool:
        return not (self.waarden or self.lezingen or self.artikelen)


def compare_values(oud: Mapping[str, Any], nieuw: Mapping[str, Any]) -> tuple[Waardeverschil, ...]:
    """Return the variables that differ; what an option leaves out reads as not filled in."""
    return tuple(
        Waardeverschil(var.artikel, var.label, *words)
        for var in VARIABELEN
        if len(set(words := (_words(var, oud), _words(var, nieuw)))) > 1
    )


def compare_articles(
    oud: Iterable[Artikel], nieuw: Iterable[Artikel]
) -> tuple[Artikelverschil, ...]:
    """Return the articles that read differently, each with all of its members."""
    before = {artikel.nummer: artikel for artikel in oud}
    found = []
    for artikel in nieuw:
        old = before.get(artikel.nummer)
        leden = tuple(_members(old.leden if old else (), artikel.leden))
        if any(lid.is_anders for lid in leden):
            found.append(Artikelverschil(artikel.nummer, artikel.titel, leden))
    return tuple(found)


def compare_text(oud: str, nieuw: str) -> tuple[Stuk, ...]:
    """Return a text word by word, old before new."""
    stukken: list[Stuk] = []

    def add(wat: Wat, part: Sequence[str]) -> None:
        if part:
            stukken.append(Stuk(wat, "".join(part)))

    def changed(old: Sequence[str], new: Sequence[str]) -> None:
        add(Wat.WEG, old)
        add(Wat.NIEUW, new)

    _walk(
        _WOORD.findall(oud),
        _WOORD.findall(nieuw),
        same=lambda part: add(Wat.GELIJK, part),
        changed=changed,
    )
    return tuple(stukken)


def _words(var: Variabele, waarden: Mapping[str, Any]) -> str:
    return var.in_words(waarden.get(var.sleutel)) if var.applies(waarden) else ""


def _members(oud: Sequence[Any], nieuw: Sequence[Any]) -> Iterator[Lidverschil]:
    """Give the members of one article in the order of the new text."""
    found: list[Lidverschil] = []

    def changed(old: Sequence[Any], new: Sequence[Any]) -> None:
        rest = list(old)
        for lid in new:
            like = max(rest, key=lambda other: _likeness(other.tekst, lid.tekst), default=None)
            if like is not None and _likeness(like.tekst, lid.tekst) >= _EEN_ZIN:
                rest.remove(like)
                found.append(Lidverschil(lid.nummer, compare_text(like.tekst, lid.tekst)))
            else:
                found.append(Lidverschil(lid.nummer, (Stuk(Wat.NIEUW, lid.tekst),)))
        found.extend(Lidverschil(lid.nummer, (Stuk(Wat.WEG, lid.tekst),)) for lid in rest)

    _walk(
        oud,
        nieuw,
        same=lambda part: found.extend(
            Lidverschil(lid.nummer, (Stuk(Wat.GELIJK, lid.tekst),)) for lid in part
        ),
        changed=changed,
        key=lambda lid: (lid.nummer, lid.tekst),
    )
    yield from found


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _walk(
    oud: Sequence[Any],
    nieuw: Sequence[Any],
    *,
    same: Callable[[Sequence[Any]], Any],
    changed: Callable[[Sequence[Any], Sequence[Any]], Any],
    key: Callable[[Any], Any] = lambda value: value,
) -> None:
    matcher = SequenceMatcher(
        None, [key(value) for value in oud], [key(value) for value in nieuw], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            same(nieuw[j1:j2])
        else:
            changed(oud[i1:i2], nieuw[j1:j2])
