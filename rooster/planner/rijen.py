"""The hard rules as rows of an integer program: at most one per group of duties that clash."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rooster.planner.instantie import WEEKEND, Dienst, Regels

Keuze = tuple[Dienst, int]
"""A duty that a person may serve, with the number of its variable."""


def clashing(regels: Regels, per_mens: Mapping[str, Sequence[Keuze]]) -> Iterator[list[int]]:
    """Yield groups of variables of which at most one may be 1, for rest and weekends.

    Together they are the rules exactly, and each group is as large as can be, which keeps the
    bound of the relaxation near the whole-number optimum.
    """
    for keuzes in per_mens.values():
        yield from _groups(
            (d.eerste_dag.toordinal(), d.laatste_dag.toordinal() + regels.rustdagen, k)
            for d, k in keuzes
        )
        if regels.geen_aaneengesloten_weekenden:
            yield from _groups((d.week, d.week + 1, k) for d, k in keuzes if d.categorie == WEEKEND)


def _groups(stukken: Iterable[tuple[int, int, int]]) -> Iterator[list[int]]:
    """Yield the maximal groups of stretches (begin, end, variable) that all have a day in common.

    Two duties clash exactly when their stretches meet, so these are the maximal cliques.
    """
    bezig: list[tuple[int, int]] = []
    gegroeid = False
    for begin, einde, kolom in sorted(stukken):
        over = [b for b in bezig if b[0] >= begin]
        if gegroeid and len(over) < len(bezig):
            if len(bezig) > 1:
                yield [k for _, k in bezig]
            gegroeid = False
        bezig = [*over, (einde, kolom)]
        gegroeid = True
    if len(bezig) > 1:
        yield [k for _, k in bezig]
