"""A plan after illness with provably the fewest changed places.

In this order: as few places unfilled by it as can be, then as few changed places as can be, then
the goal. Places before `vanaf` and pinned places stay; places that were empty stay empty.

Proof from two sides. From inside: with at most `extra` changes beyond the unavoidable ones only a
few places and newcomers matter (`ruimte.room`), so a small program is exact. From outside: no
plan leaves fewer places unfilled than one that may forget every duty outside a stretch of days.
"""

import math
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, count, permutations, repeat
from typing import NamedTuple

from rooster.planner.instantie import ROLLEN, Instantie, Tandarts, Toewijzing
from rooster.planner.programma import Uitkomst
from rooster.planner.ruimte import Herstelprogramma, Komst, Losse, loose, room, window
from rooster.planner.stand import UITVAL, Plaats, Stand
from rooster.planner.toetsing import judge

STRAAL = (0, 4, 10, 25, 60, 180)
"""Days around the lost places that the bound on unfilled places looks at, ever wider."""


@dataclass(frozen=True)
class Wijziging:
    """One changed place; None is unfilled."""

    dienst: str
    rol: str
    was: str | None
    wordt: str | None


@dataclass(frozen=True)
class Herstel:
    """The repaired plan with what is proved of it.

    `minstens` and `minstens_onbezet` are bounds: no plan changes fewer places without leaving
    more of them unfilled, and none leaves fewer of the changed places unfilled. `bewezen`: both
    are met, and of the plans that meet them none has a smaller goal. `doel_voor` is the goal
    before the illness.
    """

    toewijzing: Toewijzing
    wijzigingen: tuple[Wijziging, ...]
    onbezet: int
    minstens: int
    minstens_onbezet: int
    bewezen: bool
    doel_voor: int
    doel_na: int
    seconden: float


def with_absence(instantie: Instantie, uitval: Mapping[str, Set[date]]) -> Instantie:
    """Return the instance in which these dentists are absent too, in all their practices.

    Raises KeyError for an unknown dentist.
    """
    per_mens: dict[str, set[date]] = defaultdict(set)
    for wie, dagen in uitval.items():
        per_mens[instantie.tandarts[wie].mens] |= dagen

    def ill(t: Tandarts) -> Tandarts:
        dagen = per_mens.get(t.mens)
        if not dagen:
            return t
        reden = dict(t.reden) | dict.fromkeys(dagen, UITVAL)
        return replace(t, afwezig=t.afwezig | dagen, reden=reden)

    return replace(instantie, tandartsen=tuple(map(ill, instantie.tandartsen)))


def repair(
    instantie: Instantie,
    toewijzing: Toewijzing,
    *,
    uitval: Mapping[str, Set[date]],
    vanaf: date | None = None,
    seconden: float = 30,
) -> Herstel:
    """Return the plan with the fewest changes in which nobody serves on a day of `uitval`.

    Duties that began before `vanaf` are not touched, whoever served. A loose place on which the
    plan breaks a hard rule is mended too, but not a pinned one: only illness takes that away.
    Raises KeyError for an unknown dentist in `uitval`.
    """
    begin = time.monotonic()
    klok = _Klok(begin + seconden)
    stand = Stand(with_absence(instantie, uitval), toewijzing)
    los = loose(stand, vanaf)
    gevonden = _search(stand, los, klok) if los.moet or los.klem else _Gevonden(bewezen=True)
    nieuw = _with_roles(stand, gevonden)
    return Herstel(
        toewijzing=nieuw,
        wijzigingen=_changes(stand, nieuw),
        onbezet=gevonden.onbezet,
        minstens=gevonden.minstens,
        minstens_onbezet=gevonden.minstens_onbezet,
        bewezen=gevonden.bewezen,
        doel_voor=judge(instantie, toewijzing).doel,
        doel_na=judge(stand.inst, nieuw).doel,
        seconden=time.monotonic() - begin,
    )


class _Klok(NamedTuple):
    einde: float

    def over(self) -> float:
        return self.einde - time.monotonic()


@dataclass(frozen=True)
class _Gevonden:
    """The places given up, the newcomers, and what is proved of them."""

    weg: frozenset[Plaats] = frozenset()
    komst: Sequence[Komst] = ()
    onbezet: int = 0
    minstens: int = 0
    minstens_onbezet: int = 0
    bewezen: bool = False


def _search(stand: Stand, los: Losse, klok: _Klok) -> _Gevonden:
    """Widen the room from inside and the bound from outside until they meet, or time is up."""
    beste = _Gevonden(los.moet | los.klem, (), len(los.moet | los.klem), len(los.moet))
    minstens_onbezet = 0
    for extra, straal in zip(count(), chain(STRAAL, repeat(None))):
        ruimte = room(stand, los, extra)
        programma = Herstelprogramma(stand, los, ruimte)
        minst = programma.fewest_changes(klok.over())
        if not minst.gevonden:
            break
        weg, onbezet = programma.given_up(minst), programma.unfilled(minst)
        if minst.bewezen and ruimte.alles:
            minstens_onbezet = onbezet
        elif onbezet > minstens_onbezet and straal is not None:
            grens = _fewest_unfilled(stand, los, straal, klok)
            minstens_onbezet = min(onbezet, max(minstens_onbezet, grens))
        volledig = minst.bewezen and onbezet == minstens_onbezet
        klaar = volledig and (ruimte.alles or len(weg) <= len(los.moet) + extra)
        if klaar or klok.over() <= 0 or (onbezet, len(weg)) < (beste.onbezet, len(beste.weg)):
            beste = _best_goal(programma, minst, klok)
        # With fewer changes than these the room would have shown it.
        minstens = len(los.moet) + (min(extra + 1, len(weg) - len(los.moet)) if volledig else 0)
        beste = replace(
            beste,
            minstens=len(beste.weg) if klaar else minstens,
            minstens_onbezet=minstens_onbezet,
            bewezen=klaar and beste.bewezen,
        )
        if klaar or ruimte.alles or klok.over() <= 0:
            break
    return beste


def _best_goal(programma: Herstelprogramma, minst: Uitkomst, klok: _Klok) -> _Gevonden:
    doel = programma.best_goal(minst, klok.over())
    keuze = doel if doel.gevonden else minst
    return _Gevonden(
        weg=programma.given_up(keuze),
        komst=programma.newcomers(keuze),
        onbezet=programma.unfilled(keuze),
        bewezen=doel.bewezen,
    )


def _fewest_unfilled(stand: Stand, los: Losse, straal: int, klok: _Klok) -> int:
    """Return a number of unfilled places that no plan gets below, from the days near the loss."""
    rond: set[date] = set()
    for dienst, _ in los.moet | los.klem:
        for dag in stand.inst.dienst[dienst].dagen:
            rond.update(dag + timedelta(n) for n in range(-straal, straal + 1))
    diensten = [d for d in stand.inst.diensten if not rond.isdisjoint(d.dagen)]
    programma = Herstelprogramma(stand, los, window(stand, los, diensten))
    grens = programma.fewest_unfilled(klok.over()).grens
    return max(0, math.ceil(grens - 1e-6)) if math.isfinite(grens) else 0


def _with_roles(stand: Stand, gevonden: _Gevonden) -> dict[str, dict[str, str | None]]:
    """Return the plan with the newcomers in the places given up.

    Where two come at once, the roles go as their practices lack them most (the second goal).
    """
    inst = stand.inst
    plan = {d.id: {rol: stand.houder[d.id, rol] for rol in ROLLEN} for d in inst.diensten}
    aantal = Counter(
        (inst.tandarts[wie].praktijk, inst.dienst[dienst].categorie, rol)
        for dienst, rij in plan.items()
        for rol, wie in rij.items()
        if wie
    )
    komst = defaultdict(list)
    for wie, dienst in gevonden.komst:
        komst[dienst].append(wie)

    def lack(wie: str, dienst: str, rol: str) -> float:
        cat, praktijk = inst.dienst[dienst].categorie, inst.praktijk[inst.tandarts[wie].praktijk]
        return praktijk.streef[cat][rol] - aantal[praktijk.id, cat, rol]

    for dienst, rol in sorted(gevonden.weg):
        rij = plan[dienst]
        rij[rol] = None
    for dienst in sorted({d for d, _ in gevonden.weg}):
        leeg = [rol for rol in ROLLEN if (dienst, rol) in gevonden.weg]
        nieuwen: list[str | None] = [*komst[dienst]]
        nieuwen += [None] * (len(leeg) - len(nieuwen))
        volgorde = max(
            permutations(nieuwen),
            key=lambda rij: sum(
                lack(wie, dienst, rol) for wie, rol in zip(rij, leeg, strict=True) if wie
            ),
        )
        plan[dienst] |= dict(zip(leeg, volgorde, strict=True))
    return plan


def _changes(stand: Stand, nieuw: Toewijzing) -> tuple[Wijziging, ...]:
    """Return the changed places in the order of time."""
    return tuple(
        Wijziging(d.id, rol, stand.houder[d.id, rol], nieuw[d.id][rol])
        for d in sorted(stand.inst.diensten, key=lambda d: (d.eerste_dag, d.id))
        for rol in ROLLEN
        if stand.houder[d.id, rol] != nieuw[d.id][rol]
    )
