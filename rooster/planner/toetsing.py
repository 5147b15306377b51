"""What a plan is worth: broken hard rules, the goal, and how fair it is (RO §3).

The same answer as the shared checker `rooster/controle.py`, as values instead of lines, with two
rules more: the rest and weekends of one person over several practices, and the pins.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rooster.planner.instantie import ROLLEN, WEEKEND, Dienst, Instantie, Tandarts, Toewijzing

EPS = 1e-5
Band = tuple[int, int]
"""Lowest and highest number of places inside the band."""


def bottleneck(plaatsen: int, streven: Sequence[float]) -> tuple[float, list[Band]]:
    """Return the smallest D with its bands for sharing `plaatsen` whole places over the targets.

    D is the smallest number for which the places fit between the bands [ceil(t-D)+, floor(t+D)]:
    no roster has a smaller largest deviation. Raises ValueError when no near number of places
    fits the targets, as when these add up to far more or far less than there are places.
    """
    stappen = sorted({abs(k - t) for t in streven for k in range(max(0, int(t) - 1), int(t) + 3)})
    for d in stappen:
        banden = [(max(0, math.ceil(t - d - EPS)), math.floor(t + d + EPS)) for t in streven]
        if all(laag <= hoog for laag, hoog in banden) and sum(
            laag for laag, _ in banden
        ) <= plaatsen <= sum(hoog for _, hoog in banden):
            return d, banden
    raise ValueError("no apportionment")


def band_tandarts(streef: float) -> Band:
    """Return the band of a dentist's own number of places: the target ± 1."""
    return max(0, math.ceil(streef - 1 - EPS)), math.floor(streef + 1 + EPS)


def outside(aantal: int, band: Band) -> int:
    """Return how many places `aantal` lies outside the band."""
    return max(0, band[0] - aantal, aantal - band[1])


@dataclass(frozen=True)
class Verdeling:
    """The bands of one category: what each practice should get of its places."""

    plaatsen: int
    grens: float
    """The D of the bands: no roster has a smaller largest deviation."""
    banden: Mapping[str, Band]


def distribution(inst: Instantie) -> dict[str, Verdeling]:
    """Return per category the bands of the practices. Raises ValueError, see `bottleneck`."""
    aantal = Counter(d.categorie for d in inst.diensten)
    uit = {}
    for cat in inst.categorieen:
        plaatsen = len(ROLLEN) * aantal[cat]
        grens, banden = bottleneck(plaatsen, [p.streef_samen(cat) for p in inst.praktijken])
        per_praktijk = dict(zip((p.id for p in inst.praktijken), banden, strict=True))
        uit[cat] = Verdeling(plaatsen, grens, per_praktijk)
    return uit


@dataclass(frozen=True)
class Breuk:
    """One broken hard rule.

    `regel` is one of: onbekende_dienst, onbekende_tandarts, afwezig, zelfde_praktijk,
    zelfde_persoon, rust, weekend, vast. `diensten` are the duties it is about, `wie` the dentist
    (for rust and weekend the person).
    """

    regel: str
    diensten: tuple[str, ...]
    wie: str = ""
    dag: str = ""


@dataclass(frozen=True)
class Eerlijkheid:
    """How fair one category is shared out over the practices."""

    afwijking: float
    """Largest deviation of a practice from its target, both roles together."""
    ondergrens: float
    """The smallest largest deviation that any roster can have."""
    per_rol: float
    """Largest deviation of a practice in one role."""


@dataclass(frozen=True)
class Oordeel:
    """The judgement of a plan. `doel` is only comparable between plans without `gebroken`."""

    doel: int
    gebroken: tuple[Breuk, ...]
    onbezet: int
    buiten_praktijk: int
    buiten_tandarts: int
    wensen: int
    eerlijkheid: Mapping[str, Eerlijkheid]
    per_praktijk: Mapping[tuple[str, str], int]
    """Places outside the band, per (practice, category); only those that have any."""
    per_tandarts: Mapping[str, int]
    """Places outside the dentist's own band; only those who have any."""
    aantallen: Mapping[tuple[str, str, str], int]
    """Places per (practice, category, role)."""
    lege_plaatsen: tuple[tuple[str, str], ...]
    """The unfilled places as (duty, role)."""


def judge(inst: Instantie, toewijzing: Toewijzing) -> Oordeel:
    """Return what the plan is worth. Raises ValueError when the bands cannot be made."""
    gebroken = [Breuk("onbekende_dienst", (i,)) for i in sorted(set(toewijzing) - set(inst.dienst))]
    aantallen: Counter[tuple[str, str, str]] = Counter()
    eigen: dict[str, list[Dienst]] = {t.id: [] for t in inst.tandartsen}
    leeg: list[tuple[str, str]] = []
    wensen = 0
    for dienst in inst.diensten:
        plaatsen = toewijzing.get(dienst.id, {})
        bezet = []
        for rol in ROLLEN:
            naam = plaatsen.get(rol)
            if naam is None:
                leeg.append((dienst.id, rol))
            elif naam not in inst.tandarts:
                gebroken.append(Breuk("onbekende_tandarts", (dienst.id,), naam))
            else:
                t = inst.tandarts[naam]
                bezet.append(t)
                eigen[naam].append(dienst)
                aantallen[t.praktijk, dienst.categorie, rol] += 1
                wensen += t.wens(dienst)
        gebroken += _broken_in_duty(inst, dienst, bezet)
    gebroken += _broken_over_time(inst, eigen)
    gebroken += broken_pins(inst, toewijzing)
    eerlijkheid, buiten = _fairness(inst, aantallen)
    buiten_tandarts = {
        t.id: n
        for t in inst.tandartsen
        if inst.telt_eerlijk(t) and (n := outside(len(eigen[t.id]), band_tandarts(t.streef)))
    }
    g = inst.gewichten
    doel = (
        g.onbezet * len(leeg)
        + g.buiten_band_praktijk * sum(buiten.values())
        + g.buiten_band_tandarts * sum(buiten_tandarts.values())
        + wensen
    )
    return Oordeel(
        doel=doel,
        gebroken=tuple(gebroken),
        onbezet=len(leeg),
        buiten_praktijk=sum(buiten.values()),
        buiten_tandarts=sum(buiten_tandarts.values()),
        wensen=wensen,
        eerlijkheid=eerlijkheid,
        per_praktijk=buiten,
        per_tandarts=buiten_tandarts,
        aantallen=dict(aantallen),
        lege_plaatsen=tuple(leeg),
    )


def _broken_in_duty(inst: Instantie, dienst: Dienst, bezet: list[Tandarts]) -> Iterable[Breuk]:
    for t in bezet:
        for dag in dienst.dagen:
            if dag in t.afwezig:
                yield Breuk("afwezig", (dienst.id,), t.id, dag.isoformat())
    if len(bezet) == len(ROLLEN):
        een, ander = bezet
        if een.mens == ander.mens and een.id != ander.id:
            yield Breuk("zelfde_persoon", (dienst.id,), een.mens)
        if een.praktijk == ander.praktijk and inst.regels.plaatsen_uit_verschillende_praktijken:
            yield Breuk("zelfde_praktijk", (dienst.id,), een.id)


def _broken_over_time(inst: Instantie, eigen: Mapping[str, list[Dienst]]) -> Iterable[Breuk]:
    """Yield the broken rest and weekends: of neighbours in time only, like the checker."""
    per_mens: dict[str, list[Dienst]] = {}
    for t in inst.tandartsen:
        per_mens.setdefault(t.mens, []).extend(eigen[t.id])
    for mens, rij in per_mens.items():
        rij.sort(key=lambda d: d.eerste_dag)
        for a, b in pairwise(rij):
            if (b.eerste_dag - a.laatste_dag).days <= inst.regels.rustdagen:
                yield Breuk("rust", (a.id, b.id), mens)
        if inst.regels.geen_aaneengesloten_weekenden:
            weekenden = sorted((d for d in rij if d.categorie == WEEKEND), key=lambda d: d.week)
            for a, b in pairwise(weekenden):
                if b.week - a.week <= 1:
                    yield Breuk("weekend", (a.id, b.id), mens)


def broken_pins(inst: Instantie, toewijzing: Toewijzing) -> list[Breuk]:
    """Return the pins that the plan does not respect."""
    return [
        Breuk("vast", (dienst,), wie)
        for dienst, rollen in inst.vast.items()
        for rol, wie in rollen.items()
        if toewijzing.get(dienst, {}).get(rol) != wie
    ]


def _fairness(
    inst: Instantie, aantallen: Mapping[tuple[str, str, str], int]
) -> tuple[dict[str, Eerlijkheid], dict[tuple[str, str], int]]:
    eerlijkheid, buiten = {}, {}
    for cat, verdeling in distribution(inst).items():
        afwijking = per_rol = 0.0
        for p in inst.praktijken:
            n = 0
            for rol in ROLLEN:
                een = aantallen.get((p.id, cat, rol), 0)
                per_rol = max(per_rol, abs(een - p.streef[cat][rol]))
                n += een
            afwijking = max(afwijking, abs(n - p.streef_samen(cat)))
            if erbuiten := outside(n, verdeling.banden[p.id]):
                buiten[p.id, cat] = erbuiten
        eerlijkheid[cat] = Eerlijkheid(
            round(afwijking, 3), round(verdeling.grens, 3), round(per_rol, 3)
        )
    return eerlijkheid, buiten
