"""The only door for a change of state in this app."""

from verslag.actions.bijlage import add_bijlage, judge_upload, remove_bijlage, scan_waiting
from verslag.actions.fouten import (
    NietDeBehandelaar,
    OverdrachtGeweigerd,
    VersieConflict,
    VerslagGeweigerd,
)
from verslag.actions.ophalen import open_overdracht, request_code
from verslag.actions.overdracht import resend_overdracht, send_overdracht, withdraw_overdracht
from verslag.actions.taak import close_taak, open_taak
from verslag.actions.verslag import open_verslag, save_verslag, sign_verslag, stand_of_patient

__all__ = [
    "NietDeBehandelaar",
    "OverdrachtGeweigerd",
    "VersieConflict",
    "VerslagGeweigerd",
    "add_bijlage",
    "close_taak",
    "judge_upload",
    "open_overdracht",
    "open_taak",
    "open_verslag",
    "remove_bijlage",
    "request_code",
    "resend_overdracht",
    "save_verslag",
    "scan_waiting",
    "send_overdracht",
    "sign_verslag",
    "stand_of_patient",
    "withdraw_overdracht",
]
