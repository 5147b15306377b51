"""Changes of a call: the only door, each with its access-log line in the same transaction.

Every action locks the row first, so two windows never decide on the same old state. Moments come
from the database clock. An action refuses with a Dutch sentence (`StapGeweigerd`, or a subclass
that carries more); it then has changed nothing.
"""

from triage.actions.agressie import log_agressiestap
from triage.actions.antwoord_tandarts import (
    confirm_bericht,
    decide_on_bericht,
    hand_over_bericht,
)
from triage.actions.basis import (
    AfrondenGeweigerd,
    PatientConflict,
    VersieConflict,
    is_outdated,
    lock,
)
from triage.actions.bericht import send_bericht
from triage.actions.besluit import make_afspraak, mark_gezien, record_besluit
from triage.actions.contact import log_contactpoging, retract_contactpoging
from triage.actions.einde import abort_oproep, close_oproep
from triage.actions.gesprek import discard_oproep, save_antwoorden, start_oproep
from triage.actions.herhaling import join_oproep, part_oproep
from triage.actions.navoeren import enter_from_paper
from triage.actions.ophogen import raise_oproep, take_back_raise
from triage.actions.patient import PATIENTVELDEN, save_patient
from triage.actions.verwijsadres import add_verwijsadres, change_verwijsadres

__all__ = [
    "PATIENTVELDEN",
    "AfrondenGeweigerd",
    "PatientConflict",
    "VersieConflict",
    "abort_oproep",
    "add_verwijsadres",
    "change_verwijsadres",
    "close_oproep",
    "confirm_bericht",
    "decide_on_bericht",
    "discard_oproep",
    "enter_from_paper",
    "hand_over_bericht",
    "is_outdated",
    "join_oproep",
    "lock",
    "log_agressiestap",
    "log_contactpoging",
    "make_afspraak",
    "mark_gezien",
    "part_oproep",
    "raise_oproep",
    "record_besluit",
    "retract_contactpoging",
    "save_antwoorden",
    "save_patient",
    "send_bericht",
    "start_oproep",
    "take_back_raise",
]
