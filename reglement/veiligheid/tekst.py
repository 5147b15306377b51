"""What an incident may not tell: who the patient was (§5.5). Pure.

A machine does not know a name when it sees one; it does know a title with a name behind it, and a
number that belongs to somebody.
"""

import re

_NUMMER = re.compile(r"\d(?:[\s.\-/]?\d){5,}")
_PERSOON = re.compile(
    r"\b(?:[Mm]evrouw|[Mm]eneer|[Dd]e heer|[Dd]hr\.?|[Mm]evr\.?|[Mm]w\.?|[Ff]amilie|[Ff]am\.?)\s+"
    r"(?:(?:[Vv]an|[Dd]en|[Dd]er|[Dd]e|[Tt]en|[Tt]er|[Hh]et|'t)\s+)*(?:[A-Z]\.\s*)*[A-Z][a-zà-ÿ]+"
)


def names_somebody(tekst: str) -> list[str]:
    """Return what in a text seems to say who somebody is, as Dutch sentences; empty when clean."""
    found = []
    if match := _NUMMER.search(tekst):
        found.append(
            f"Laat “{match[0]}” weg: geen geboortedatum, telefoonnummer of ander nummer. "
            "Wanneer het was, staat al bij de datum."
        )
    if match := _PERSOON.search(tekst):
        found.append(f"Schrijf “de patiënt” of “de begeleider” in plaats van “{match[0]}”.")
    return found
