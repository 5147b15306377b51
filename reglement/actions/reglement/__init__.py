"""The life of a version of the rules: draft, proposal, adopted, signed."""

from reglement.actions.reglement.concept import (
    discard_draft,
    refresh_draft,
    save_article,
    save_lezing,
    save_toelichting,
    start_draft,
)
from reglement.actions.reglement.tekenen import note_paper, remind_signatures, sign
from reglement.actions.reglement.vaststellen import from_decision, process, register_paper, send
from reglement.actions.reglement.voorleggen import lay_before, take_back, withdraw

__all__ = [
    "discard_draft",
    "from_decision",
    "lay_before",
    "note_paper",
    "process",
    "refresh_draft",
    "register_paper",
    "remind_signatures",
    "save_article",
    "save_lezing",
    "save_toelichting",
    "send",
    "sign",
    "start_draft",
    "take_back",
    "withdraw",
]
