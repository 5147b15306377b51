"""What the call screen shows: the questions worth asking, the outcome, the duty, the next steps.

Reads only. The outcome comes from the row as it was stored, so that an old call shows the ruleset
it was judged by.
"""

from triage.scherm.beller import earlier_calls, matches
from triage.scherm.conflict import corrected_by_others, differences, patient_conflict
from triage.scherm.pagina import page, patient_form
from triage.scherm.tandarts import besluit_form, duty_part, messages_of, turn
from triage.scherm.uitkomst import outcome
from triage.scherm.vragen import RAND, questions

__all__ = [
    "RAND",
    "besluit_form",
    "corrected_by_others",
    "differences",
    "duty_part",
    "earlier_calls",
    "matches",
    "messages_of",
    "outcome",
    "page",
    "patient_conflict",
    "patient_form",
    "questions",
    "turn",
]
