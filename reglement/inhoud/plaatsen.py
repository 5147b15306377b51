"""The 46 bracketed places of the model reglement, and what fills each of them (RG-7). Pure."""

from collections.abc import Mapping
from typing import Any

from reglement.inhoud.variabelen import PER_SLEUTEL, A, B

_PARTIJEN, _DATUM = "deelnemers", "besluit"
PLAATSEN: tuple[tuple[str, str], ...] = (
    ("aanhef", "0.naam"),
    *(("aanhef", _PARTIJEN),) * 6,
    ("aanhef", "0.gebied"),
    *(("aanhef", _DATUM),) * 3,
    ("2", "2.gebied"),
    ("4.1", "4.jaren_bestuur"),
    ("4.1", "4.variant"),
    # The model asks the years once in each variant; a kring has one of them.
    ("4.1 I", "4.jaren_coordinator"),
    ("4.1 II", "4.jaren_coordinator"),
    ("4.1 B", "4.jaren_coordinator"),
    ("4.2", "4.weken_oproep"),
    ("4.2", "4.extra_taken"),
    *(("5.1", "5.avond"),) * 4,
    *(("5.1", "5.nacht"),) * 4,
    *(("5.1", "5.weekend"),) * 4,
    *((f"5.{letter}", f"5.{letter}") for letter in "abc"),
    ("8", "8.opzegmaanden"),
    ("9.2h", "9.min_weken"),
    ("9.2h", "9.max_maanden"),
    ("9.2l", "9.bedrag"),
    *(("10.4", "10.lijst"),) * 3,
    ("11.5", "11.weken"),
    ("slot", "slot.plaats"),
    *(("slot", _DATUM),) * 3,
)
"""In the order of the model: the article, and the variable.

`deelnemers` and `besluit` are no variables: the register and the decision that adopts fill them.
"""


def count_places(waarden: Mapping[str, Any]) -> tuple[int, int, int]:
    """Return how many of the 46 places are filled, open, and left out by a choice.

    What register and decision fill counts as filled.
    """
    filled = still = 0
    for artikel, sleutel in PLAATSEN:
        var = PER_SLEUTEL.get(sleutel)
        if _left_out(artikel, waarden):
            continue
        if var is None or (var.applies(waarden) and var.in_words(waarden.get(sleutel))):
            filled += 1
        elif var.is_open(waarden):
            still += 1
    return filled, still, len(PLAATSEN) - filled - still


def _left_out(artikel: str, waarden: Mapping[str, Any]) -> bool:
    """Whether this place stands in an option or variant that was not chosen."""
    option = artikel.partition(" ")[2]
    chosen = waarden.get("4.variant") if waarden.get("4.optie") == A else B
    return option not in ("", chosen)
