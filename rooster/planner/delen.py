"""Which part of a roster is made free to be improved: some weeks of all, or all weeks of some.

Weeks go round the year with half a step, since rest and weekends bind only what is near; people
come by chance. The size follows what the solver can prove within its time.
"""

import numpy as np

from rooster.planner.model import Model

GROTER, KLEINER = 1.15, 0.7


class Weken:
    """All duties of some weeks in a row."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._dagen = np.array([d.eerste_dag.toordinal() for d in model.diensten])
        self._lengte = 28.0
        self._begin = float(self._dagen.min())

    def cells(self) -> np.ndarray:
        """Return the free cells (bool[t, d]) of the next part."""
        eerste, laatste = self._dagen.min(), self._dagen.max()
        if self._begin > laatste:
            # Not the same seams as in the last round.
            self._begin = eerste - self._lengte * 0.31
        erin = (self._dagen >= self._begin) & (self._dagen < self._begin + self._lengte)
        self._begin += self._lengte / 2
        return np.broadcast_to(erin, self._model.vrij.shape)

    def adapt(self, bewezen: bool) -> None:
        """Take longer parts while these are proved in time, shorter ones when not."""
        self._lengte = min(max(self._lengte * (GROTER if bewezen else KLEINER), 7), 400)


class Mensen:
    """All duties of some dentists."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._aantal = 3.0
        self._toeval = np.random.default_rng(1)

    def cells(self) -> np.ndarray:
        """Return the free cells (bool[t, d]) of the next part."""
        m = self._model
        los = np.zeros_like(m.vrij)
        aantal = min(round(self._aantal), m.aantal_t)
        los[self._toeval.choice(m.aantal_t, aantal, replace=False)] = True
        return los

    def adapt(self, bewezen: bool) -> None:
        """Take more dentists while the parts are proved in time, fewer when not."""
        self._aantal = max(self._aantal * (GROTER if bewezen else KLEINER), 2)
