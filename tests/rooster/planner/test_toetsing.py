"""Our judgement of a plan beside that of the shared checker; and the roles beside brute force."""

from collections import Counter
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooster.planner import Instantie, InstantieFout, judge, read_instance
from rooster.planner.instantie import ROLLEN
from rooster.planner.model import Model, Vulling
from rooster.planner.rollen import MACHT, with_roles
from rooster.planner.toetsing import bottleneck
from tests.rooster.planner import kringen
from tests.rooster.planner.kringen import instances, with_checker, with_plans


@with_checker
@settings(max_examples=150, deadline=None)
@given(with_plans())
def test_the_judgement_is_that_of_the_checker(
    geval: tuple[dict[str, Any], dict[str, dict[str, str | None]]],
) -> None:
    inhoud, plan = geval
    try:
        inst = read_instance(inhoud)
    except InstantieFout:
        with pytest.raises(ValueError, match="no apportionment"):
            kringen.checker().check(inhoud, {"toewijzing": plan})
        return
    gebroken, uitslag = kringen.checker().check(inhoud, {"toewijzing": plan})
    oordeel = judge(inst, plan)
    # The same dentist in both places is one sentence more in the checker's count of practices.
    assert len([b for b in oordeel.gebroken if b.regel != "zelfde_persoon"]) == len(gebroken)
    assert {
        "doel": oordeel.doel,
        "onbezet": oordeel.onbezet,
        "buiten_band_praktijk": oordeel.buiten_praktijk,
        "buiten_band_tandarts": oordeel.buiten_tandarts,
        "wensen": oordeel.wensen,
        "eerlijkheid": {cat: vars(e) for cat, e in oordeel.eerlijkheid.items()},
    } == uitslag


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6))
def test_the_bands_of_an_apportionment_hold_the_places(tienden: list[int]) -> None:
    streven = [t / 10 for t in tienden]
    plaatsen = round(sum(streven))
    grens, banden = bottleneck(plaatsen, streven)
    assert sum(laag for laag, _ in banden) <= plaatsen <= sum(hoog for _, hoog in banden)
    assert grens <= 1


def test_targets_far_from_the_places_have_no_apportionment() -> None:
    with pytest.raises(ValueError, match="no apportionment"):
        bottleneck(10, [1.0, 1.0])


@settings(max_examples=60, deadline=None)
@given(instances(diensten=6, tandartsen=5), st.randoms(use_true_random=False))
def test_no_choice_of_roles_is_fairer(inst: Instantie, toeval: Any) -> None:
    model = Model(inst)
    vulling = Vulling(model)
    for d in range(model.aantal_d):
        for t in toeval.sample(range(model.aantal_t), model.aantal_t):
            if vulling.candidates(d)[t]:
                vulling.place(t, d)
    plan = with_roles(model, vulling.cel)
    assert not judge(inst, plan).gebroken
    paren = [tuple(rollen.values()) for rollen in plan.values()]

    def cost(keuze: tuple[bool, ...]) -> float:
        telling: Counter[tuple[str, str, str]] = Counter()
        for om, dienst, paar in zip(keuze, plan, paren, strict=True):
            for rol, wie in zip(ROLLEN, paar[::-1] if om else paar, strict=True):
                if wie is not None:
                    telling[inst.tandarts[wie].praktijk, inst.dienst[dienst].categorie, rol] += 1
        return sum(
            abs(telling[p.id, cat, rol] - p.streef[cat][rol]) ** MACHT
            for p in inst.praktijken
            for cat in inst.categorieen
            for rol in ROLLEN
        )

    beste = min(cost(keuze) for keuze in product((False, True), repeat=len(paren)))
    assert cost((False,) * len(paren)) == pytest.approx(beste)
