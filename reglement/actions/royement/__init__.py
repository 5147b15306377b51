"""The steps of a royement: each is refused or written by the pure law, and never altered."""

from reglement.actions.royement.begin import add_stuk, propose, put_on_agenda, react, start
from reglement.actions.royement.besluit import collect_letter, decide, hear, note_vote, tell_result
from reglement.actions.royement.oproep import note_convocation, note_point
from reglement.actions.royement.stap import StapGeweigerd
from reglement.actions.royement.vervolg import (
    ask_readmission,
    lapse,
    note_k_decision,
    note_one_sided,
    show,
)

__all__ = [
    "StapGeweigerd",
    "add_stuk",
    "ask_readmission",
    "collect_letter",
    "decide",
    "hear",
    "lapse",
    "note_convocation",
    "note_k_decision",
    "note_one_sided",
    "note_point",
    "note_vote",
    "propose",
    "put_on_agenda",
    "react",
    "show",
    "start",
    "tell_result",
]
