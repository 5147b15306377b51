"""A small integer program, built row by row and solved by HiGHS."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

ONEINDIG = highspy.kHighsInf


@dataclass(frozen=True)
class Uitkomst:
    """What the solver found: without `gevonden` no solution within the time, or there is none."""

    gevonden: bool
    waarden: Sequence[float] = ()
    waarde: float = math.inf
    grens: float = -math.inf
    """No solution is worth less; within rounding of `waarde` when that is proved best."""
    onmogelijk: bool = False
    """Proved that there is no solution at all."""

    @property
    def bewezen(self) -> bool:
        return self.gevonden and self.waarde - self.grens < 1 - 1e-4

    def has(self, kolom: int) -> bool:
        """Return whether a 0/1 variable is 1."""
        return self.waarden[kolom] > 0.5


class Programma:
    """Minimise a sum of costs with whole numbers as costs, over 0/1 and other variables."""

    def __init__(self) -> None:
        self._kosten: list[float] = []
        self._hoogste: list[float] = []
        self._geheel: list[bool] = []
        self._laag: list[float] = []
        self._hoog: list[float] = []
        self._start: list[int] = [0]
        self._kolom: list[int] = []
        self._getal: list[float] = []

    def variable(self, kosten: float = 0, hoogste: float = 1, *, geheel: bool = True) -> int:
        """Add a variable of 0..hoogste and return its number."""
        self._kosten.append(kosten)
        self._hoogste.append(hoogste)
        self._geheel.append(geheel)
        return len(self._kosten) - 1

    def price(self, kosten: Iterable[tuple[int, float]]) -> None:
        """Replace all costs: what is not named costs nothing."""
        self._kosten = [0.0] * len(self._kosten)
        for kolom, bedrag in kosten:
            self._kosten[kolom] += bedrag

    def row(
        self, kolommen: Iterable[tuple[int, float]], laag: float = -ONEINDIG, hoog: float = ONEINDIG
    ) -> None:
        """Demand laag <= sum of number x variable <= hoog."""
        for kolom, getal in kolommen:
            self._kolom.append(kolom)
            self._getal.append(getal)
        self._start.append(len(self._kolom))
        self._laag.append(laag)
        self._hoog.append(hoog)

    def solve(self, seconden: float) -> Uitkomst:
        """Return the best solution found within the time."""
        if not self._kosten:
            return self._empty()
        highs = highspy.Highs()
        # One thread, as in `klok.solver`: HiGHS refuses a second choice in the same process.
        for optie, waarde in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
            highs.setOptionValue(optie, waarde)
        highs.setOptionValue("time_limit", max(0.05, float(seconden)))
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.setOptionValue("mip_abs_gap", 0.5)
        highs.passModel(self._lp())
        highs.run()
        status = highs.getModelStatus()
        info = highs.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Uitkomst(False, onmogelijk=True)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Uitkomst(False, grens=info.mip_dual_bound)
        waarden = list(highs.getSolution().col_value)
        return Uitkomst(True, waarden, info.objective_function_value, info.mip_dual_bound)

    def _empty(self) -> Uitkomst:
        kan = all(a <= 0 <= b for a, b in zip(self._laag, self._hoog, strict=True))
        return Uitkomst(kan, waarde=0, grens=0, onmogelijk=not kan)

    def _lp(self) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        n = len(self._kosten)
        lp.num_col_, lp.num_row_ = n, len(self._laag)
        lp.col_cost_ = np.array(self._kosten, dtype=float)
        lp.col_lower_ = np.zeros(n)
        lp.col_upper_ = np.array(self._hoogste, dtype=float)
        lp.row_lower_ = np.array(self._laag, dtype=float)
        lp.row_upper_ = np.array(self._hoog, dtype=float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self._start, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(self._kolom, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self._getal, dtype=float)
        heel, continu = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        lp.integrality_ = [heel if g else continu for g in self._geheel]
        return lp
