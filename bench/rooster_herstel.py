"""How long the questions after planning take: partners, explanation, repair and bottlenecks.

    python -m bench.rooster_herstel dag 150 --plan 30

Solves one instance of `rooster_instanties` (or takes a file), then asks of that plan. Times are
the CPU of this process in milliseconds, as the machine is seldom quiet.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bench.rooster_instanties import generate
from rooster.planner import Instantie, judge, read_instance
from rooster.planner.herstel import Herstel, repair
from rooster.planner.instantie import ROLLEN, Toewijzing
from rooster.planner.knelpunten import bottlenecks
from rooster.planner.oplossen import solve
from rooster.planner.partners import partners
from rooster.planner.stand import Stand
from rooster.planner.uitleg import explain

BEGIN = date(2000, 1, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("soort", choices=("dag", "fijn", "blok"))
    parser.add_argument("praktijken", type=int)
    parser.add_argument("--bestand", type=Path, help="an instance file, instead of a made one")
    parser.add_argument("--zaad", type=int, default=7)
    parser.add_argument("--plan", type=float, default=30, help="seconds for the plan")
    keuze = parser.parse_args()
    if keuze.bestand:
        inst = read_instance(json.loads(keuze.bestand.read_text(encoding="utf-8")))
    else:
        inst = read_instance(generate(keuze.soort, keuze.praktijken, keuze.zaad))
    uitkomst = solve(inst, seconden=keuze.plan)
    plan = uitkomst.toewijzing
    print(f"{inst.naam}: {len(inst.tandartsen)} dentists, {len(inst.diensten)} duties")
    print(f"plan: goal {uitkomst.doel}, bound {uitkomst.ondergrens}")
    print(f"load {os.getloadavg()[0]:.1f}")
    _questions(inst, plan)
    _repairs(inst, plan)
    _blocked(inst)


def _questions(inst: Instantie, plan: Toewijzing) -> None:
    rng = random.Random(1)
    plaatsen = [(d.id, rol) for d in inst.diensten for rol in ROLLEN]
    vragen = rng.sample(plaatsen, 100)
    stand = Stand(inst, plan)
    stand.verdeling  # noqa: B018 - made once, before the clock runs
    print("| question | p50 | p95 ms |")
    _row("index of the plan", [_ms(lambda: Stand(inst, plan)) for _ in range(20)])
    _row(
        "partners",
        [_ms(lambda v=v: partners(inst, plan, *v, vandaag=BEGIN, stand=stand)) for v in vragen],
    )
    _row("explain", [_ms(lambda v=v: explain(inst, plan, *v, stand=stand)) for v in vragen])


def _repairs(inst: Instantie, plan: Toewijzing) -> None:
    print("| repair | places lost | changed | unproved | goal worse | p50 | max ms |")
    for wie, lang in ((1, 1), (1, 14), (1, 90), (3, 14), (8, 14)):
        uit: list[Herstel] = []
        tijd: list[float] = []
        verlies = []
        for n in range(10):
            uitval = _ill(inst, plan, wie, lang, n)
            begin = time.process_time()
            uit.append(
                repair(inst, plan, uitval=uitval, vanaf=min(min(d) for d in uitval.values()))
            )
            tijd.append(1000 * (time.process_time() - begin))
            verlies.append(_lost(inst, plan, uitval))
        tijd.sort()
        print(
            f"| {wie} ill for {lang} days | {_span(verlies)} "
            f"| {_span(len(h.wijzigingen) for h in uit)} | {sum(not h.bewezen for h in uit)} "
            f"| {_span(h.doel_na - h.doel_voor for h in uit)} "
            f"| {tijd[len(tijd) // 2]:.0f} | {tijd[-1]:.0f} |"
        )


def _ill(inst: Instantie, plan: Toewijzing, wie: int, lang: int, n: int) -> dict[str, set[date]]:
    """Return that so many dentists are ill from the day on which the first of them serves."""
    rng = random.Random(1000 * wie + 10 * lang + n)
    dienst = rng.choice(inst.diensten[: max(1, len(inst.diensten) - lang - 7)])
    ziek = {str(plan[dienst.id][ROLLEN[0]])}
    while len(ziek) < wie:
        ziek.add(rng.choice(inst.tandartsen).id)
    dagen = {dienst.eerste_dag + timedelta(i) for i in range(lang)}
    return {t: dagen for t in sorted(ziek) if t in inst.tandarts} or {inst.tandartsen[0].id: dagen}


def _lost(inst: Instantie, plan: Toewijzing, uitval: dict[str, set[date]]) -> int:
    return sum(
        wie in uitval and not uitval[wie].isdisjoint(inst.dienst[d].dagen)
        for d, rij in plan.items()
        for wie in rij.values()
    )


def _blocked(inst: Instantie) -> None:
    """Let all but three dentists be away for five days, and name what does not fit."""
    weg = {inst.diensten[len(inst.diensten) // 2].eerste_dag + timedelta(n) for n in range(5)}
    dicht = replace(
        inst,
        tandartsen=tuple(
            t if n < 3 else replace(t, afwezig=t.afwezig | weg)
            for n, t in enumerate(inst.tandartsen)
        ),
    )
    plan = solve(dicht, seconden=10).toewijzing
    begin = time.process_time()
    knelpunten = bottlenecks(dicht, plan, seconden=60)
    print(
        f"bottlenecks of {judge(dicht, plan).onbezet} unfilled places: {len(knelpunten)}, "
        f"{sum(k.bewezen for k in knelpunten)} proved, {time.process_time() - begin:.1f} s"
    )


def _ms(call: Callable[[], object]) -> float:
    begin = time.process_time()
    call()
    return 1000 * (time.process_time() - begin)


def _row(wat: str, tijden: list[float]) -> None:
    tijden.sort()
    print(f"| {wat} | {tijden[len(tijden) // 2]:.1f} | {tijden[int(len(tijden) * 0.95)]:.1f} |")


def _span(getallen: Iterable[int]) -> str:
    rij = sorted(getallen)
    return f"{rij[0]} to {rij[-1]}" if rij[0] != rij[-1] else f"{rij[0]}"


if __name__ == "__main__":
    main()
