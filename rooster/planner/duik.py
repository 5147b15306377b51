"""From the relaxation to whole places: fix the largest fractions, as long as the goal allows.

The relaxation is nearly whole (RO §3: its bound was the optimum in 65 of 65 kringen with
capacity). So fix what is nearly 1, solve again, and take back what raises the goal above the
bound. A roster that ends at the bound is proved best.
"""

import math

import numpy as np

from rooster.planner.relaxatie import EPS, Relaxatie

BIJNA = 0.7


def dive(relaxatie: Relaxatie, doel: int) -> np.ndarray:
    """Return the cells (bool[t, d]) of a whole solution, at `doel` if it can be found.

    Ends with what is certain so far when the time is over; the caller fills up the rest.
    """
    grens = doel + 1e-4
    samen = True
    while True:
        x = relaxatie.x
        (deels,) = np.nonzero((x > EPS) & (x < 1 - EPS))
        if not len(deels):
            break
        keuze = deels[x[deels] >= BIJNA] if samen else deels[:0]
        if not len(keuze):
            keuze = deels[[int(np.argmax(x[deels]))]]
        waarde = _fix(relaxatie, keuze, 1, 1)
        if waarde > grens and len(keuze) > 1:
            samen = False
            waarde = _fix(relaxatie, keuze, 0, 1)
        elif waarde > grens:
            zonder = _fix(relaxatie, keuze, 0, 0)
            # Neither way keeps the goal: go on in the cheapest, and no longer at the bound.
            if zonder > grens:
                grens = min(waarde, zonder) + 1e-4
                if waarde < zonder:
                    waarde = _fix(relaxatie, keuze, 1, 1)
            samen = True
        else:
            samen = True
        if not relaxatie.klok.goes_on() or math.isinf(relaxatie.waarde):
            break
    cellen = np.zeros_like(relaxatie.actief)
    heel = relaxatie.x > 1 - EPS
    cellen[relaxatie.t[: len(heel)][heel], relaxatie.d[: len(heel)][heel]] = True
    return cellen


def _fix(relaxatie: Relaxatie, kolommen: np.ndarray, laag: float, hoog: float) -> float:
    """Set the bounds and solve; return the goal, infinite when it did not come to an end."""
    relaxatie.bounds(kolommen, laag, hoog)
    return relaxatie.waarde if relaxatie.solve() else math.inf
