"""The law of telephone triage: facts in, a reasoned outcome out.

Executable reading of the KNMT guideline for dental emergencies outside office hours, chapters 2
and 3 and Bijlage 1.  Pure: no Django, no database, no clock, no request.  The rules are data, one
file per edition in ``regelsets/``, checked and compiled by ``laden``, ``taal`` and ``gevolg``;
``oordeel`` applies the hit policy; ``vragen`` knows which questions matter; ``validatie`` and
``afronden`` guard the closing of a call and never hide advice; ``vergelijken`` says what another
edition changes.  The guideline's own sentences are not reproduced here.
"""

from triage.protocol.afronden import (
    Contactpoging,
    Procesfeiten,
    Procesoordeel,
    judge_process,
    may_close,
)
from triage.protocol.feiten import Feiten, clean
from triage.protocol.instellingen import (
    INSTELLINGEN,
    STANDAARD,
    Instelling,
    Instellingen,
    InstellingFout,
)
from triage.protocol.lezing import STANDAARD_LEZING, Lezing
from triage.protocol.oordeel import evaluate
from triage.protocol.regelset import Advies, Regel, Regelset, RegelsetFout
from triage.protocol.regelsets import REGELSETS, STANDAARD_REGELSET, regelset
from triage.protocol.spanningen import SPANNINGEN, Spanning
from triage.protocol.uitkomst import (
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
from triage.protocol.vergelijken import Verschil, compare, differences
from triage.protocol.vragen import (
    Vragenplan,
    deciding_questions,
    is_settled,
    plan_questions,
    visible_questions,
)
from triage.protocol.vragenlijst import PATIENTVRAGEN, VRAGEN, Vraag
from triage.protocol.zichtbaarheid import drop_hidden, relevant_fields

__all__ = [
    "INSTELLINGEN",
    "PATIENTVRAGEN",
    "REGELSETS",
    "SPANNINGEN",
    "STANDAARD",
    "STANDAARD_LEZING",
    "STANDAARD_REGELSET",
    "VRAGEN",
    "Advies",
    "Contact",
    "Contactpoging",
    "Feiten",
    "GebruikteInstelling",
    "GevuurdeRegel",
    "Instelling",
    "InstellingFout",
    "Instellingen",
    "Lezing",
    "MoetGezien",
    "Procesfeiten",
    "Procesoordeel",
    "Regel",
    "Regelset",
    "RegelsetFout",
    "Spanning",
    "Tabel",
    "Uitkomst",
    "Urgentie",
    "Verschil",
    "Vraag",
    "Vragenplan",
    "Zekerheid",
    "clean",
    "compare",
    "deciding_questions",
    "differences",
    "drop_hidden",
    "evaluate",
    "is_settled",
    "judge_process",
    "may_close",
    "plan_questions",
    "regelset",
    "relevant_fields",
    "validate",
    "visible_questions",
]
