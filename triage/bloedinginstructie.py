"""The dentist instructs a bleeding patient by telephone: when the patient rings back (§2.2.1).

The 30 minutes of biting start anew at the decision, the hour in which the patient must be seen
keeps running from the first report (T-01); the law stands in `triage.protocol`.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from triage import intake, protocol
from triage.lezing import reading_of
from triage.protocol import Procesfeiten
from triage.tandartsbesluit import ALS_IN_PROTOCOL

if TYPE_CHECKING:
    from triage.models import Oproep


def rang_back(oproep: "Oproep") -> bool:
    """Whether the patient answered "is it better?" after the decision that stands."""
    return (
        oproep.besluit_op is not None
        and "minuten_sinds_eerste_contact" in oproep.antwoorden
        and intake.moment_of_contact(oproep, oproep.antwoorden) > oproep.besluit_op
    )


def callback_at(oproep: "Oproep") -> datetime | None:
    """Return when the patient rings back after the instruction; None when no such clock runs."""
    if oproep.besluit_op is None or rang_back(oproep):
        return None
    elapsed = oproep.besluit_op - oproep.aangenomen_op
    facts = Procesfeiten(
        regels=tuple(regel["id"] for regel in oproep.uitkomst.get("regels", [])),
        besluit_tandarts=ALS_IN_PROTOCOL.get(oproep.besluit, oproep.besluit),
        minuten_sinds_eerste_contact=int(elapsed.total_seconds() // 60),
    )
    minutes = protocol.judge_process(facts, reading_of(oproep).instellingen).terugbel_minuten
    return None if minutes is None else oproep.besluit_op + timedelta(minutes=minutes)
