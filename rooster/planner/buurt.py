"""One neighbourhood of a roster, solved as a small integer program: the rest stays as it is.

Used to improve a roster where the relaxation does not lead to whole places (over-constrained
kringen), and, with everything free whose reduced cost fits in the gap, to close the gap.
"""

from dataclasses import dataclass

import highspy
import numpy as np

from rooster.planner.klok import Klok, run, solver
from rooster.planner.model import PLAATSEN, RUIM, Model, Vulling
from rooster.planner.relaxatie import Grens

NOOIT = 10**6
"""Price of a third place in a duty."""


@dataclass(frozen=True)
class Antwoord:
    """What the integer program found. `ondergrens` counts for the neighbourhood only."""

    cel: np.ndarray
    bewezen: bool
    ondergrens: float


class _Programma:
    """The integer program, collected before it goes to HiGHS: the cells first, then the slack.

    `begin` holds the present roster as a value per column.
    """

    def __init__(self, kosten: np.ndarray, begin: np.ndarray) -> None:
        self.cellen = len(kosten)
        self.kosten: list[float] = kosten.astype(float).tolist()
        self.begin: list[float] = begin.astype(float).tolist()
        self._x = begin.astype(float)
        self._laag: list[float] = []
        self._hoog: list[float] = []
        self._start: list[int] = []
        self._kolommen: list[np.ndarray] = []
        self._waarden: list[np.ndarray] = []
        self._aantal = 0

    def row(self, laag: float, hoog: float, cellen: np.ndarray, *slack: tuple[int, float]) -> None:
        self._laag.append(laag)
        self._hoog.append(hoog)
        self._start.append(self._aantal)
        self._kolommen.append(np.concatenate([cellen, [k for k, _ in slack]]))
        self._waarden.append(np.concatenate([np.ones(len(cellen)), [w for _, w in slack]]))
        self._aantal += len(cellen) + len(slack)

    def band(self, laag: float, hoog: float, cellen: np.ndarray, tekort: int, teveel: int) -> None:
        """Keep the number of cells between the two, at a price per one too few or too many."""
        n, nu = len(self.kosten), float(self._x[cellen].sum())
        self.row(laag, hoog, cellen, (n, 1.0), (n + 1, -1.0))
        self.kosten += [float(tekort), float(teveel)]
        self.begin += [max(0.0, laag - nu), max(0.0, nu - hoog)]

    def load(self, highs: highspy.Highs, *, met_begin: bool = True) -> None:
        n = len(self.kosten)
        hoogste = np.full(n, highspy.kHighsInf)
        hoogste[: self.cellen] = 1.0
        highs.addCols(
            n, np.array(self.kosten), np.zeros(n), hoogste, 0,
            np.zeros(n, np.int32), np.zeros(0, np.int32), np.zeros(0),
        )  # fmt: skip
        kolommen = np.arange(self.cellen, dtype=np.int32)
        highs.changeColsIntegrality(self.cellen, kolommen, np.ones(self.cellen, np.uint8))
        highs.addRows(
            len(self._laag), np.array(self._laag), np.array(self._hoog), self._aantal,
            np.array(self._start, np.int32), np.concatenate(self._kolommen).astype(np.int32),
            np.concatenate(self._waarden),
        )  # fmt: skip
        if met_begin:
            oplossing = highspy.HighsSolution()
            oplossing.col_value = self.begin
            highs.setSolution(oplossing)

    def dual_bound(self, duals: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the lower bound that these row duals prove, however rough, and the reduced costs.

        The reduced costs are those of the cells.
        """
        laag, hoog = np.array(self._laag), np.array(self._hoog)
        duals = np.where((duals > 0) & np.isinf(laag), 0, duals)
        lengtes = [len(rij) for rij in self._kolommen]
        prijs = np.array(self.kosten)
        np.subtract.at(
            prijs,
            np.concatenate(self._kolommen).astype(int),
            np.concatenate(self._waarden) * np.repeat(duals, lengtes),
        )
        # No slack is ever larger than all places together, so its bound may be finite here.
        hoogste = np.full(len(prijs), float(self.cellen + NOOIT / 1000))
        hoogste[: self.cellen] = 1.0
        eind = np.where(duals > 0, laag, hoog)
        waarde = (duals * eind)[duals != 0].sum() + (np.minimum(prijs, 0) * hoogste).sum()
        return float(waarde), prijs[: self.cellen]


def improve(vulling: Vulling, los: np.ndarray, klok: Klok, seconden: float) -> Antwoord:
    """Return the best roster that differs from `vulling` in the free cells (bool[t, d]) only.

    Pins are never free. The present roster is the start, so the answer is never worse.
    """
    m = vulling.model
    los = los & m.vrij & ~m.vast
    rest = Vulling(m)
    for t, d in zip(*np.nonzero(vulling.cel & ~los & ~m.vast), strict=True):
        rest.place(int(t), int(d))
    open_d = np.nonzero((rest.bezet < PLAATSEN) & los.any(axis=0))[0]
    ts, ds = [], []
    for d in open_d:
        (wie,) = np.nonzero(los[:, d] & rest.candidates(int(d)))
        ts.append(wie)
        ds.append(np.full(len(wie), d))
    if not ts or not sum(len(wie) for wie in ts):
        return Antwoord(vulling.cel, True, vulling.goal())
    t, d = np.concatenate(ts), np.concatenate(ds)
    programma = _program(vulling, rest, t, d, open_d)
    highs = solver(klok)
    for optie, waarde in (("mip_rel_gap", 0.0), ("mip_abs_gap", 0.999)):
        highs.setOptionValue(optie, waarde)
    programma.load(highs)
    bewezen = run(highs, klok, seconden)
    info = highs.getInfo()
    cel = vulling.cel
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        x = np.array(highs.getSolution().col_value)[: len(t)] > 0.5
        cel = rest.cel.copy()
        cel[t[x], d[x]] = True
    dicht = np.setdiff1d(np.arange(m.aantal_d), open_d)
    leeg = m.inst.gewichten.onbezet * int((PLAATSEN - rest.bezet[dicht]).sum())
    return Antwoord(cel, bewezen, info.mip_dual_bound + leeg + int(m.wens[rest.cel].sum()))


def relaxed_bound(model: Model, klok: Klok, wachttijd: float) -> Grens | None:
    """Return the lower bound of the whole relaxation by an interior point, None without time.

    All rules are in at once: slower than bringing them in, except where nearly all of them bind.
    """
    vulling = Vulling(model)
    t, d = np.nonzero(model.vrij & ~model.vast)
    programma = _program(vulling, vulling, t, d, np.arange(model.aantal_d))
    highs = solver(klok)
    for optie, waarde in (("solver", "ipm"), ("run_crossover", "off"), ("solve_relaxation", True)):
        highs.setOptionValue(optie, waarde)
    programma.load(highs, met_begin=False)
    run(highs, klok, wachttijd=wachttijd)
    duals = np.array(highs.getSolution().row_dual)
    if not len(duals) or not np.isfinite(duals).all():
        return None
    grens, per_cel = programma.dual_bound(duals)
    prijs = np.full(model.vrij.shape, np.inf)
    prijs[t, d] = per_cel
    return Grens(grens + int(model.wens[model.vast].sum()), prijs)


def _program(
    vulling: Vulling, rest: Vulling, t: np.ndarray, d: np.ndarray, open_d: np.ndarray
) -> _Programma:
    """Return the program for the cells (t, d) on top of the roster `rest`.

    Its goal has the whole penalty of every band, and the wishes and unfilled places of the cells
    and duties it is about.
    """
    m, g = rest.model, rest.model.inst.gewichten
    uit = _Programma(m.wens[t, d], vulling.cel[t, d])
    kolom = np.arange(len(t))
    for dienst in open_d:
        leeg = float(PLAATSEN - rest.bezet[dienst])
        uit.band(leeg, leeg, kolom[d == dienst], g.onbezet, NOOIT)
    per_p, per_t = rest.counts()
    for p, c in np.argwhere(np.ones_like(per_p)):
        laag, hoog = (m.band_p[p, c] - per_p[p, c]).tolist()
        cellen = kolom[(m.praktijk[t] == p) & (m.categorie[d] == c)]
        uit.band(laag, hoog, cellen, g.buiten_band_praktijk, g.buiten_band_praktijk)
    for wie in np.nonzero(m.band_t[:, 1] < RUIM)[0]:
        laag, hoog = (m.band_t[wie] - per_t[wie]).tolist()
        uit.band(laag, hoog, kolom[t == wie], g.buiten_band_tandarts, g.buiten_band_tandarts)
    _cliques(uit, m, t, d)
    return uit


def _cliques(uit: _Programma, m: Model, t: np.ndarray, d: np.ndarray) -> None:
    """Add at most one per window, pair of weekends, and practice and duty, among the cells."""
    volgorde = np.argsort(m.mens[t], kind="stable")
    grenzen = np.searchsorted(m.mens[t][volgorde], np.arange(m.aantal_m + 1))
    for mens in range(m.aantal_m):
        kolommen = volgorde[grenzen[mens] : grenzen[mens + 1]]
        if len(kolommen) < 2:
            continue
        van, tot = m.venster_van[d[kolommen]], m.venster_tot[d[kolommen]]
        starts = np.unique(van)
        erin = (van[None, :] <= starts[:, None]) & (starts[:, None] < tot[None, :])
        for n, leden in enumerate(erin):
            # Only the largest: a window all of which lies in the next one says nothing more.
            laatste = n + 1 == len(starts) or (tot[leden] <= starts[n + 1]).any()
            if laatste and leden.sum() > 1:
                uit.row(-highspy.kHighsInf, 1.0, kolommen[leden])
        week = np.where(m.weekend[d[kolommen]], m.week[d[kolommen]], -2)
        for w in np.unique(week[week >= 0]):
            leden = (week == w) | (week == w + 1)
            if leden.sum() > 1:
                uit.row(-highspy.kHighsInf, 1.0, kolommen[leden])
    if m.gescheiden:
        sleutel = d * m.aantal_p + m.praktijk[t]
        volgorde = np.argsort(sleutel, kind="stable")
        for groep in np.split(volgorde, np.nonzero(np.diff(sleutel[volgorde]))[0] + 1):
            if len(groep) > 1:
                uit.row(-highspy.kHighsInf, 1.0, groep)
