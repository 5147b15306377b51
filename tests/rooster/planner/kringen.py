"""Small random kringen for the property tests, and the shared checker to hold against ours."""

import importlib.util
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from rooster.planner import Instantie, InstantieFout, judge, read_instance
from rooster.planner.instantie import ROLLEN

EISEN = Path(__file__).resolve().parents[4] / "shared"
ROOSTERS = EISEN / "rooster"
OPEN = ("blok-10", "dag-20", "dag-40", "fijn-40-half")

# A checkout alone has no requirements beside it. Where they are, a file that was moved is a fault.
with_checker = pytest.mark.skipif(not EISEN.is_dir(), reason=f"NOT FOUND: {EISEN}")

MAANDAG = date(2026, 3, 2)
CATEGORIEEN = ("weekend", "weekend", "doordeweeks", "feestdag")


def checker() -> Any:
    """Return the shared checker, an independent program, as a module."""
    if "controle" not in sys.modules:
        spec = importlib.util.spec_from_file_location("controle", ROOSTERS / "controle.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["controle"] = module
        spec.loader.exec_module(module)
    return sys.modules["controle"]


@st.composite
def raw_instances(
    draw: st.DrawFn, diensten: int = 3, tandartsen: int = 4, eigen: bool = False
) -> dict[str, Any]:
    """Draw the data of an instance file; with `eigen` also persons at two practices and pins."""
    whole = st.integers
    duties = []
    for n in range(draw(whole(1, diensten))):
        start = draw(whole(0, 9))
        lengte = draw(st.sampled_from((0, 0, 0, 1, 2)))
        duties.append({
            "id": f"D{n}",
            "eerste_dag": (MAANDAG + timedelta(start)).isoformat(),
            "laatste_dag": (MAANDAG + timedelta(start + lengte)).isoformat(),
            "categorie": draw(st.sampled_from(CATEGORIEEN)),
            "week": start // 7,
        })  # fmt: skip
    praktijken = [f"P{n}" for n in range(draw(whole(1, 3)))]
    dagen = [(MAANDAG + timedelta(n)).isoformat() for n in range(12)]
    gewicht = st.dictionaries(st.sampled_from(dagen), whole(0, 3), max_size=4)
    rijen = []
    for n in range(draw(whole(1, tandartsen))):
        rij = {
            "id": f"T{n}",
            "praktijk": draw(st.sampled_from(praktijken)),
            "fte": 0.8,
            "streef": draw(whole(0, 40)) / 10,
            "vrijgesteld": None,
            "afwezig": sorted(draw(st.sets(st.sampled_from(dagen), max_size=4))),
            "liever_niet": draw(gewicht),
            "graag": draw(gewicht),
        }
        if eigen and n and draw(st.booleans()):
            rij["persoon"] = "T0"
        rijen.append(rij)
    inhoud: dict[str, Any] = {
        "formaat": "rooster-instantie/1",
        "naam": "klein",
        "regels": {
            "rustdagen": draw(whole(0, 3)),
            "geen_aaneengesloten_weekenden": draw(st.booleans()),
            "plaatsen_per_dienst": 2,
            "plaatsen_uit_verschillende_praktijken": draw(st.booleans()),
        },
        "gewichten": draw(
            st.sampled_from(
                (
                    {"onbezet": 1000, "buiten_band_praktijk": 200, "buiten_band_tandarts": 20},
                    {"onbezet": 3, "buiten_band_praktijk": 2, "buiten_band_tandarts": 1},
                )
            )
        ),
        "diensten": duties,
        "praktijken": _targets(draw, praktijken, Counter(d["categorie"] for d in duties)),
        "tandartsen": rijen,
    }
    if eigen:
        inhoud["vast"] = draw(
            st.dictionaries(
                st.sampled_from([d["id"] for d in duties]),
                st.dictionaries(
                    st.sampled_from(ROLLEN), st.sampled_from([t["id"] for t in rijen]), min_size=1
                ),
                max_size=2,
            )
        )
    return inhoud


def _targets(draw: st.DrawFn, praktijken: list[str], per_cat: Counter[str]) -> list[dict[str, Any]]:
    streef: dict[str, dict[str, dict[str, float]]] = {p: {} for p in praktijken}
    for cat, aantal in per_cat.items():
        for rol in ROLLEN:
            delen = [draw(st.integers(0, 10)) for _ in praktijken]
            som = sum(delen) or len(delen)
            for p, deel in zip(praktijken, delen, strict=True):
                eerlijk = deel if sum(delen) else 1
                streef[p].setdefault(cat, {})[rol] = round(aantal * eerlijk / som, 6)
    return [{"id": p, "streef": s} for p, s in streef.items()]


@st.composite
def instances(draw: st.DrawFn, **grootte: Any) -> Instantie:
    """Draw an instance that can be planned."""
    try:
        return read_instance(draw(raw_instances(**grootte)))
    except InstantieFout:
        assume(False)
        raise


@st.composite
def with_plans(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, dict[str, str | None]]]:
    """Draw an instance file with any plan, good or bad."""
    inhoud = draw(raw_instances(diensten=5))
    wie = st.none() | st.sampled_from([t["id"] for t in inhoud["tandartsen"]])
    plan: dict[str, dict[str, str | None]] = {
        d["id"]: {rol: draw(wie) for rol in ROLLEN} for d in inhoud["diensten"]
    }
    return inhoud, plan


def best_by_trying(inst: Instantie) -> int:
    """Return the lowest goal of all plans without a broken rule, by trying them all."""
    wie = [t.id for t in inst.tandartsen]
    paren = [(a, b) for a, b in combinations([*wie, None], 2)] + [(None, None)]
    paren += [(b, a) for a, b in paren if a != b] if inst.vast else []
    beste: list[int] = []

    def try_all(n: int, plan: dict[str, dict[str, str | None]]) -> None:
        if n == len(inst.diensten):
            oordeel = judge(inst, plan)
            if not oordeel.gebroken:
                beste.append(oordeel.doel)
            return
        dienst = inst.diensten[n].id
        for a, b in paren:
            vast = inst.vast.get(dienst, {})
            if vast.get(ROLLEN[0], a) == a and vast.get(ROLLEN[1], b) == b:
                try_all(n + 1, {**plan, dienst: {ROLLEN[0]: a, ROLLEN[1]: b}})

    try_all(0, {})
    return min(beste)
