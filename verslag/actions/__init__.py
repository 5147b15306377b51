"""The only door for a change of state in this app."""

from verslag.actions.fouten import (
    NietDeBehandelaar,
    OverdrachtGeweigerd,
    VersieConflict,
    VerslagGeweigerd,
)
from verslag.actions.ophalen import open_overdracht, request_code
from verslag.actions.overdracht import resend_overdracht, send_overdracht, withdraw_overdracht
from verslag.actions.verslag import open_verslag, save_verslag, sign_verslag

__all__ = [
    "NietDeBehandelaar",
    "OverdrachtGeweigerd",
    "VersieConflict",
    "VerslagGeweigerd",
    "open_overdracht",
    "open_verslag",
    "request_code",
    "resend_overdracht",
    "save_verslag",
    "send_overdracht",
    "sign_verslag",
    "withdraw_overdracht",
]
