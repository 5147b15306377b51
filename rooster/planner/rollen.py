"""Which of the two is dienstdoende: the second goal, the deviation per practice and role.

Every duty with two practices is an edge that points at one of them. Turning round a path of
edges moves one duty of that role from its one end to its other and leaves everybody between as
they were, so when no such path lowers the cost, no choice of roles does.
"""

from collections import deque
from collections.abc import Iterable

import numpy as np

from rooster.planner.instantie import ROLLEN
from rooster.planner.model import PLAATSEN, Model

Plan = dict[str, dict[str, str | None]]
MACHT = 6
"""High, so that the largest deviation weighs most."""


def with_roles(model: Model, cel: np.ndarray) -> Plan:
    """Return the plan of a merged roster (bool[t, d]); pinned roles stay."""
    paren = [_pair(model, cel, d) for d in range(model.aantal_d)]
    for c, categorie in enumerate(model.inst.categorieen):
        streef = [
            (p.streef[categorie][ROLLEN[0]], p.streef[categorie][ROLLEN[1]])
            for p in model.inst.praktijken
        ]
        _balance(model, paren, np.nonzero(model.categorie == c)[0].tolist(), streef)
    return {
        dienst.id: {
            rol: None if t is None else model.tandartsen[t].id
            for rol, t in zip(ROLLEN, paar.plaatsen, strict=True)
        }
        for dienst, paar in zip(model.diensten, paren, strict=True)
    }


class _Paar:
    """The two places of a duty, dienstdoende first, and whether they may change places."""

    def __init__(self, plaatsen: list[int | None], los: bool) -> None:
        self.plaatsen = plaatsen
        self.los = los


def _pair(model: Model, cel: np.ndarray, d: int) -> _Paar:
    wie = [int(t) for t in np.nonzero(cel[:, d])[0]]
    vast = model.inst.vast.get(model.diensten[d].id, {})
    plaatsen: list[int | None] = [
        model.nr_tandarts[vast[rol]] if rol in vast else None for rol in ROLLEN
    ]
    rest = [t for t in wie if t not in plaatsen]
    for n, rol in enumerate(ROLLEN):
        if rol not in vast and rest:
            plaatsen[n] = rest.pop(0)
    return _Paar(plaatsen, not vast)


def _balance(
    model: Model, paren: list[_Paar], diensten: list[int], streef: list[tuple[float, float]]
) -> None:
    """Turn paths round until none lowers the cost. A lone dentist's other end is nobody (-1)."""

    def practice(t: int | None) -> int:
        return -1 if t is None else int(model.praktijk[t])

    eerste = dict.fromkeys(range(-1, len(streef)), 0)
    alle = dict.fromkeys(range(-1, len(streef)), 0)
    for d in diensten:
        a, b = (practice(t) for t in paren[d].plaatsen)
        eerste[a] += 1
        alle[a] += 1
        alle[b] += 1

    def cost(p: int, n: int) -> float:
        if p < 0:
            return 0.0
        een, ander = streef[p]
        return float(abs(n - een) ** MACHT + abs(alle[p] - n - ander) ** MACHT)

    while True:
        # Who gains most by one less comes first; a path leads from there to who can take it.
        winst = {p: cost(p, n) - cost(p, n - 1) for p, n in eerste.items() if n > 0}
        prijs = {p: cost(p, n + 1) - cost(p, n) for p, n in eerste.items()}
        # Turning duty d moves the role from its first practice to its second.
        buren: dict[int, list[tuple[int, int]]] = {}
        for d in diensten:
            if paren[d].los and paren[d].plaatsen != [None] * PLAATSEN:
                a, b = (practice(t) for t in paren[d].plaatsen)
                if a != b:
                    buren.setdefault(a, []).append((b, d))
        pad = _best_path(winst, prijs, buren)
        if not pad:
            return
        eerste[practice(paren[pad[0]].plaatsen[0])] -= 1
        eerste[practice(paren[pad[-1]].plaatsen[1])] += 1
        for d in pad:
            paren[d].plaatsen.reverse()


def _best_path(
    winst: dict[int, float], prijs: dict[int, float], buren: dict[int, list[tuple[int, int]]]
) -> list[int]:
    """Return the duties of a path that lowers the cost, from the neediest start; or nothing."""
    for start in sorted(winst, key=lambda p: (-winst[p], p)):
        via = _reachable(start, buren)
        doelen: Iterable[int] = (p for p in via if p != start)
        best = min(doelen, key=lambda p: (prijs[p], p), default=start)
        if best == start or winst[start] - prijs[best] <= 1e-9:
            continue
        pad = []
        while best != start:
            vorige, d = via[best]
            pad.append(d)
            best = vorige
        return pad[::-1]
    return []


def _reachable(start: int, buren: dict[int, list[tuple[int, int]]]) -> dict[int, tuple[int, int]]:
    """Return per reachable practice from where and over which duty (breadth first)."""
    via = {start: (start, -1)}
    rij = deque([start])
    while rij:
        a = rij.popleft()
        for b, d in buren.get(a, ()):
            if b not in via:
                via[b] = (a, d)
                rij.append(b)
    return via
