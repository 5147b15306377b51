"""When the reporting code of child abuse and domestic violence is called to mind (§5.5).

A reminder, never a verdict: it says nothing of this family, it is not saved, and it leaves the
choice with the dentist. Plain values in, a plain answer out.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

MEERDERJARIG: Final = 18
LETSELKLACHTEN: Final = frozenset({"tandletsel", "avulsie"})
"""Complaints of the triage that come from an injury."""

_WOORDEN: Final = re.compile(
    # Not a filling that fell out.
    r"\b(val|(?<!uit )gevallen|klap|geslagen|gestompt|gestoten|ongeval|ongeluk|letsel|"
    r"blauwe plek\w*|bloeduitstorting\w*|avulsie|\w*fractuur|luxatie|trauma)\b",
    re.IGNORECASE,
)


def age_on(geboortedatum: date | None, dag: date) -> int | None:
    """Return the age in years on this day; None when the date of birth is not known."""
    if geboortedatum is None:
        return None
    before = (dag.month, dag.day) < (geboortedatum.month, geboortedatum.day)
    return dag.year - geboortedatum.year - before


def is_due(
    leeftijd: int | None, *, klachten: Iterable[str], teksten: Iterable[str], letsel: bool
) -> bool:
    """Whether to remind: a child, and signs of injury in complaint, text or teeth.

    An unknown age gives no reminder; the form asks for the date of birth.
    """
    if leeftijd is None or leeftijd >= MEERDERJARIG:
        return False
    if letsel or LETSELKLACHTEN.intersection(klachten):
        return True
    return any(_WOORDEN.search(tekst) for tekst in teksten)
