"""The only door for a change of state in this app."""

from verslag.actions.bijlage import add_bijlage, judge_upload, remove_bijlage, scan_waiting
from verslag.actions.briefhoofd import save_briefhoofd
from verslag.actions.certificaat import (
    CertificaatGeweigerd,
    add_certificaat,
    judge_certificate,
    withdraw_certificaat,
)
from verslag.actions.eigen_tandarts import set_own_dentist
from verslag.actions.fouten import (
    NietDeBehandelaar,
    OverdrachtGeweigerd,
    SamenvoegenGeweigerd,
    VersieConflict,
    VerslagGeweigerd,
    VervolgGeweigerd,
)
from verslag.actions.maildomein import ask_for_domains
from verslag.actions.ophalen import (
    finish_pakket,
    mark_read,
    open_pakket,
    reply,
    request_code,
    take_out,
    withdraw_copy,
)
from verslag.actions.overdracht import resend_overdracht, send_overdracht, withdraw_overdracht
from verslag.actions.overhandigen import record_overhandiging
from verslag.actions.samenvoegen import merge_patients, undo_merge
from verslag.actions.taak import close_taak, open_taak
from verslag.actions.verklaring import add_verklaring
from verslag.actions.verslag import open_verslag, save_verslag, sign_verslag, stand_of_patient
from verslag.actions.vervolg import date_vervolg, end_vervolg, hand_vervolg

__all__ = [
    "CertificaatGeweigerd",
    "NietDeBehandelaar",
    "OverdrachtGeweigerd",
    "SamenvoegenGeweigerd",
    "VersieConflict",
    "VerslagGeweigerd",
    "VervolgGeweigerd",
    "add_bijlage",
    "add_certificaat",
    "add_verklaring",
    "ask_for_domains",
    "close_taak",
    "date_vervolg",
    "end_vervolg",
    "finish_pakket",
    "hand_vervolg",
    "judge_certificate",
    "judge_upload",
    "mark_read",
    "merge_patients",
    "open_pakket",
    "open_taak",
    "open_verslag",
    "record_overhandiging",
    "remove_bijlage",
    "reply",
    "request_code",
    "resend_overdracht",
    "save_briefhoofd",
    "save_verslag",
    "scan_waiting",
    "send_overdracht",
    "set_own_dentist",
    "sign_verslag",
    "stand_of_patient",
    "take_out",
    "undo_merge",
    "withdraw_certificaat",
    "withdraw_copy",
    "withdraw_overdracht",
]
