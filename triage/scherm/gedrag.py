"""The ladder for a caller who misbehaves: what to say, and what was done when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from triage import gespreksteksten as teksten
from triage.models import Agressiestap, Oproep


@dataclass(frozen=True)
class Trede:
    """One step of the ladder; `gedaan` is when it was last taken."""

    stap: str
    label: str
    zin: str
    toets: str
    gedaan: datetime | None
    is_volgende: bool


def ladder(oproep: Oproep) -> list[Trede]:
    """Return the steps in order, in one query (Bijlage 1 §3.1, R-81)."""
    done = {row.stap: row.moment for row in oproep.agressiestappen.order_by("moment")}
    stappen = list(teksten.AGRESSIE)
    reached = max((stappen.index(stap) for stap in done), default=-1)
    return [
        Trede(
            stap=stap,
            label=str(Agressiestap.Stap(stap).label).capitalize(),
            zin=_(teksten.AGRESSIE[stap]),
            toets=str(nummer + 1),
            gedaan=done.get(stap),
            # The police is never "the next step": it is for a threat only.
            is_volgende=nummer == reached + 1 and stap != Agressiestap.Stap.POLITIE,
        )
        for nummer, stap in enumerate(stappen)
    ]
