"""One run of the planner in a worker: solve beside the database, and tell how far it is.

The solver knows no database: it runs in a thread of its own and leaves its reports behind. This
side writes them down twice a second, which is also the sign of life and the ear for a stop.
"""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Event
from typing import NamedTuple
from uuid import UUID

from django.db import Error

from kern.actor import Actor
from kern.tenancy import kring_context
from rooster.actions import plantaak as stappen
from rooster.actions.concept import Bezetting
from rooster.models import Plantaak
from rooster.planner import Instantie, judge, read_instance, read_plan
from rooster.planner.instantie import FORMAAT_PLAN, Toewijzing
from rooster.planner.stand import Stand

log = logging.getLogger(__name__)

TUSSENTIJD = 0.5
"""Seconds between two signs of life."""

KNELTIJD = 20
"""Seconds in which what does not fit is looked for, after the plan is there."""
ZOEKT = "knelpunten"
UITVAL = "uitval"
"""Why somebody is absent who fell ill (planner.herstel)."""


class Bericht(NamedTuple):
    """A report of our own, in the shape of planner.klok.Voortgang."""

    fase: str
    doel: int | None
    ondergrens: int | None
    toewijzing: Toewijzing | None


@dataclass(frozen=True)
class Antwoord:
    """What a run hands in; `extra` goes into the plan: knelpunten or herstel."""

    toewijzing: Toewijzing
    ondergrens: int | None
    extra: dict = field(default_factory=dict)


Melder = Callable[[object], bool]
Rekenaar = Callable[[Instantie, Plantaak, Melder], object]
"""Instance, run and reporter → something with `toewijzing` and `ondergrens`."""

FASEN = {
    "vlug": "eerste rooster maken",
    "grens": "uitrekenen wat het beste kan zijn",
    "rooster": "het hele rooster maken",
    "verbeteren": "beter maken",
    "klaar": "klaar",
    ZOEKT: "uitzoeken wat niet past, en wat zou helpen",
}
"""Phases of the planner (planner.klok.Voortgang) as the page says them."""


@dataclass
class Luisteraar:
    """The newest report of the solver, and the wish to stop; shared by the two threads."""

    stop: Event = field(default_factory=Event)
    laatste: object | None = None

    def meld(self, voortgang: object) -> bool:
        """Take a report (planner.klok.Voortgang); False stops the solver."""
        self.laatste = voortgang
        return not self.stop.is_set()


def run(taak_id: UUID, kring_id: int, reken: Rekenaar | None = None) -> bool:
    """Do one run, unless somebody else has it; return whether it was ours.

    Committed in short steps: call it outside a transaction.
    """
    with kring_context(kring_id):
        taak = stappen.claim(taak_id)
    if taak is None:
        return False
    inst = read_instance(taak.instantie)
    stand = Luisteraar()
    with ThreadPoolExecutor(1, thread_name_prefix="planner") as pool:
        future = pool.submit(reken or _solve, inst, taak, stand.meld)
        try:
            while not wait([future], timeout=TUSSENTIJD).done:
                _tell(taak, kring_id, stand)
        except BaseException:
            # The worker is being stopped, or the database is gone: leave no thread at work.
            stand.stop.set()
            raise
    _close(taak, kring_id, inst, stand, future)
    return True


def _solve(inst: Instantie, taak: Plantaak, meld: Melder) -> Antwoord:
    # Only here: a web process never loads HiGHS.
    if taak.soort == Plantaak.Soort.HERSTEL:
        return _repair(inst, taak)
    from rooster.planner.oplossen import solve

    uitkomst = solve(inst, seconden=taak.seconden, voortgang=meld)
    oordeel = uitkomst.oordeel
    extra = {}
    if (oordeel.onbezet or oordeel.buiten_praktijk) and not uitkomst.afgebroken:
        stand = Bericht(ZOEKT, uitkomst.doel, uitkomst.ondergrens, uitkomst.toewijzing)
        if meld(stand):
            extra["knelpunten"] = _bottlenecks(inst, uitkomst.toewijzing)
    return Antwoord(uitkomst.toewijzing, uitkomst.ondergrens, extra)


def _bottlenecks(inst: Instantie, toewijzing: Toewijzing) -> list[dict]:
    """Return what does not fit, in sentences with ids in the place of names."""
    from rooster.planner.knelpunten import bottlenecks
    from rooster.planner.zinnen.knelpunten import bottleneck_sentences, way_out_sentence

    return [
        {
            "zinnen": bottleneck_sentences(inst, knelpunt, coordinator=True),
            "uitwegen": [way_out_sentence(inst, uitweg) for uitweg in knelpunt.uitwegen],
            "bewezen": knelpunt.bewezen,
        }
        for knelpunt in bottlenecks(inst, toewijzing, seconden=KNELTIJD)
    ]


def _repair(inst: Instantie, taak: Plantaak) -> Antwoord:
    """Mend what breaks a rule with the fewest changes: `huidig` as it is, since `vanaf`."""
    from rooster.planner.herstel import repair

    vanaf, huidig = taak.instantie.get("vanaf"), taak.instantie["huidig"]
    herstel = repair(
        replace(inst, vast=_as_it_was(inst, huidig)),
        huidig,
        uitval={},
        vanaf=date.fromisoformat(vanaf) if vanaf else None,
        seconden=taak.seconden,
    )
    wijzigingen = [vars(wijziging) for wijziging in herstel.wijzigingen]
    return Antwoord(
        herstel.toewijzing,
        None,
        {
            "herstel": {
                "wijzigingen": wijzigingen,
                "onbezet": herstel.onbezet,
                "minstens": herstel.minstens,
                "bewezen": herstel.bewezen,
            }
        },
    )


def _as_it_was(inst: Instantie, huidig: Toewijzing) -> dict[str, dict[str, str]]:
    """Return the pins, with every place that broke a rule before anybody fell ill.

    Somebody chose that: an illness is no reason to turn it round.
    """
    stand = Stand(inst, huidig)
    vast = {code: dict(rollen) for code, rollen in inst.vast.items()}
    for code, rollen in huidig.items():
        for rol, wie in rollen.items():
            if wie not in inst.tandarts or code not in inst.dienst:
                continue
            belet = stand.obstacles(inst.tandarts[wie], (code, rol))
            if belet and not any(een.reden == UITVAL for een in belet):
                vast.setdefault(code, {})[rol] = wie
    return vast


def _tell(taak: Plantaak, kring_id: int, stand: Luisteraar) -> None:
    """Write down what is new. A database that is away for a moment does not end the run."""
    velden, nieuw = {}, stand.laatste
    if nieuw is not None:
        velden = {
            "fase": FASEN.get(nieuw.fase, nieuw.fase),
            "doel": nieuw.doel,
            "ondergrens": nieuw.ondergrens,
        }
        if nieuw.toewijzing and nieuw.doel != taak.doel:
            velden["beste"] = as_plan(nieuw.toewijzing, nieuw.doel, nieuw.ondergrens)
    try:
        with kring_context(kring_id):
            if not stappen.note_progress(taak.pk, **velden):
                stand.stop.set()
    except Error as error:
        log.warning("Progress of a run not written (%s).", type(error).__name__)
    else:
        taak.doel = velden.get("doel", taak.doel)


def _close(
    taak: Plantaak, kring_id: int, inst: Instantie, stand: Luisteraar, future: Future
) -> None:
    """Hand in the plan; of a run that went wrong the best one so far."""
    laatste = stand.laatste
    fase = ""
    try:
        uitkomst = future.result()
        status = Plantaak.Status.GESTOPT if stand.stop.is_set() else Plantaak.Status.KLAAR
    except Exception as error:
        log.exception("A run of the planner failed.")
        uitkomst, status, fase = laatste, Plantaak.Status.MISLUKT, type(error).__name__[:40]
    toewijzing = getattr(uitkomst, "toewijzing", None)
    plan = None
    if toewijzing:
        plan = as_plan(toewijzing, judge(inst, toewijzing).doel, uitkomst.ondergrens)
        plan |= getattr(uitkomst, "extra", {})
    with kring_context(kring_id):
        stappen.finish(
            taak,
            status=status,
            fase=fase,
            plan=plan,
            bezetting=occupation(inst, toewijzing or {}),
            by=Actor.system(kring_id, "planner"),
        )


def salvage(taak: Plantaak) -> bool:
    """Close a run whose worker died, with the best plan it left; return whether it was ours.

    Call it in the context of the kring.
    """
    plan = taak.beste
    inst = read_instance(taak.instantie)
    return stappen.finish(
        taak,
        status=Plantaak.Status.MISLUKT,
        fase="de rekenaar viel weg",
        plan=plan,
        bezetting=occupation(inst, read_plan(plan)) if plan else {},
        by=Actor.system(taak.kring_id, "planner"),
    )


def as_plan(toewijzing: Toewijzing, doel: int | None, ondergrens: int | None) -> dict:
    """Return a plan as rooster-plan/1, without names."""
    return {
        "formaat": FORMAAT_PLAN,
        "toewijzing": {code: dict(rollen) for code, rollen in toewijzing.items()},
        "bewijs": {"doel": doel, "ondergrens": ondergrens},
    }


def occupation(inst: Instantie, toewijzing: Toewijzing) -> Bezetting:
    """Return the plan in primary keys: who (`mens`), for which practice."""

    def keys(wie: str | None) -> tuple[str, str] | None:
        rij = inst.tandarts.get(wie or "")
        return (rij.mens, rij.praktijk) if rij else None

    plaatsen: Mapping[str, Mapping[str, str | None]] = toewijzing
    return {
        (code, rol): keys(wie) for code, rollen in plaatsen.items() for rol, wie in rollen.items()
    }
