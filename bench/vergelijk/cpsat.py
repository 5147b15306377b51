"""The obvious CP-SAT model of the roster, roles apart: what a modeller writes down first.

One 0/1 per dentist, duty and role; at most one per window of rest days, per pair of weekends and
per practice and duty; the same bands and the same goal as everybody. Reads an instance, writes a
plan, prints one line of JSON. Runs in its own environment, see `run`.
"""

import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from ortools.sat.python import cp_model

from rooster.planner.instantie import ROLLEN, WEEKEND, Dienst, Instantie, Tandarts
from rooster.planner.lezen import read_instance
from rooster.planner.toetsing import band_tandarts, distribution


class Obvious:
    """The model; `x` has a variable per dentist, duty and role."""

    def __init__(self, inst: Instantie) -> None:
        self.inst, self.model = inst, cp_model.CpModel()
        self.x = {
            (t.id, d.id, rol): self.model.new_bool_var("")
            for t in inst.tandartsen
            for d in inst.diensten
            if t.vrij(d)
            for rol in ROLLEN
        }
        self.kosten = [
            inst.tandarts[t].wens(inst.dienst[d]) * var for (t, d, _), var in self.x.items()
        ]
        for dienst in inst.diensten:
            self.cover(dienst)
        for tandarts in inst.tandartsen:
            self.rest(tandarts)
        self.shares()
        self.model.minimize(sum(self.kosten))

    def of(self, tandartsen: Iterable[Tandarts], diensten: Iterable[Dienst]) -> list[object]:
        """Return the variables of these dentists and duties, both roles."""
        sleutels = [(t.id, d.id, r) for t in tandartsen for d in diensten for r in ROLLEN]
        return [self.x[sleutel] for sleutel in sleutels if sleutel in self.x]

    def cover(self, dienst: Dienst) -> None:
        for rol in ROLLEN:
            leeg = self.model.new_bool_var("")
            wie = [(t.id, dienst.id, rol) for t in self.inst.tandartsen]
            self.model.add_exactly_one([*(self.x[s] for s in wie if s in self.x), leeg])
            self.kosten.append(self.inst.gewichten.onbezet * leeg)
        if self.inst.regels.plaatsen_uit_verschillende_praktijken:
            for leden in self.inst.van_praktijk.values():
                self.model.add_at_most_one(self.of(leden, [dienst]))

    def rest(self, t: Tandarts) -> None:
        regels = self.inst.regels
        eigen = [d for d in self.inst.diensten if t.vrij(d)]
        for punt in sorted({d.eerste_dag for d in eigen}):
            venster = [
                d
                for d in eigen
                if d.eerste_dag <= punt and (punt - d.laatste_dag).days <= regels.rustdagen
            ]
            self.model.add_at_most_one(self.of([t], venster))
        if regels.geen_aaneengesloten_weekenden:
            weekenden = [d for d in eigen if d.categorie == WEEKEND]
            for week in {d.week for d in weekenden}:
                twee = [d for d in weekenden if d.week in (week, week + 1)]
                self.model.add_at_most_one(self.of([t], twee))

    def shares(self) -> None:
        g = self.inst.gewichten
        for cat, verdeling in distribution(self.inst).items():
            diensten = [d for d in self.inst.diensten if d.categorie == cat]
            for p, (laag, hoog) in verdeling.banden.items():
                rij = self.of(self.inst.van_praktijk[p], diensten)
                self.band(laag, hoog, rij, g.buiten_band_praktijk)
        for t in self.inst.tandartsen:
            if self.inst.telt_eerlijk(t):
                rij = self.of([t], self.inst.diensten)
                self.band(*band_tandarts(t.streef), rij, g.buiten_band_tandarts)

    def band(self, laag: int, hoog: int, rij: list[object], boete: int) -> None:
        hoogste = 2 * len(self.inst.diensten)
        tekort, teveel = (self.model.new_int_var(0, hoogste, "") for _ in range(2))
        self.model.add(sum(rij) + tekort >= laag)
        self.model.add(sum(rij) - teveel <= hoog)
        self.kosten.extend((boete * tekort, boete * teveel))


def main(bron: str, doel: str, seconden: str) -> None:
    begin = time.monotonic()
    inst = read_instance(json.loads(Path(bron).read_text()))
    vraag = Obvious(inst)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.random_seed = 1
    # The time for building counts too, as it does for the others.
    solver.parameters.max_time_in_seconds = max(1.0, float(seconden) - (time.monotonic() - begin))
    status = solver.solve(vraag.model)
    plan: dict[str, dict[str, str | None]] = {d.id: dict.fromkeys(ROLLEN) for d in inst.diensten}
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        for (t, d, rol), var in vraag.x.items():
            if solver.value(var):
                plan[d][rol] = t
    Path(doel).write_text(json.dumps({"formaat": "rooster-plan/1", "toewijzing": plan}))
    print(
        json.dumps(
            {
                "status": solver.status_name(status),
                "ondergrens": solver.best_objective_bound,
                "seconden": round(time.monotonic() - begin, 1),
                "rekentijd": round(time.process_time(), 1),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
