"""The hit policy: how the contributions of all matching rules become one."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from triage.protocol.situatie import Effect
from triage.protocol.uitkomst import Contact, MoetGezien, Urgentie

E = TypeVar("E", bound=StrEnum)

# How firmly the text carries a number of minutes, firmest first: the word in a rule set, and the
# words in an outcome.
TERMIJNEN: Final[Mapping[str, str]] = {
    "letterlijk": "letterlijk",
    "idealiter": "idealiter",
    "instelling": "instelling (richtlijn: 'zo snel mogelijk'; 60 min uit voetnoot 11)",
    "zo_nodig": "zo nodig",
}
_STERKTE: Final = {words: rank for rank, words in enumerate(TERMIJNEN.values())}
# The outcome enums list their members heaviest first.
ZWAARTE: Final[Mapping[StrEnum, int]] = {
    member: rank for scale in (Contact, Urgentie, MoetGezien) for rank, member in enumerate(scale)
}


def combine(a: Effect, b: Effect) -> Effect:
    """Heaviest contact, shortest term, all advice together; the order has no meaning."""
    zien_binnen, zekerheid = _stricter_term(a, b)
    return Effect(
        contact=heaviest(a.contact, b.contact),
        urgentie=heaviest(a.urgentie, b.urgentie),
        moet_gezien=heaviest(a.moet_gezien, b.moet_gezien),
        zien_binnen=zien_binnen,
        streef=smallest(a.streef, b.streef),
        termijn_zekerheid=zekerheid,
        timers=a.timers + b.timers,
        adviezen=a.adviezen | b.adviezen,
        zonder_adviezen=a.zonder_adviezen | b.zonder_adviezen,
        vlaggen=a.vlaggen | b.vlaggen,
        melden_agressie=a.melden_agressie or b.melden_agressie,
    )


def heaviest(a: E, b: E) -> E:
    return a if ZWAARTE[a] <= ZWAARTE[b] else b


def smallest(a: int | None, b: int | None) -> int | None:
    if a is None or b is None:
        return b if a is None else a
    return min(a, b)


def _stricter_term(a: Effect, b: Effect) -> tuple[int | None, str | None]:
    """The smallest deadline; at a tie the one that the text carries most firmly."""
    if a.zien_binnen is None or b.zien_binnen is None:
        known = b if a.zien_binnen is None else a
        return known.zien_binnen, known.termijn_zekerheid
    if a.zien_binnen != b.zien_binnen:
        known = a if a.zien_binnen < b.zien_binnen else b
        return known.zien_binnen, known.termijn_zekerheid
    words = (a.termijn_zekerheid or "", b.termijn_zekerheid or "")
    return a.zien_binnen, min(words, key=lambda text: _STERKTE[text])
