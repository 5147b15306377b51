"""Roster instances like the shared ones, from a seed: `dag`, `fijn` and `blok`, any size.

    python -m bench.rooster_instanties fijn 80 --zaad 7 --weken 53 > fijn-80.json

`dag`: one duty a day; `fijn`: two a day (evening and night, day and night in the weekend and on
holidays); `blok`: evenings, and the whole weekend in one duty. Practices have 1 to 6 dentists,
with part-time days, holidays, exemptions, wishes, and a balance of earlier years.
"""

import argparse
import json
import random
import sys
from collections import Counter
from datetime import date, timedelta
from typing import Any

EERSTE_DAG = date(2025, 12, 29)
ROLLEN = ("dienstdoende", "achterwacht")
FEESTDAGEN = {
    (12, 31), (1, 1), (4, 3), (4, 5), (4, 6), (4, 27), (5, 5), (5, 14), (5, 24), (5, 25),
    (12, 25), (12, 26),
}  # fmt: skip


def _duties(soort: str, dagen: list[date]) -> list[dict[str, Any]]:
    """Return the duties of the days, in order."""
    rij: list[tuple[date, date, str]] = []
    for dag in dagen:
        feest, weekdag = (dag.month, dag.day) in FEESTDAGEN, dag.weekday()
        cat = "feestdag" if feest else "weekend" if weekdag >= 5 else "doordeweeks"
        if soort == "blok" and not feest and weekdag >= 4:
            # Friday to Sunday is one duty, for as far as the days are there and no holiday.
            if weekdag == 4 or not (rij and rij[-1][1] == dag and rij[-1][2] == "weekend"):
                eind = dag
                while eind.weekday() < 6 and eind < dagen[-1]:
                    volgende = eind + timedelta(1)
                    if (volgende.month, volgende.day) in FEESTDAGEN:
                        break
                    eind = volgende
                if not rij or rij[-1][1] < dag:
                    rij.append((dag, eind, "weekend"))
            continue
        rij += [(dag, dag, cat)] * (2 if soort == "fijn" else 1)
    return [
        {
            "id": f"D{n:04}",
            "eerste_dag": a.isoformat(),
            "laatste_dag": b.isoformat(),
            "categorie": cat,
            "week": (a - dagen[0]).days // 7,
        }
        for n, (a, b, cat) in enumerate(rij)
    ]


def _absence(rng: random.Random, dagen: list[date], vrij: str | None, fte: float) -> set[date]:
    weg: set[date] = set()
    if rng.random() < 0.5:
        vaste_dag = rng.randrange(5)
        weg |= {d for d in dagen if d.weekday() == vaste_dag}
    for _ in range(max(1, len(dagen) // 120)):
        start, lengte = rng.randrange(len(dagen)), rng.choice((9, 9, 16))
        weg |= set(dagen[start : start + lengte])
    weg |= set(rng.sample(dagen, min(5, len(dagen))))
    if vrij == "leeftijd":
        return set(dagen)
    if vrij:
        start = rng.randrange(len(dagen))
        weg |= set(dagen[start : start + rng.choice((28, 112, 160))])
    return weg


def generate(
    soort: str, praktijken: int, zaad: int, weken: int = 53, rustdagen: int = 3
) -> dict[str, Any]:
    """Return one instance; the same arguments give the same instance."""
    rng = random.Random(f"{soort}-{praktijken}-{zaad}-{weken}")
    dagen = [EERSTE_DAG + timedelta(n) for n in range(7 * weken)]
    diensten = _duties(soort, dagen)
    per_cat = Counter(d["categorie"] for d in diensten)
    tandartsen, gewicht = [], {}
    for p in range(praktijken):
        naam, totaal = f"P{p:03}", 0.0
        for _ in range(rng.choices((1, 2, 3, 4, 5, 6), (32, 26, 20, 13, 4, 5))[0]):
            vrij = rng.choices((None, "leeftijd", "zwangerschap", "ziekte"), (87, 6, 4, 3))[0]
            fte = rng.choice((0.4, 0.5, 0.6, 0.8, 0.8, 1.0, 1.0))
            weg = _absence(rng, dagen, vrij, fte)
            deel = fte * (1 if vrij is None else 1 - len(weg) / len(dagen))
            vrije = [d for d in dagen if d not in weg]
            n, m = min(12 * weken // 53, len(vrije)), min(4 * weken // 53, len(vrije))
            wens = rng.sample(vrije, min(len(vrije), n + m))
            tandartsen.append({
                "id": f"T{len(tandartsen):03}", "praktijk": naam, "fte": fte, "streef": deel,
                "vrijgesteld": vrij, "afwezig": sorted(d.isoformat() for d in weg),
                "liever_niet": {d.isoformat(): rng.choice((1, 1, 2, 3)) for d in wens[:n]},
                "graag": {d.isoformat(): rng.choice((1, 1, 2)) for d in wens[n:]},
            })  # fmt: skip
            totaal += deel
        gewicht[naam] = totaal
    return {
        "formaat": "rooster-instantie/1",
        "naam": f"{soort}-{praktijken}-{zaad}-{weken}w",
        "eerste_dag": dagen[0].isoformat(),
        "dagen": len(dagen),
        "regels": {
            "rustdagen": rustdagen,
            "geen_aaneengesloten_weekenden": True,
            "plaatsen_per_dienst": 2,
            "plaatsen_uit_verschillende_praktijken": True,
        },
        "gewichten": {"onbezet": 1000, "buiten_band_praktijk": 200, "buiten_band_tandarts": 20},
        "diensten": diensten,
        "praktijken": _targets(rng, gewicht, per_cat, tandartsen),
        "tandartsen": tandartsen,
    }


def _targets(
    rng: random.Random,
    gewicht: dict[str, float],
    per_cat: Counter[str],
    tandartsen: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return the practices with targets by share and balance; set those of the dentists too."""
    streef: dict[str, dict[str, dict[str, float]]] = {p: {} for p in gewicht}
    for cat, aantal in per_cat.items():
        for rol in ROLLEN:
            eerlijk = {p: aantal * g / sum(gewicht.values()) for p, g in gewicht.items()}
            ruw = {
                p: max(0.0, t + rng.uniform(-0.6, 0.6)) if t else 0.0 for p, t in eerlijk.items()
            }
            som = sum(ruw.values())
            for p, t in ruw.items():
                streef[p].setdefault(cat, {})[rol] = round(aantal * t / som, 6)
    for t in tandartsen:
        if gewicht[t["praktijk"]]:
            totaal = sum(sum(rollen.values()) for rollen in streef[t["praktijk"]].values())
            t["streef"] = round(totaal * t["streef"] / gewicht[t["praktijk"]], 6)
    return [{"id": p, "streef": s} for p, s in streef.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("soort", choices=("dag", "fijn", "blok"))
    parser.add_argument("praktijken", type=int)
    parser.add_argument("--zaad", type=int, default=1)
    parser.add_argument("--weken", type=int, default=53)
    parser.add_argument("--rustdagen", type=int, default=3)
    json.dump(generate(**vars(parser.parse_args())), sys.stdout)


if __name__ == "__main__":
    main()
