"""The decision tables together, in order of rule id."""

from collections.abc import Mapping
from typing import Final

from triage.protocol.regels import (
    algemeen,
    bloeding,
    koorts_zwelling,
    letsel_avulsie,
    ongemak_pijn,
    randvoorwaarden,
)
from triage.protocol.regels.basis import Effect, Regel, Situatie

REGELS: Final[tuple[Regel, ...]] = tuple(
    sorted(
        (
            *algemeen.REGELS,
            *ongemak_pijn.REGELS,
            *koorts_zwelling.REGELS,
            *bloeding.REGELS,
            *letsel_avulsie.REGELS,
            *randvoorwaarden.REGELS,
        ),
        key=lambda regel: regel.id,
    )
)
REGELS_PER_ID: Final[Mapping[str, Regel]] = {regel.id: regel for regel in REGELS}

__all__ = ["REGELS", "REGELS_PER_ID", "Effect", "Regel", "Situatie"]
