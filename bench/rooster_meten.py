"""The planner beside greedy, round robin and the obvious CP-SAT model, on the same instances.

    .venv/bin/python -m bench.rooster_meten --soorten dag,fijn,blok --praktijken 20,80 --cpsat

Prints a table in Markdown. Every plan is judged by the same rules. `rekentijd` is processor time,
which a busy machine changes least; CP-SAT uses two processors, ours one.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.rooster_instanties import generate
from rooster.planner import Instantie, judge, read_instance
from rooster.planner.greedy import greedy
from rooster.planner.model import PLAATSEN, Model, Vulling
from rooster.planner.oplossen import solve
from rooster.planner.rollen import Plan, with_roles

RUN = Path(__file__).parent / "vergelijk" / "run"


def round_robin(inst: Instantie) -> Plan:
    """Return the roster by hand: in order of time, whoever is furthest behind on the own FTE."""
    model = Model(inst)
    vulling, aantal = Vulling(model), Counter[int]()
    fte = [max(t.fte or 0.0, 0.1) for t in inst.tandartsen]
    for d in range(model.aantal_d):
        while vulling.bezet[d] < PLAATSEN:
            kan = [t for t in range(model.aantal_t) if vulling.candidates(d)[t]]
            if not kan:
                break
            t = min(kan, key=lambda t: (aantal[t] / fte[t], t))
            vulling.place(t, d)
            aantal[t] += 1
    return with_roles(model, vulling.cel)


def _timed(werk: Callable[[], Plan]) -> tuple[Plan, float, float]:
    wand, reken = time.monotonic(), time.process_time()
    plan = werk()
    return plan, time.monotonic() - wand, time.process_time() - reken


def _cpsat(inst_json: dict[str, object], seconden: float) -> tuple[Plan, dict[str, float]]:
    with tempfile.TemporaryDirectory() as map_:
        vraag, plan = Path(map_) / "vraag.json", Path(map_) / "plan.json"
        vraag.write_text(json.dumps(inst_json))
        uit = subprocess.run(
            [RUN, vraag, plan, str(seconden)], check=True, capture_output=True, text=True
        )
        return json.loads(plan.read_text())["toewijzing"], json.loads(uit.stdout)


def _row(naam: str, wie: str, inst: Instantie, plan: Plan, *tijd: object) -> None:
    o = judge(inst, plan)
    assert not o.gebroken, o.gebroken[:3]
    afwijking = "/".join(f"{e.afwijking:.2f}" for e in o.eerlijkheid.values())
    vol = [(t, inst.dienst[d]) for d, rollen in plan.items() for t in rollen.values() if t]
    raak = {
        soort: sum(any(dag in getattr(inst.tandarts[t], soort) for dag in d.dagen) for t, d in vol)
        for soort in ("liever_niet", "graag")
    }
    cellen = [naam, wie, *tijd, o.doel, o.onbezet, afwijking, raak["liever_niet"], raak["graag"]]
    print("| " + " | ".join(str(cel) for cel in cellen) + " |", flush=True)


def compare(inhoud: dict[str, object], seconden: float, cpsat: bool) -> None:
    """Print the rows of one instance."""
    inst = read_instance(inhoud)
    grootte = (len(inst.diensten), len(inst.praktijken), len(inst.tandartsen))
    naam = f"{inst.naam} ({', '.join(map(str, grootte))})"
    begin, reken = time.monotonic(), time.process_time()
    uitkomst = solve(inst, seconden=seconden)
    wand, reken = time.monotonic() - begin, time.process_time() - reken
    bewijs = "optimum" if uitkomst.optimaal else f"{100 * uitkomst.gap:.2f} %"
    _row(naam, "ours", inst, uitkomst.toewijzing, f"{wand:.1f}", f"{reken:.1f}", bewijs)
    for wie, maak in (("greedy", greedy), ("round robin", round_robin)):
        plan, wand, reken = _timed(lambda maak=maak: maak(inst))
        _row("", wie, inst, plan, f"{wand:.1f}", f"{reken:.1f}", "–")
    if cpsat:
        plan, uit = _cpsat(inhoud, seconden)
        doel = judge(inst, plan).doel
        gap = 100 * (doel - uit["ondergrens"]) / max(1, abs(doel))
        bewijs = "optimum" if uit["status"] == "OPTIMAL" else f"{gap:.0f} %"
        _row("", "CP-SAT", inst, plan, uit["seconden"], uit["rekentijd"], bewijs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bestanden", nargs="*", type=Path, help="instances; none: generate them")
    parser.add_argument("--soorten", default="dag,fijn,blok")
    parser.add_argument("--praktijken", default="10,20,40,80,150")
    parser.add_argument("--zaad", type=int, default=5)
    parser.add_argument("--seconden", type=float, default=60)
    parser.add_argument("--cpsat", action="store_true")
    keuze = parser.parse_args()
    last = "/".join(f"{getal:.1f}" for getal in os.getloadavg())
    print(f"{datetime.now(UTC):%d %B %Y, %H:%M} UTC, load {last}, limit {keuze.seconden:.0f} s\n")
    kop = ["instance (duties, practices, dentists)", "method", "s", "processor s", "gap", "doel"]
    kop += ["empty", "deviation " + "/".join(("weekday", "holiday", "weekend"))]
    kop += ["unwanted hit", "wished given"]
    print("| " + " | ".join(kop) + " |\n" + "|---" * len(kop) + "|")
    vragen = (json.loads(bestand.read_text()) for bestand in keuze.bestanden)
    if not keuze.bestanden:
        vragen = (
            generate(soort, int(praktijken), keuze.zaad)
            for soort in keuze.soorten.split(",")
            for praktijken in keuze.praktijken.split(",")
        )
    for inhoud in vragen:
        compare(inhoud, keuze.seconden, keuze.cpsat)
    print(f"\nload afterwards {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
