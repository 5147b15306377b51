"""The teeth in a report: which there are, what was found at them and what was done.

Numbers are those of the FDI (ISO 3950): 11-48 permanent, 51-85 primary; a child that changes
teeth has both. Plain values in, plain values out: knows no database, no request.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

KWADRANTEN: Final = {
    1: "rechtsboven",
    2: "linksboven",
    3: "linksonder",
    4: "rechtsonder",
    5: "rechtsboven",
    6: "linksboven",
    7: "linksonder",
    8: "rechtsonder",
}
_BLIJVEND: Final = (
    "middelste snijtand",
    "zijsnijtand",
    "hoektand",
    "eerste premolaar",
    "tweede premolaar",
    "eerste molaar",
    "tweede molaar",
    "verstandskies",
)
_MELK: Final = (
    "middelste melksnijtand",
    "melkzijsnijtand",
    "melkhoektand",
    "eerste melkmolaar",
    "tweede melkmolaar",
)


def _row(right: int, left: int, count: int) -> tuple[str, ...]:
    """Return one row as one looks at the patient: from the right side to the left side."""
    return (
        *(f"{right}{nummer}" for nummer in range(count, 0, -1)),
        *(f"{left}{nummer}" for nummer in range(1, count + 1)),
    )


BLIJVEND_BOVEN: Final = _row(1, 2, 8)
BLIJVEND_ONDER: Final = _row(4, 3, 8)
MELK_BOVEN: Final = _row(5, 6, 5)
MELK_ONDER: Final = _row(8, 7, 5)
BLIJVEND: Final = frozenset((*BLIJVEND_BOVEN, *BLIJVEND_ONDER))
MELK: Final = frozenset((*MELK_BOVEN, *MELK_ONDER))
ELEMENTEN: Final = tuple(sorted(BLIJVEND | MELK))

VLAKKEN: Final = "MODBL"
"""The surfaces of an element, in the order in which they are written."""

# Other letters that dentists write for the same surface.
_ANDERS: Final = {"I": "O", "V": "B", "F": "B", "P": "L"}

BEVINDINGEN: Final = {
    "caries": "cariës",
    "diepe_caries": "diepe cariës",
    "pulpitis": "pulpitis",
    "necrose": "pulpanecrose",
    "apicaal": "ontsteking aan de wortelpunt",
    "abces": "abces",
    "parodontaal": "parodontale ontsteking",
    "pericoronitis": "pericoronitis",
    "kroonfractuur": "kroonfractuur",
    "wortelfractuur": "wortelfractuur",
    "subluxatie": "subluxatie",
    "luxatie": "luxatie",
    "avulsie": "avulsie",
    "restauratie_stuk": "restauratie stuk of verloren",
    "kroon_los": "kroon of brug los",
    "nabloeding": "nabloeding",
    "ontbreekt": "ontbreekt",
    "gaaf": "geen bijzonderheden",
}
BEHANDELINGEN: Final = {
    "noodvulling": "noodvulling",
    "vulling": "vulling",
    "pulpotomie": "pulpotomie",
    "kanaal": "wortelkanaal geopend",
    "incisie": "incisie en drainage",
    "extractie": "extractie",
    "replantatie": "teruggeplaatst",
    "repositie": "gereponeerd",
    "spalk": "gespalkt",
    "hechting": "gehecht",
    "vastzetten": "opnieuw vastgezet",
    "beslijpen": "beslepen",
    "spoelen": "gespoeld en gereinigd",
    "advies": "alleen advies",
}
LETSEL: Final = frozenset({"kroonfractuur", "wortelfractuur", "subluxatie", "luxatie", "avulsie"})
"""Findings that come from a fall or a blow."""

AFWEZIG: Final = frozenset({"ontbreekt", "avulsie"})

SLEUTELS: Final = ("element", "vlakken", "bevinding", "behandeling")


class Gebitfout(ValueError):
    """A line names a tooth, surface, finding or treatment that does not exist."""


def name_of(element: str) -> str:
    """Return what the number says in words: `36` is "eerste molaar linksonder"."""
    kwadrant, nummer = int(element[0]), int(element[1])
    soort = (_BLIJVEND if element in BLIJVEND else _MELK)[nummer - 1]
    return f"{soort} {KWADRANTEN[kwadrant]}"


def surface_names(element: str) -> dict[str, str]:
    """Return the surfaces of this element in words: a front tooth has an edge, no chewing face."""
    is_front = element[1] in "123"
    is_upper = element[0] in "1256"
    return {
        "M": "mesiaal",
        "O": "incisaal" if is_front else "occlusaal",
        "D": "distaal",
        "B": "buccaal",
        "L": "palatinaal" if is_upper else "linguaal",
    }


def normalise_surfaces(text: str) -> str:
    """Return the letters once each, in their order; `Gebitfout` for a letter that is none."""
    letters = {_ANDERS.get(letter, letter) for letter in text.upper().replace(" ", "")}
    unknown = letters - set(VLAKKEN)
    if unknown:
        raise Gebitfout(f"{', '.join(sorted(unknown))} is geen vlak. Kies uit M, O, D, B en L.")
    return "".join(letter for letter in VLAKKEN if letter in letters)


def normalise(regels: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return one line per tooth in the order of the numbers, as the snapshot keeps them.

    Each line is {"element", "vlakken", "bevinding", "behandeling"}; a line without a finding and
    without a treatment stays, the dentist is still at it. Raises `Gebitfout`.
    """
    found: dict[str, dict[str, str]] = {}
    for regel in regels:
        element = str(regel.get("element", ""))
        if element not in BLIJVEND and element not in MELK:
            raise Gebitfout(f"Element {element[:10]} bestaat niet. Kies 11-48 of 51-85.")
        if element in found:
            raise Gebitfout(f"Element {element} staat er twee keer. Zet alles op één regel.")
        bevinding, behandeling = regel.get("bevinding", ""), regel.get("behandeling", "")
        if bevinding and bevinding not in BEVINDINGEN:
            raise Gebitfout(f"Element {element}: kies een bevinding uit de lijst.")
        if behandeling and behandeling not in BEHANDELINGEN:
            raise Gebitfout(f"Element {element}: kies een behandeling uit de lijst.")
        found[element] = {
            "element": element,
            "vlakken": normalise_surfaces(str(regel.get("vlakken", ""))),
            "bevinding": bevinding,
            "behandeling": behandeling,
        }
    return [found[element] for element in sorted(found)]


def unfinished(regels: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """Return the elements at which nothing was found and nothing done."""
    return tuple(row["element"] for row in regels if not (row["bevinding"] or row["behandeling"]))


def is_injured(regels: Iterable[Mapping[str, str]]) -> bool:
    """Whether a fall or a blow shows at the teeth."""
    return any(row["bevinding"] in LETSEL for row in regels)


def in_words(regel: Mapping[str, str]) -> str:
    """Return one line of the letter: "36, eerste molaar linksonder: diepe cariës (MO)…"."""
    found = BEVINDINGEN.get(regel["bevinding"], "")
    done = BEHANDELINGEN.get(regel["behandeling"], "")
    names = surface_names(regel["element"])
    vlakken = ", ".join(names[letter] for letter in regel["vlakken"])
    where = f" ({vlakken})" if vlakken else ""
    what = f"{found}{where}; {done}" if found and done else f"{found or done}{where}"
    return f"{regel['element']}, {name_of(regel['element'])}: {what}"


def dentitions_for(leeftijd: int | None, regels: Iterable[Mapping[str, str]] = ()) -> frozenset:
    """Return which teeth to show, "blijvend" and/or "melk": from six to thirteen both.

    Whatever stands in the report is always shown; an unknown age shows the permanent teeth.
    """
    shown = {"blijvend"} if leeftijd is None or leeftijd >= 6 else {"melk"}
    if leeftijd is not None and 6 <= leeftijd < 14:
        shown.add("melk")
    shown |= {"melk" if row["element"] in MELK else "blijvend" for row in regels}
    return frozenset(shown)
