"""The planner: never a broken rule, the goal of the shared checker, the optimum of brute force."""

import json
import time
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.rooster_instanties import generate
from rooster.planner import Instantie, InstantieFout, judge, read_instance, to_json
from rooster.planner.buurt import improve, relaxed_bound
from rooster.planner.greedy import greedy
from rooster.planner.klok import Klok, Voortgang
from rooster.planner.model import Model, Vulling
from rooster.planner.oplossen import plan_json, solve
from rooster.planner.rollen import with_roles
from tests.rooster.planner import kringen
from tests.rooster.planner.kringen import instances, with_checker

few = settings(max_examples=40, deadline=None)


@few
@given(instances())
def test_the_optimum_equals_brute_force(inst: Instantie) -> None:
    uitkomst = solve(inst, seconden=20)
    assert not uitkomst.oordeel.gebroken
    assert uitkomst.doel == uitkomst.ondergrens == kringen.best_by_trying(inst)


@few
@given(instances(eigen=True))
def test_the_optimum_with_pins_and_persons_equals_brute_force(inst: Instantie) -> None:
    uitkomst = solve(inst, seconden=20)
    assert not uitkomst.oordeel.gebroken
    assert uitkomst.doel == uitkomst.ondergrens == kringen.best_by_trying(inst)


@few
@given(instances(eigen=True))
def test_a_neighbourhood_of_everything_is_the_optimum_too(inst: Instantie) -> None:
    model, klok = Model(inst), Klok(20, None)
    antwoord = improve(Vulling(model), model.vrij, klok, 20)
    oordeel = judge(inst, with_roles(model, antwoord.cel))
    beste = kringen.best_by_trying(inst)
    assert not oordeel.gebroken
    assert oordeel.doel == beste == pytest.approx(antwoord.ondergrens, abs=1)
    grens = relaxed_bound(model, klok, 20)
    assert grens is None or grens.heel <= beste


@with_checker
@few
@given(instances(diensten=8, tandartsen=6))
def test_the_checker_agrees_with_every_plan(inst: Instantie) -> None:
    inhoud = json.loads(json.dumps(to_json(inst)))
    for toewijzing in (greedy(inst), solve(inst, seconden=20).toewijzing):
        gebroken, uitslag = kringen.checker().check(inhoud, {"toewijzing": toewijzing})
        assert not gebroken
        assert uitslag["doel"] == judge(inst, toewijzing).doel


@with_checker
@pytest.mark.traag
@pytest.mark.parametrize("naam", kringen.OPEN)
def test_an_open_instance_is_solved_to_its_proved_optimum(naam: str) -> None:
    inhoud = json.loads((kringen.ROOSTERS / f"{naam}.json").read_text())
    uitkomst = solve(read_instance(inhoud), seconden=30)
    plan = json.loads(json.dumps(plan_json(read_instance(inhoud), uitkomst)))
    gebroken, uitslag = kringen.checker().check(inhoud, plan)
    assert not gebroken
    assert uitslag["doel"] == inhoud["referentie"]["beste_bekend"] == uitkomst.ondergrens
    assert plan["bewijs"]["optimaal"]
    assert uitslag["eerlijkheid"] == plan["bewijs"]["eerlijkheid"]


def _year(praktijken: int = 10, weken: int = 8, **meer: Any) -> Instantie:
    return read_instance(generate("dag", praktijken, 3, weken, **meer))


def test_the_same_instance_gives_the_same_plan() -> None:
    assert solve(_year()).toewijzing == solve(_year()).toewijzing


def test_pins_stay_where_they_are() -> None:
    inst = _year()
    los = solve(inst).toewijzing
    # Pin people on places they did not have, as far apart as rest asks for.
    diensten = inst.diensten[::11]
    wie = [next(t for t in inst.tandartsen if t.vrij(d)) for d in diensten]
    vast = {d.id: {"achterwacht": t.id} for d, t in zip(diensten, wie, strict=True)}
    met = solve(read_instance({**json.loads(json.dumps(to_json(inst))), "vast": vast}))
    assert {d: met.toewijzing[d]["achterwacht"] for d in vast} == {
        d: rollen["achterwacht"] for d, rollen in vast.items()
    }
    assert any(los[d]["achterwacht"] != rollen["achterwacht"] for d, rollen in vast.items())
    assert met.optimaal


def test_a_pin_against_a_hard_rule_is_refused() -> None:
    inhoud = json.loads(json.dumps(to_json(_year())))
    tandarts = next(t for t in inhoud["tandartsen"] if t["afwezig"])
    dienst = next(d for d in inhoud["diensten"] if d["eerste_dag"] in tandarts["afwezig"])
    inhoud["vast"] = {dienst["id"]: {"dienstdoende": tandarts["id"]}}
    with pytest.raises(
        InstantieFout, match=rf"{tandarts['id']} is afwezig op {dienst['eerste_dag']}"
    ):
        read_instance(inhoud)


def test_one_person_at_two_practices_rests_over_both() -> None:
    inst = _year(praktijken=4)
    inhoud = json.loads(json.dumps(to_json(inst)))
    een, ander = inhoud["tandartsen"][0], inhoud["tandartsen"][-1]
    assert een["praktijk"] != ander["praktijk"]
    ander["persoon"] = een["id"]
    samen = read_instance(inhoud)
    uitkomst = solve(samen, seconden=5)
    dagen = sorted(
        date.fromisoformat(d["eerste_dag"])
        for d in inhoud["diensten"]
        if {een["id"], ander["id"]} & set(uitkomst.toewijzing[d["id"]].values())
    )
    assert len(dagen) > 2
    assert all(b - a > timedelta(3) for a, b in pairwise(dagen))


def test_a_cancelled_solve_returns_the_best_so_far() -> None:
    berichten: list[Voortgang] = []

    def listen(stand: Voortgang) -> bool:
        berichten.append(stand)
        return stand.fase == "vlug"

    inst = _year()
    uitkomst = solve(inst, voortgang=listen)
    assert uitkomst.afgebroken
    assert [bericht.fase for bericht in berichten] == ["vlug", "grens"]
    assert uitkomst.toewijzing == berichten[-1].toewijzing == greedy(inst)
    assert not uitkomst.oordeel.gebroken
    assert uitkomst.ondergrens <= uitkomst.doel


def test_the_reports_lead_to_the_outcome() -> None:
    berichten: list[Voortgang] = []
    uitkomst = solve(_year(), voortgang=lambda stand: berichten.append(stand) is None)
    doelen = [bericht.doel for bericht in berichten if bericht.doel is not None]
    grenzen = [bericht.ondergrens for bericht in berichten if bericht.ondergrens is not None]
    assert doelen == sorted(doelen, reverse=True)
    assert grenzen == sorted(grenzen)
    assert (berichten[-1].fase, doelen[-1], grenzen[-1]) == ("klaar", uitkomst.doel, uitkomst.doel)


@pytest.mark.traag
def test_a_kring_that_asks_too_much_ends_in_time_with_an_honest_bound() -> None:
    inst = read_instance(generate("fijn", 4, 3, 10))
    begin = time.monotonic()
    uitkomst = solve(inst, seconden=2)
    assert time.monotonic() - begin < 5  # the machine may be busy
    assert not uitkomst.oordeel.gebroken
    assert uitkomst.oordeel.onbezet > 0
    assert uitkomst.ondergrens <= uitkomst.doel <= judge(inst, greedy(inst)).doel


@few
@given(instances(diensten=6, tandartsen=6, eigen=True), st.integers(1, 20))
def test_cancelling_anywhere_leaves_a_good_plan(inst: Instantie, na: int) -> None:
    gehoord = []

    def listen(stand: Voortgang) -> bool:
        gehoord.append(stand)
        return len(gehoord) < na

    uitkomst = solve(inst, seconden=20, voortgang=listen)
    assert not uitkomst.oordeel.gebroken
    assert uitkomst.ondergrens <= uitkomst.doel
