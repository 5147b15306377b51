"""Who to call now: dienstdoende, then achterwacht, then the coordinator (§3.1.1).

Pure: takes what the ledger holds and a moment of the database clock. After enough misses or
minutes with one dentist (`achterwacht_na_pogingen`, `achterwacht_na_min`) the turn goes on, also
when nobody notes anything more. A dentist who confirms starts with a clean slate; one who hands
over is passed by at once. Misses of an earlier duty say nothing about the dentists of this one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from triage import protocol
from triage.protocol import STANDAARD, Instellingen, Procesfeiten
from triage.protocol import Contactpoging as Poging

KETEN = ("dienstdoende", "achterwacht", "coordinator")

CONTACT = frozenset({"gesproken", "zelf_beslist"})
"""What counts as contact with the dentist: a conversation, or the dentist's own decision, typed
by the dentist after login. A confirmation alone is none: nobody was consulted yet."""

GEMIST = frozenset({"niet_bereikt", "voicemail"})

Gebeurtenis = tuple[str, str, datetime, str]
"""rol, resultaat, moment, and who takes over after "doorgegeven" (else empty)."""


@dataclass(frozen=True)
class Bereik:
    """How far the attempts to reach a dentist have come."""

    rol: str  # whose turn it is: dienstdoende | achterwacht | coordinator
    gesproken: bool
    gemist: int
    laatste_rol: str = ""
    laatste_resultaat: str = ""
    laatste_moment: datetime | None = None
    bevestigd_op: datetime | None = None  # whose turn it is confirmed, nobody spoke yet
    doorgegeven_door: str = ""  # the role that handed the turn over, while it still matters


@dataclass
class _Beurt:
    """The turn of one dentist while the ledger is read."""

    rol: str
    gemist: list[tuple[str, datetime]] = field(default_factory=list)
    bevestigd_op: datetime | None = None
    doorgegeven_door: str = ""


def reach(
    pogingen: Iterable[Gebeurtenis],
    nu: datetime,
    instellingen: Instellingen = STANDAARD,
    *,
    sinds: datetime | None = None,
) -> Bereik:
    """Judge the ledger, in order of time; `sinds` is when the running duty began."""
    rows = list(pogingen)
    turn = _Beurt(KETEN[0])
    for rol, resultaat, moment, naar_rol in rows:
        if sinds is None or moment >= sinds:
            turn = _after(_at(turn, moment, instellingen), rol, resultaat, moment, naar_rol)
    turn = _at(turn, nu, instellingen)
    last = rows[-1] if rows else None
    return Bereik(
        rol=turn.rol,
        gesproken=any(resultaat in CONTACT for _, resultaat, *_ in rows),
        gemist=sum(resultaat in GEMIST for _, resultaat, *_ in rows),
        laatste_rol=last[0] if last else "",
        laatste_resultaat=last[1] if last else "",
        laatste_moment=last[2] if last else None,
        bevestigd_op=turn.bevestigd_op,
        doorgegeven_door=turn.doorgegeven_door,
    )


def _at(turn: _Beurt, moment: datetime, instellingen: Instellingen) -> _Beurt:
    """Return whose turn it is at a moment, if nothing more was noted."""
    if not turn.gemist or turn.rol == KETEN[-1]:
        return turn
    facts = Procesfeiten(
        contactpogingen=tuple(Poging(turn.rol, resultaat) for resultaat, _ in turn.gemist),
        minuten_sinds_eerste_poging=int((moment - turn.gemist[0][1]).total_seconds() // 60),
    )
    if protocol.judge_process(facts, instellingen).escaleer_naar is None:
        return turn
    return _Beurt(KETEN[KETEN.index(turn.rol) + 1])


def _after(turn: _Beurt, rol: str, resultaat: str, moment: datetime, naar_rol: str) -> _Beurt:
    if resultaat == "bevestigd":
        return _Beurt(rol, bevestigd_op=moment)
    if resultaat == "doorgegeven":
        return _Beurt(naar_rol, doorgegeven_door=rol)
    if resultaat in GEMIST and rol == turn.rol:
        turn.gemist.append((resultaat, moment))
        turn.bevestigd_op = None
    return turn


def as_facts(pogingen: Iterable[Gebeurtenis]) -> tuple[Poging, ...]:
    """Return the attempts as the protocol knows them; the dentist's own decision is contact."""
    return tuple(
        Poging(rol, "gesproken" if resultaat in CONTACT else resultaat)
        for rol, resultaat, *_ in pogingen
    )
