"""Replay: what today's version would say of an old call, beside what was said then (U11).

The call is never changed by it. Both outcomes are worked out from the same facts, so that a
raised outcome or a later decision does not look like a difference of the protocol.
"""

from dataclasses import dataclass
from datetime import datetime

from triage import intake
from triage.lezing import reading_of, reading_of_version, version_in_force
from triage.models import Oproep, Protocolversie
from triage.protocol import compare
from triage.versies.verschil import Uitkomstwissel, outcome_words


@dataclass(frozen=True)
class Zounu:
    """What today's version would say otherwise; `geldt` None is the shipped standard."""

    geldt: Protocolversie | None
    verschillen: list[Uitkomstwissel]


def would_now(oproep: Oproep, nu: datetime) -> Zounu | None:
    """Return how today's version differs from the stored outcome; None when it says the same."""
    if not oproep.uitkomst:
        return None
    geldt = version_in_force(oproep.kring_id, nu)
    toen, lezing = reading_of(oproep), reading_of_version(geldt)
    if lezing == toen:
        return None
    feiten = intake.facts_of(oproep)
    parts = compare(toen.evaluate(feiten), lezing.evaluate(feiten))
    return Zounu(geldt, outcome_words(parts, lezing)) if parts else None
