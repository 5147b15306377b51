"""The doors of a vote, from opening to decision (MR 9.2, 10; decision 0043)."""

from reglement.actions.stemmen.herstemming import propose_herstemming
from reglement.actions.stemmen.openen import open_stemming, withdraw_stemming
from reglement.actions.stemmen.sluiten import cast_doorslag, close_stemming
from reglement.actions.stemmen.stem import cast_stem, declare_belang

__all__ = [
    "cast_doorslag",
    "cast_stem",
    "close_stemming",
    "declare_belang",
    "open_stemming",
    "propose_herstemming",
    "withdraw_stemming",
]
