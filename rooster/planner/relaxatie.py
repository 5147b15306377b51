"""The linear relaxation with columns and rules brought in when they are needed (RO §3).

It starts with a part of the cells (dentist × duty) and without the rules of rest, weekend and
practice. Cells come in when their reduced cost is negative, rules when the solution breaks them,
until neither is left: then it is the optimum of the whole relaxation. What has not come in has
dual 0, so on the way every set of duals gives a valid lower bound too.
"""

import math
from dataclasses import dataclass

import highspy
import numpy as np

from rooster.planner.klok import Klok, run, solver
from rooster.planner.model import PLAATSEN, RUIM, Model

EPS = 1e-6
KOLOMMEN_PER_TANDARTS = 3
PER_DIENST_ERBIJ = 20
VENSTER, WEEKEND, PRAKTIJK = range(3)
"""Kinds of rules that come in later: at most one in this window, pair of weeks, practice."""


@dataclass(frozen=True)
class Grens:
    """A lower bound with the reduced costs it comes from."""

    waarde: float
    prijs: np.ndarray
    """Reduced cost per cell, infinite where the dentist is absent (float[t, d])."""

    @property
    def heel(self) -> int:
        """The bound for a goal that is always whole."""
        return math.ceil(self.waarde - 1e-4)


class Relaxatie:
    """The linear program in HiGHS, in step with the arrays that say what is in it."""

    def __init__(self, model: Model, klok: Klok, begin: np.ndarray) -> None:
        self.model, self.klok = model, klok
        self.highs = solver(klok)
        self._fixed_rows()
        self.t, self.d = np.zeros(0, int), np.zeros(0, int)
        self.actief = np.zeros_like(model.vrij)
        self._rij = (
            np.full((model.aantal_m, model.aantal_vensters), -1),
            np.full((model.aantal_m, model.aantal_weken), -1),
            np.full((model.aantal_p, model.aantal_d), -1),
        )
        self.aantal_regels = 0
        self.x = np.zeros(0)
        self.waarde = math.inf
        self.grens: Grens | None = None
        goedkoop = np.random.default_rng(1).random(model.vrij.shape) * model.aantal_t
        start = (model.wens < 0) | ((model.wens == 0) & (goedkoop < KOLOMMEN_PER_TANDARTS))
        self.add_cells(*np.nonzero(model.vrij & (start | begin) | model.vast))

    def _fixed_rows(self) -> None:
        """Add two per duty, the bands of the practices and of the dentists, and their slack."""
        m, g = self.model, self.model.inst.gewichten
        twee = np.full(m.aantal_d, float(PLAATSEN))
        self.laag = np.concatenate([twee, m.band_p[:, :, 0].ravel(), m.band_t[:, 0]]).astype(float)
        self.hoog = np.concatenate([twee, m.band_p[:, :, 1].ravel(), m.band_t[:, 1]]).astype(float)
        self.hoog[self.hoog >= RUIM] = highspy.kHighsInf
        self.rijen = len(self.laag)
        leeg = np.zeros(0, np.int32)
        self.highs.addRows(
            self.rijen, self.laag, self.hoog, 0, np.zeros(self.rijen, np.int32), leeg, np.zeros(0)
        )
        banden = self.rijen - m.aantal_d
        self.boete = np.concatenate([
            np.full(m.aantal_p * m.aantal_c, float(g.buiten_band_praktijk)),
            np.full(m.aantal_t, float(g.buiten_band_tandarts)),
        ])  # fmt: skip
        kosten = np.concatenate([np.full(m.aantal_d, float(g.onbezet)), self.boete, self.boete])
        hoogste = np.concatenate([twee, np.full(2 * banden, highspy.kHighsInf)])
        rij = np.concatenate([np.arange(self.rijen), np.arange(m.aantal_d, self.rijen)])
        teken = np.concatenate([np.ones(self.rijen), -np.ones(banden)])
        self.speling = len(kosten)
        self.highs.addCols(
            self.speling, kosten, np.zeros(self.speling), hoogste, self.speling,
            np.arange(self.speling, dtype=np.int32), rij.astype(np.int32), teken,
        )  # fmt: skip

    def add_cells(self, ts: np.ndarray, ds: np.ndarray) -> None:
        """Bring in cells, with their place in every row that is there."""
        m = self.model
        if not len(ts):
            return
        self.actief[ts, ds] = True
        venster, weekend, praktijk = self._rij
        eerste_p, eerste_t = m.aantal_d, m.aantal_d + m.aantal_p * m.aantal_c
        begin: list[int] = []
        rij: list[int] = []
        for t, d in zip(ts.tolist(), ds.tolist(), strict=True):
            begin.append(len(rij))
            p, mens = m.praktijk[t], m.mens[t]
            rij += [d, eerste_p + p * m.aantal_c + m.categorie[d], eerste_t + t]
            later = venster[mens, m.venster_van[d] : m.venster_tot[d]]
            if m.weekend[d]:
                later = np.concatenate([later, weekend[mens, m.week[d] : m.week[d] + 2]])
            rij += [self.rijen + r for r in later.tolist() if r >= 0]
            if praktijk[p, d] >= 0:
                rij.append(self.rijen + praktijk[p, d])
        self.highs.addCols(
            len(ts), m.wens[ts, ds].astype(float), m.vast[ts, ds].astype(float), np.ones(len(ts)),
            len(rij), np.array(begin, np.int32), np.array(rij, np.int32), np.ones(len(rij)),
        )  # fmt: skip
        self.t, self.d = np.concatenate([self.t, ts]), np.concatenate([self.d, ds])

    def bounds(self, kolommen: np.ndarray, laag: float, hoog: float) -> None:
        """Set the bounds of cells, by their number in `t` and `d`."""
        n = len(kolommen)
        self.highs.changeColsBounds(
            n, (kolommen + self.speling).astype(np.int32), np.full(n, laag), np.full(n, hoog)
        )

    def solve(self, hoogstens: float = math.inf) -> bool:
        """Solve, bringing in cells and rules until nothing is missing.

        Afterwards `x` is the value per cell that is in, `waarde` the goal, `grens` the best bound
        so far. Returns False when out of time, infeasible, or (with `hoogstens`) when one round
        took more processor time than that.
        """
        while self.klok.goes_on():
            if not run(self.highs, self.klok, hoogstens):
                return False
            oplossing = self.highs.getSolution()
            self.x = np.array(oplossing.col_value)[self.speling :]
            self.dual = np.array(oplossing.row_dual)
            self.waarde = self.highs.getInfo().objective_function_value
            nu = self.bound()
            if self.grens is None or nu.waarde > self.grens.waarde:
                self.grens = nu
                self.klok.ondergrens = nu.heel
            regels, cellen = self._broken(), self._wanted(nu.prijs)
            if not regels and not len(cellen[0]):
                return True
            self.add_cells(*cellen)
            self._add_rules(regels)
        return False

    def bound(self) -> Grens:
        """Return the lower bound that the last duals prove, however they were found."""
        m = self.model
        y = self.dual.copy()
        y[self.rijen :] = np.minimum(y[self.rijen :], 0)
        banden = y[m.aantal_d : self.rijen]
        np.clip(banden, -self.boete, self.boete, out=banden)
        banden[np.isinf(self.hoog[m.aantal_d :])] = 0
        vast = y[: self.rijen]
        eind = np.where(vast > 0, self.laag, np.where(np.isinf(self.hoog), 0, self.hoog))
        waarde = (vast * eind).sum() + y[self.rijen :].sum()
        onbezet = m.inst.gewichten.onbezet - y[: m.aantal_d]
        waarde += PLAATSEN * np.minimum(0, onbezet).sum()
        prijs = self._reduced(y)
        waarde += np.where(m.vast, prijs, np.minimum(0, prijs))[m.vrij].sum()
        return Grens(float(waarde), prijs)

    def _reduced(self, y: np.ndarray) -> np.ndarray:
        """Return the reduced cost of every cell, in or not (float[t, d])."""
        m = self.model
        eerste_t = m.aantal_d + m.aantal_p * m.aantal_c
        prijs = m.wens - y[None, : m.aantal_d]
        prijs -= y[m.aantal_d : eerste_t].reshape(m.aantal_p, m.aantal_c)[m.praktijk][
            :, m.categorie
        ]
        prijs -= y[eerste_t : self.rijen, None]
        if self.aantal_regels:
            venster, weekend, praktijk = (
                np.where(nr >= 0, y[self.rijen :][nr], 0.0) for nr in self._rij
            )
            som = np.concatenate([np.zeros((m.aantal_m, 1)), np.cumsum(venster, axis=1)], axis=1)
            per_mens = som[:, m.venster_tot] - som[:, m.venster_van]
            per_mens += np.where(m.weekend, weekend[:, m.week] + weekend[:, m.week + 1], 0.0)
            prijs -= per_mens[m.mens] + praktijk[m.praktijk]
        uit: np.ndarray = np.where(m.vrij, prijs, np.inf)
        return uit

    def _wanted(self, prijs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the cells with a negative reduced cost that are not in, the best per duty."""
        prijs = np.where(self.actief, np.inf, prijs)
        wil = prijs < -EPS
        if int(wil.sum()) > PER_DIENST_ERBIJ * self.model.aantal_d:
            wil &= prijs <= np.partition(prijs, PER_DIENST_ERBIJ, axis=0)[PER_DIENST_ERBIJ]
        t, d = np.nonzero(wil)
        return t, d

    def _broken(self) -> list[tuple[int, int, int]]:
        """Return the rules (kind, person or practice, window or duty) that `x` breaks."""
        m = self.model
        x = np.zeros(m.vrij.shape)
        x[self.t, self.d] = self.x
        per_mens = np.zeros((m.aantal_m, m.aantal_d))
        np.add.at(per_mens, m.mens, x)
        stap = np.zeros((m.aantal_vensters + 1, m.aantal_m))
        np.add.at(stap, m.venster_van, per_mens.T)
        np.subtract.at(stap, m.venster_tot, per_mens.T)
        druk = np.cumsum(stap, axis=0)[:-1].T
        te_druk = np.where((druk > 1 + EPS) & (self._rij[VENSTER] < 0), druk, 0.0)
        # Windows next to each other say nearly the same: only the fullest of a row of them.
        rand = np.zeros((m.aantal_m, 1))
        links = np.concatenate([rand, te_druk[:, :-1]], axis=1)
        rechts = np.concatenate([te_druk[:, 1:], rand], axis=1)
        top = (te_druk > 0) & (te_druk > links) & (te_druk >= rechts)
        regels = [(VENSTER, int(a), int(b)) for a, b in zip(*np.nonzero(top), strict=True)]
        weken = np.zeros((m.aantal_weken, m.aantal_m))
        (in_weekend,) = np.nonzero(m.weekend)
        for stapje in range(2):
            np.add.at(weken, m.week[in_weekend] + stapje, per_mens[:, in_weekend].T)
        fout = (weken.T > 1 + EPS) & (self._rij[WEEKEND] < 0)
        regels += [(WEEKEND, int(a), int(b)) for a, b in zip(*np.nonzero(fout), strict=True)]
        if m.gescheiden:
            per_p = np.zeros((m.aantal_p, m.aantal_d))
            np.add.at(per_p, m.praktijk, x)
            fout = (per_p > 1 + EPS) & (self._rij[PRAKTIJK] < 0)
            regels += [(PRAKTIJK, int(a), int(b)) for a, b in zip(*np.nonzero(fout), strict=True)]
        return regels

    def _add_rules(self, regels: list[tuple[int, int, int]]) -> None:
        m = self.model
        if not regels:
            return
        volgorde = np.argsort(m.mens[self.t], kind="stable")
        begin_mens = np.searchsorted(m.mens[self.t][volgorde], np.arange(m.aantal_m + 1))
        begin, kolommen, aantal = [], [], 0
        for soort, wie, waar in regels:
            if soort == PRAKTIJK:
                (rij,) = np.nonzero((self.d == waar) & (m.praktijk[self.t] == wie))
            else:
                rij = volgorde[begin_mens[wie] : begin_mens[wie + 1]]
                d = self.d[rij]
                if soort == VENSTER:
                    rij = rij[(m.venster_van[d] <= waar) & (waar < m.venster_tot[d])]
                else:
                    rij = rij[m.weekend[d] & ((m.week[d] == waar) | (m.week[d] + 1 == waar))]
            self._rij[soort][wie, waar] = self.aantal_regels
            self.aantal_regels += 1
            begin.append(aantal)
            kolommen.append(rij + self.speling)
            aantal += len(rij)
        n = len(regels)
        self.highs.addRows(
            n, np.full(n, -highspy.kHighsInf), np.ones(n), aantal,
            np.array(begin, np.int32), np.concatenate(kolommen).astype(np.int32), np.ones(aantal),
        )  # fmt: skip
