"""Changes of a call: the only door, each with its access-log line in the same transaction.

Every action locks the row first, so two windows never decide on the same old state. Moments come
from the database clock. An action refuses with a Dutch sentence (`StapGeweigerd`, or a subclass
that carries more); it then has changed nothing.
"""

from triage.actions.basis import (
    AfrondenGeweigerd,
    VersieConflict,
    is_outdated,
)
from triage.actions.einde import abort_oproep, close_oproep
from triage.actions.gesprek import discard_oproep, save_antwoorden, start_oproep
from triage.actions.patient import PATIENTVELDEN, save_patient
from triage.actions.tandarts import log_contactpoging, make_afspraak, mark_gezien, record_besluit

__all__ = [
    "PATIENTVELDEN",
    "AfrondenGeweigerd",
    "VersieConflict",
    "abort_oproep",
    "close_oproep",
    "discard_oproep",
    "is_outdated",
    "log_contactpoging",
    "make_afspraak",
    "mark_gezien",
    "record_besluit",
    "save_antwoorden",
    "save_patient",
    "start_oproep",
]
