"""The law of telephone triage: facts in, a reasoned outcome out.

Executable reading of the KNMT guideline for dental emergencies outside office hours
(revision 2022), chapters 2 and 3 and Bijlage 1.  Pure: no Django, no database, no clock, no
request.  The rules stand in ``regels/`` as six decision tables; ``oordeel`` applies the hit
policy; ``vragen`` knows which questions matter; ``validatie`` and ``afronden`` guard the closing
of a call and never hide advice.  The guideline's own sentences are not reproduced here.
"""

from triage.protocol.afronden import (
    Contactpoging,
    Procesfeiten,
    Procesoordeel,
    judge_process,
    may_close,
)
from triage.protocol.feiten import Feiten, clean
from triage.protocol.instellingen import STANDAARD, Instellingen
from triage.protocol.oordeel import evaluate
from triage.protocol.regels import REGELS, REGELS_PER_ID
from triage.protocol.uitkomst import (
    PROTOCOLVERSIE,
    Contact,
    GebruikteInstelling,
    GevuurdeRegel,
    MoetGezien,
    Tabel,
    Uitkomst,
    Urgentie,
    Zekerheid,
)
from triage.protocol.validatie import validate
from triage.protocol.vragen import (
    PATIENTVRAGEN,
    VRAGEN,
    Vraag,
    Vragenplan,
    deciding_questions,
    is_settled,
    plan_questions,
    visible_questions,
)
from triage.protocol.zichtbaarheid import drop_hidden, relevant_fields

__all__ = [
    "PATIENTVRAGEN",
    "PROTOCOLVERSIE",
    "REGELS",
    "REGELS_PER_ID",
    "STANDAARD",
    "VRAGEN",
    "Contact",
    "Contactpoging",
    "Feiten",
    "GebruikteInstelling",
    "GevuurdeRegel",
    "Instellingen",
    "MoetGezien",
    "Procesfeiten",
    "Procesoordeel",
    "Tabel",
    "Uitkomst",
    "Urgentie",
    "Vraag",
    "Vragenplan",
    "Zekerheid",
    "clean",
    "deciding_questions",
    "drop_hidden",
    "evaluate",
    "is_settled",
    "judge_process",
    "may_close",
    "plan_questions",
    "relevant_fields",
    "validate",
    "visible_questions",
]
