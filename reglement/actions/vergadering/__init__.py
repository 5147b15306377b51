"""The doors of a meeting, from plan to adopted minutes (MR 10.3, 10.6; decision 0042)."""

from reglement.actions.vergadering.aanwezig import arrive, leave
from reglement.actions.vergadering.agenda import add_point, change_point, move_point, remove_point
from reglement.actions.vergadering.notulen import (
    adopt_minutes,
    answer_minutes,
    draft_minutes,
    submit_minutes,
    take_back_minutes,
    write_minutes,
)
from reglement.actions.vergadering.oproepen import answer, call_off, convoke
from reglement.actions.vergadering.plannen import change, plan, plan_again, plan_second
from reglement.actions.vergadering.stap import lock, note_step
from reglement.actions.vergadering.stukken import add_document, remove_document
from reglement.actions.vergadering.verloop import (
    appoint_chair,
    close_meeting,
    finish_point,
    note_point,
    open_meeting,
    table_point,
)

__all__ = [
    "add_document",
    "add_point",
    "adopt_minutes",
    "answer",
    "answer_minutes",
    "appoint_chair",
    "arrive",
    "call_off",
    "change",
    "change_point",
    "close_meeting",
    "convoke",
    "draft_minutes",
    "finish_point",
    "leave",
    "lock",
    "move_point",
    "note_point",
    "note_step",
    "open_meeting",
    "plan",
    "plan_again",
    "plan_second",
    "remove_document",
    "remove_point",
    "submit_minutes",
    "table_point",
    "take_back_minutes",
    "write_minutes",
]
