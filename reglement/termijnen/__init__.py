"""The terms of the rules: when a meeting may be, when something must be done, and why then.

Pure: days in, frozen results out; the days of the Dutch calendar, never hours, so a clock change
moves nothing. A last day is the last lawful one; where the Algemene termijnenwet may move it and
somebody aims at the day itself, `*_streefdag` is that by plain counting. `waarom` says it in Dutch.
"""

from reglement.termijnen.ambt import (
    Benoeming,
    Opzegging,
    Reglementtermijnen,
    appointment,
    resignation,
    rules_deadlines,
)
from reglement.termijnen.dagen import (
    Reden,
    add_months,
    day_words,
    is_holiday,
    legal_last_day,
)
from reglement.termijnen.oproep import (
    ROYEMENT_WEKEN,
    TWEEDE_WEKEN,
    Oproeptermijn,
    notice,
    second_meeting,
)
from reglement.termijnen.royement import (
    Eenzijdig,
    Viertermijn,
    Voorwaardetermijn,
    conditional_term,
    k_meeting,
    one_sided_fee,
)

__all__ = [
    "ROYEMENT_WEKEN",
    "TWEEDE_WEKEN",
    "Benoeming",
    "Eenzijdig",
    "Oproeptermijn",
    "Opzegging",
    "Reden",
    "Reglementtermijnen",
    "Viertermijn",
    "Voorwaardetermijn",
    "add_months",
    "appointment",
    "conditional_term",
    "day_words",
    "is_holiday",
    "k_meeting",
    "legal_last_day",
    "notice",
    "one_sided_fee",
    "resignation",
    "rules_deadlines",
    "second_meeting",
]
