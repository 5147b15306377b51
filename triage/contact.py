"""Who to call now: the dentist on duty, or after misses or minutes the backup (§3.1.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from triage import protocol
from triage.protocol import STANDAARD, Instellingen, Procesfeiten
from triage.protocol import Contactpoging as Poging


@dataclass(frozen=True)
class Bereik:
    """How far the attempts to reach a dentist have come."""

    rol: str  # whose turn it is: dienstdoende | achterwacht
    gesproken: bool
    gemist: int
    laatste_rol: str = ""
    laatste_resultaat: str = ""
    laatste_moment: datetime | None = None


def reach(
    pogingen: Iterable[tuple[str, str, datetime]],
    nu: datetime,
    instellingen: Instellingen = STANDAARD,
) -> Bereik:
    """Judge the attempts, given as (rol, resultaat, moment) in order of time.

    `instellingen` are those of the call: they say after how much the backup takes over.
    """
    rows = list(pogingen)
    facts = Procesfeiten(
        contactpogingen=tuple(Poging(rol, resultaat) for rol, resultaat, _ in rows),
        minuten_sinds_eerste_poging=int((nu - rows[0][2]).total_seconds() // 60) if rows else None,
    )
    escalates = protocol.judge_process(facts, instellingen).escaleer_naar is not None
    return Bereik(
        rol="achterwacht" if escalates else "dienstdoende",
        gesproken=facts.is_gesproken,
        gemist=sum(resultaat != "gesproken" for _, resultaat, _ in rows),
        laatste_rol=rows[-1][0] if rows else "",
        laatste_resultaat=rows[-1][1] if rows else "",
        laatste_moment=rows[-1][2] if rows else None,
    )
