"""The instance as arrays, in the merged form: dentist × duty, without the role (RO §3).

One 0/1 per dentist and duty with two of them per duty says the same as two roles, and is far
easier to solve; the roles come last (`rollen.py`). Two duties of one person clash when their
intervals [first day, last day + rest] overlap, so "at most one per window" at every first day
says the same as all pairs, and says it more sharply.
"""

import numpy as np

from rooster.planner.instantie import ROLLEN, WEEKEND, Instantie, Toewijzing
from rooster.planner.toetsing import band_tandarts, distribution

PLAATSEN = len(ROLLEN)
RUIM = 10**6
"""Upper end of a band that does not count."""


class Model:
    """Arrays over dentists (t), duties in order of time (d), practices (p), categories (c).

    Windows: duty d lies in the windows `venster_van[d]` up to (not including) `venster_tot[d]`;
    a person has at most one duty per window, and at most one weekend duty per pair of weeks
    `week[d]` and `week[d] + 1`.
    """

    def __init__(self, inst: Instantie) -> None:
        self.inst = inst
        self.diensten = sorted(inst.diensten, key=lambda d: (d.eerste_dag, d.laatste_dag, d.id))
        self.tandartsen = inst.tandartsen
        self.nr_dienst = {d.id: n for n, d in enumerate(self.diensten)}
        self.nr_tandarts = {t.id: n for n, t in enumerate(self.tandartsen)}
        nr_praktijk = {p.id: n for n, p in enumerate(inst.praktijken)}
        mensen: dict[str, int] = {}
        self.praktijk = np.array([nr_praktijk[t.praktijk] for t in self.tandartsen])
        self.mens = np.array([mensen.setdefault(t.mens, len(mensen)) for t in self.tandartsen])
        self.aantal_t, self.aantal_d = len(self.tandartsen), len(self.diensten)
        self.aantal_p, self.aantal_m = len(nr_praktijk), len(mensen)
        self.aantal_c = len(inst.categorieen)
        self.categorie = np.array([inst.categorieen.index(d.categorie) for d in self.diensten])
        self._windows(inst)
        self._cells(inst)
        self._bands(inst)
        self.vast = np.zeros((self.aantal_t, self.aantal_d), bool)
        for dienst, rollen in inst.vast.items():
            for wie in rollen.values():
                self.vast[self.nr_tandarts[wie], self.nr_dienst[dienst]] = True
        self.gescheiden = inst.regels.plaatsen_uit_verschillende_praktijken

    def _windows(self, inst: Instantie) -> None:
        eerste = np.array([d.eerste_dag.toordinal() for d in self.diensten])
        laatste = np.array([d.laatste_dag.toordinal() for d in self.diensten])
        punten = np.unique(eerste)
        self.aantal_vensters = len(punten)
        self.venster_van = np.searchsorted(punten, eerste)
        self.venster_tot = np.searchsorted(punten, laatste + inst.regels.rustdagen, side="right")
        telt = [
            inst.regels.geen_aaneengesloten_weekenden and d.categorie == WEEKEND
            for d in self.diensten
        ]
        self.weekend = np.array(telt)
        # Numbered without the long holes: weeks further apart than one stay so.
        weken = sorted({d.week for d in self.diensten})
        nr, volgende = {}, 0
        for k, w in enumerate(weken):
            volgende += 0 if k == 0 else min(2, w - weken[k - 1])
            nr[w] = volgende
        self.week = np.array([nr[d.week] for d in self.diensten])
        self.aantal_weken = volgende + 2

    def _cells(self, inst: Instantie) -> None:
        """Fill `vrij` (may serve) and `wens` (cost in wishes) per dentist and duty."""
        dagen = sorted({dag for d in self.diensten for dag in d.dagen})
        nr = {dag: n for n, dag in enumerate(dagen)}
        weg = np.zeros((self.aantal_t, len(dagen)), bool)
        wens = np.zeros((self.aantal_t, len(dagen)), np.int64)
        for n, t in enumerate(self.tandartsen):
            weg[n, [nr[dag] for dag in t.afwezig if dag in nr]] = True
            for teken, rij in ((1, t.liever_niet), (-1, t.graag)):
                for dag, gewicht in rij.items():
                    if dag in nr:
                        wens[n, nr[dag]] += teken * gewicht
        self.vrij = np.zeros((self.aantal_t, self.aantal_d), bool)
        self.wens = np.zeros((self.aantal_t, self.aantal_d), np.int64)
        for n, dienst in enumerate(self.diensten):
            kolommen = [nr[dag] for dag in dienst.dagen]
            self.vrij[:, n] = ~weg[:, kolommen].any(axis=1)
            self.wens[:, n] = wens[:, kolommen].sum(axis=1)

    def _bands(self, inst: Instantie) -> None:
        delen = distribution(inst)
        self.band_p = np.array(
            [[delen[c].banden[p.id] for c in inst.categorieen] for p in inst.praktijken]
        ).reshape(self.aantal_p, self.aantal_c, 2)
        self.band_t = np.array(
            [
                band_tandarts(t.streef) if inst.telt_eerlijk(t) else (0, RUIM)
                for t in self.tandartsen
            ]
        ).reshape(self.aantal_t, 2)


class Vulling:
    """A roster in the making: who has which duty, and what may still be added.

    Never breaks a hard rule: `place` is only for cells that `candidates` allows.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.cel = np.zeros((model.aantal_t, model.aantal_d), bool)
        self.bezet = np.zeros(model.aantal_d, int)
        self._venster = np.zeros((model.aantal_m, model.aantal_vensters), bool)
        self._weekend = np.zeros((model.aantal_m, model.aantal_weken), bool)
        self._per_p = np.zeros((model.aantal_p, model.aantal_c), int)
        self._per_t = np.zeros(model.aantal_t, int)
        for t, d in zip(*np.nonzero(model.vast), strict=True):
            self.place(int(t), int(d))

    def copy(self) -> "Vulling":
        """Return a roster of its own with the same places."""
        ander = Vulling(self.model)
        for t, d in zip(*np.nonzero(self.cel & ~self.model.vast), strict=True):
            ander.place(int(t), int(d))
        return ander

    def place(self, t: int, d: int) -> None:
        self._set(t, d, True)

    def remove(self, t: int, d: int) -> None:
        self._set(t, d, False)

    def _set(self, t: int, d: int, erbij: bool) -> None:
        m, stap = self.model, 1 if erbij else -1
        mens = m.mens[t]
        self.cel[t, d] = erbij
        self.bezet[d] += stap
        self._venster[mens, m.venster_van[d] : m.venster_tot[d]] = erbij
        if m.weekend[d]:
            self._weekend[mens, m.week[d] : m.week[d] + 2] = erbij
        self._per_p[m.praktijk[t], m.categorie[d]] += stap
        self._per_t[t] += stap

    def candidates(self, d: int) -> np.ndarray:
        """Return per dentist whether the duty can be added to the own ones (bool[t])."""
        m = self.model
        if self.bezet[d] >= PLAATSEN:
            return np.zeros(m.aantal_t, bool)
        kan = m.vrij[:, d] & self._apart(d)
        vol = np.asarray(self._venster[:, m.venster_van[d] : m.venster_tot[d]].any(axis=1))
        if m.weekend[d]:
            vol |= self._weekend[:, m.week[d] : m.week[d] + 2].any(axis=1)
        return kan & ~vol[m.mens]

    def blocked(self, d: int) -> np.ndarray:
        """Return who is free on those days but has another duty too near (bool[t])."""
        return self.model.vrij[:, d] & self._apart(d) & ~self.candidates(d)

    def _apart(self, d: int) -> np.ndarray:
        m = self.model
        kan = np.ones(m.aantal_t, bool)
        if m.gescheiden:
            for t in np.nonzero(self.cel[:, d])[0]:
                kan &= m.praktijk != m.praktijk[t]
        return kan

    def clashes(self, t: int, d: int) -> list[tuple[int, int]]:
        """Return the cells (dentist, duty) of the same person that stand in the way."""
        m = self.model
        rij = []
        for u in np.nonzero(m.mens == m.mens[t])[0]:
            for e in np.nonzero(self.cel[u])[0]:
                venster = (
                    m.venster_van[e] < m.venster_tot[d] and m.venster_van[d] < m.venster_tot[e]
                )
                weekend = m.weekend[d] and m.weekend[e] and abs(m.week[d] - m.week[e]) <= 1
                if venster or weekend:
                    rij.append((int(u), int(e)))
        return rij

    def price(self, d: int) -> np.ndarray:
        """Return what one more place at duty `d` adds to the goal, per dentist (float[t]).

        Between equals the one with the smallest part of the own target comes first.
        """
        m, g = self.model, self.model.inst.gewichten
        c = m.categorie[d]
        per_p, per_t = self._per_p[:, c], self._per_t
        stap_p = (per_p >= m.band_p[:, c, 1]).astype(int) - (per_p < m.band_p[:, c, 0])
        stap_t = (per_t >= m.band_t[:, 1]).astype(int) - (per_t < m.band_t[:, 0])
        deel_p = (per_p + 1) / np.maximum(m.band_p[:, c].sum(axis=1) / 2, 0.5)
        deel_t = (per_t + 1) / np.maximum(np.array([t.streef for t in m.tandartsen]), 0.5)
        kosten = m.wens[:, d] + g.buiten_band_tandarts * stap_t + 0.1 * deel_t
        uit: np.ndarray = kosten + (g.buiten_band_praktijk * stap_p + deel_p)[m.praktijk]
        return uit

    def counts(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the places so far per practice and category, and per dentist."""
        return self._per_p, self._per_t

    def goal(self) -> int:
        """Return the goal of the roster, as the checker counts it."""
        m, g = self.model, self.model.inst.gewichten
        per_p, per_t = self._per_p, self._per_t
        buiten_p = np.maximum(0, np.maximum(m.band_p[:, :, 0] - per_p, per_p - m.band_p[:, :, 1]))
        buiten_t = np.maximum(0, np.maximum(m.band_t[:, 0] - per_t, per_t - m.band_t[:, 1]))
        return int(
            g.onbezet * (PLAATSEN * m.aantal_d - self.bezet.sum())
            + g.buiten_band_praktijk * buiten_p.sum()
            + g.buiten_band_tandarts * buiten_t.sum()
            + m.wens[self.cel].sum()
        )

    @classmethod
    def from_plan(cls, model: Model, toewijzing: Toewijzing) -> "Vulling":
        """Return the filling with the places of a plan that the rules allow."""
        vulling = cls(model)
        for dienst, rollen in toewijzing.items():
            for wie in rollen.values():
                if wie is None:
                    continue
                t, d = model.nr_tandarts[wie], model.nr_dienst[dienst]
                if not vulling.cel[t, d] and vulling.candidates(d)[t]:
                    vulling.place(t, d)
        return vulling
