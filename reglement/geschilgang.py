"""The road of a dispute: declared, talked over, then mediation, and last the court.

Pure. MR 11.1-11.3 (BV-10): a dispute exists as soon as one vertegenwoordiger says so (11.3), and
the coördinator or the bestuur hears both sides before anything else (11.1). After that 11.2 offers
mediation and, as the last resort, the court: whoever passes mediation by says why. A solution
ends it from any place.
"""

from collections.abc import Iterable
from dataclasses import dataclass

OVERLEG = "overleg"
MEDIATION = "mediation"
MEDIATION_KLAAR = "mediation_klaar"
RECHTER = "rechter"
OPLOSSEN = "oplossen"
INTREKKEN = "intrekken"
STAPPEN = (OVERLEG, MEDIATION, MEDIATION_KLAAR, RECHTER, OPLOSSEN, INTREKKEN)

GEMELD = "gemeld"
IN_OVERLEG = "overleg"
BIJ_MEDIATOR = "mediation"
MEDIATION_GEEINDIGD = "mediation_klaar"
BIJ_RECHTER = "rechter"
OPGELOST = "opgelost"
INGETROKKEN = "ingetrokken"
GESLOTEN = (OPGELOST, INGETROKKEN)

# From each state: step -> state.
_GANG = {
    GEMELD: {OVERLEG: IN_OVERLEG},
    IN_OVERLEG: {OVERLEG: IN_OVERLEG, MEDIATION: BIJ_MEDIATOR, RECHTER: BIJ_RECHTER},
    BIJ_MEDIATOR: {MEDIATION_KLAAR: MEDIATION_GEEINDIGD},
    MEDIATION_GEEINDIGD: {
        OVERLEG: MEDIATION_GEEINDIGD,
        MEDIATION: BIJ_MEDIATOR,
        RECHTER: BIJ_RECHTER,
    },
    BIJ_RECHTER: {},
}
_EINDE = {OPLOSSEN: OPGELOST, INTREKKEN: INGETROKKEN}


@dataclass(frozen=True)
class Weigering:
    """Why a step may not be taken now, with the article and what comes first."""

    artikel: str
    uitleg: str


def allowed(stand: str) -> tuple[str, ...]:
    """Return the steps that may be taken from here, in the order of the road."""
    if stand in GESLOTEN:
        return ()
    ways = _GANG[stand].keys() | _EINDE.keys()
    return tuple(stap for stap in STAPPEN if stap in ways)


def after(stand: str, stap: str) -> str | Weigering:
    """Return the state after this step, or why it may not be taken."""
    if stap in allowed(stand):
        return (_GANG[stand] | _EINDE)[stap]
    return _refusal(stand, stap)


def wants_reason(stand: str, stap: str) -> bool:
    """Whether this step passes by a door that 11.2 names first, so that the reason is asked."""
    return stap == RECHTER and stand == IN_OVERLEG


def fold(stappen: Iterable[str]) -> str:
    """Return the state after all these steps; a step that may not be taken changes nothing."""
    stand = GEMELD
    for stap in stappen:
        reached = after(stand, stap)
        if isinstance(reached, str):
            stand = reached
    return stand


def _refusal(stand: str, stap: str) -> Weigering:
    if stand in GESLOTEN:
        return Weigering(
            "11.3", "Dit geschil is gesloten. Speelt het weer, meld dan een nieuw geschil."
        )
    if stand == GEMELD:
        return Weigering(
            "11.1",
            "Eerst hoort de coördinator of het bestuur beide kanten. Noteer eerst dat gesprek.",
        )
    if stap == MEDIATION_KLAAR:
        return Weigering("11.2", "Er is geen mediator bezig. Noteer eerst dat die is gevraagd.")
    if stand == BIJ_MEDIATOR:
        return Weigering("11.2", "De mediator is nog bezig. Noteer eerst hoe dat afliep.")
    return Weigering("11.2", "De zaak ligt bij de rechter. Noteer alleen nog hoe het afliep.")
