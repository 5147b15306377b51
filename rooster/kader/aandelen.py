"""What everybody owes of a period: places per practice, category and role, and per dentist.

Pure (RO-4, RO-5, §5.3). A practice owes by the fte of its dentists, over the days they count. An
exemption weighs on the colleagues in the practice, or takes its part out of the practice's weight
so that all practices carry it together. What a practice did more or less before comes off or on.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

ROLLEN = ("dienstdoende", "achterwacht")


@dataclass(frozen=True)
class Inzetregel:
    """How much a dentist works at a practice, and whether they serve for it; days included."""

    tandarts: Hashable
    praktijk: Hashable
    fte: float
    doet_dienst: bool = True
    vanaf: date = date.min
    tot: date | None = None


@dataclass(frozen=True)
class Vrijstelregel:
    """A part (percent) of a dentist's share that drops out; `last` is "praktijk" or "kring"."""

    tandarts: Hashable
    deel: int
    last: str
    vanaf: date = date.min
    tot: date | None = None


@dataclass(frozen=True)
class Aandelen:
    """The outcome. `zonder` are practices that owe places and have nobody to serve them."""

    streef: dict[Hashable, dict[str, dict[str, float]]]
    per_tandarts: dict[tuple[Hashable, Hashable], float]
    gewicht: dict[Hashable, float]
    zonder: tuple[Hashable, ...]


def shares(
    inzet: Iterable[Inzetregel],
    vrijstellingen: Iterable[Vrijstelregel],
    saldi: Mapping[tuple[Hashable, str], float],
    aantallen: Mapping[str, int],
    dagen: tuple[date, date],
) -> Aandelen:
    """Return what each practice and dentist owes in the period, first and last day `dagen`.

    `aantallen` is the number of duties per category; each has two places. `saldi` is what a
    practice did more (+) or less (-) in earlier periods, in places. `per_tandarts` is keyed by
    (dentist, practice): who works at two practices has a share at both. The targets of a category
    add up to its places.
    """
    inzet = list(inzet)
    exempt: dict[Hashable, list[Vrijstelregel]] = {}
    for regel in vrijstellingen:
        exempt.setdefault(regel.tandarts, []).append(regel)
    owing: dict[Hashable, Fraction] = {}
    serving: dict[Hashable, dict[tuple[Hashable, Hashable], Fraction]] = {}
    for row in inzet:
        weighed = _weighed_days(row, exempt.get(row.tandarts, []), *dagen)
        owing[row.praktijk] = owing.get(row.praktijk, Fraction(0)) + weighed.praktijk
        mine = serving.setdefault(row.praktijk, {})
        key = (row.tandarts, row.praktijk)
        mine[key] = mine.get(key, Fraction(0)) + (weighed.zelf if row.doet_dienst else 0)
    per_category = {
        categorie: _targets(owing, 2 * aantal, {p: saldi.get((p, categorie), 0) for p in owing})
        for categorie, aantal in aantallen.items()
    }
    streef = {
        praktijk: {
            categorie: dict.fromkeys(ROLLEN, float(targets[praktijk] / 2))
            for categorie, targets in per_category.items()
        }
        for praktijk in owing
    }
    totals = {p: sum(targets[p] for targets in per_category.values()) for p in owing}
    per_tandarts = {
        key: float(totals[praktijk] * part / sum(mine.values())) if part else 0.0
        for praktijk, mine in serving.items()
        for key, part in mine.items()
    }
    zonder = tuple(p for p in owing if totals[p] > 0 and not any(serving[p].values()))
    gewicht = {praktijk: float(weight) for praktijk, weight in owing.items()}
    return Aandelen(streef, per_tandarts, gewicht, zonder)


@dataclass(frozen=True)
class _Gewogen:
    """Fte averaged over the period: as it weighs for the practice, and what is left to serve."""

    praktijk: Fraction
    zelf: Fraction


def _weighed_days(
    row: Inzetregel, exempt: list[Vrijstelregel], eerste_dag: date, laatste_dag: date
) -> _Gewogen:
    """Return the fte of a row over the days on which it counts.

    Two exemptions on one day do not add up to more than a whole one; what falls on all practices
    is counted first.
    """
    first, last = max(row.vanaf, eerste_dag), min(row.tot or date.max, laatste_dag)
    total = (laatste_dag - eerste_dag).days + 1
    praktijk = zelf = Fraction(0)
    for begin, einde in _pieces(first, last, exempt):
        active = [r for r in exempt if r.vanaf <= begin and einde <= (r.tot or date.max)]
        of_all = min(100, sum(r.deel for r in active if r.last == "kring"))
        of_practice = min(100 - of_all, sum(r.deel for r in active if r.last != "kring"))
        part = Fraction(str(row.fte)) * Fraction((einde - begin).days + 1, total)
        praktijk += part * Fraction(100 - of_all, 100)
        zelf += part * Fraction(100 - of_all - of_practice, 100)
    return _Gewogen(praktijk, zelf)


def _pieces(first: date, last: date, exempt: list[Vrijstelregel]) -> list[tuple[date, date]]:
    """Cut [first, last] where an exemption begins or has ended."""
    if first > last:
        return []
    cuts = {first.toordinal(), last.toordinal() + 1}
    for regel in exempt:
        cuts.add(regel.vanaf.toordinal())
        if regel.tot is not None:
            cuts.add(regel.tot.toordinal() + 1)
    inside = sorted(cut for cut in cuts if first.toordinal() <= cut <= last.toordinal() + 1)
    return [
        (date.fromordinal(begin), date.fromordinal(einde - 1)) for begin, einde in pairwise(inside)
    ]


def _targets(
    weights: Mapping[Hashable, Fraction], places: int, saldi: Mapping[Hashable, float]
) -> dict[Hashable, Fraction]:
    """Divide the places by weight, with what was done more or less before.

    Who did so much more that nothing is left owes nothing, never less; the others divide the
    rest. The saldi need not add up to zero: a practice may have left.
    """
    targets = dict.fromkeys(weights, Fraction(0))
    taking = {p for p, weight in weights.items() if weight > 0}
    while taking:
        weight = sum(weights[p] for p in taking)
        owed = {p: Fraction(str(saldi[p])) for p in taking}
        pot = places + sum(owed.values())
        found = {p: pot * weights[p] / weight - owed[p] for p in taking}
        below = {p for p, target in found.items() if target < 0}
        if not below:
            targets.update(found)
            break
        taking -= below
    return targets
