"""The rule sets that the product ships, each a file in this folder."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from triage.protocol.laden import load_all
from triage.protocol.regelset import Regelset

MAP: Final = Path(__file__).parent
REGELSETS: Final[Mapping[str, Regelset]] = MappingProxyType(load_all(MAP))
STANDAARD_REGELSET: Final = REGELSETS["knmt-2022-tekst-2025-07-v1"]


def regelset(id: str) -> Regelset:
    """The rule set with this id; ``ValueError`` when the product does not ship it."""
    try:
        return REGELSETS[id]
    except KeyError:
        raise ValueError(f"unknown rule set: {id}") from None
