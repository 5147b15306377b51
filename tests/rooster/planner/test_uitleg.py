from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rooster.planner.instantie import ROLLEN, Dienst, Instantie, Praktijk, Regels, Tandarts
from rooster.planner.stand import Belet, Regel
from rooster.planner.toetsing import judge
from rooster.planner.uitleg import Positie, explain
from tests.rooster.planner.klein import geldig, instantie_en_plan, met, met_pinnen


@settings(max_examples=60, deadline=None)
@given(instantie_en_plan(), st.data())
def test_every_explanation_is_what_the_judge_says_of_the_other_plan(geval, data):
    inst, plan = geval
    inst = data.draw(met_pinnen(inst, plan))
    dienst = data.draw(st.sampled_from(inst.diensten)).id
    rol = data.draw(st.sampled_from(ROLLEN))
    uitleg = explain(inst, plan, dienst, rol)
    nu = judge(inst, plan)
    assert {k.tandarts for k in uitleg.kandidaten} == set(inst.tandarts)
    for k in uitleg.kandidaten:
        anders = met(plan, dienst, rol, k.tandarts)
        dan = judge(inst, anders)
        verwacht = (
            Positie.GEKOZEN
            if k.tandarts == plan[dienst][rol]
            else Positie.AFGEWOGEN
            if geldig(inst, anders)
            else Positie.UITGESLOTEN
        )
        assert k.positie == verwacht
        assert bool(k.belet) == (k.positie == Positie.UITGESLOTEN)
        if k.positie == Positie.GEKOZEN:
            dan = judge(inst, met(plan, dienst, rol, None))
        else:
            assert k.verschil == (
                dan.onbezet - nu.onbezet,
                dan.buiten_praktijk - nu.buiten_praktijk,
                dan.buiten_tandarts - nu.buiten_tandarts,
                dan.wensen - nu.wensen,
                dan.doel - nu.doel,
            )
        for b in k.balans:
            assert (b.nu, b.dan) == (_tel(inst, nu, plan, b), _tel(inst, dan, anders, b, k))
    doelen = [k.verschil.doel for k in uitleg.kandidaten if k.positie == Positie.AFGEWOGEN]
    assert doelen == sorted(doelen)


def _tel(inst, oordeel, plan, balans, kandidaat=None):
    if balans.categorie:
        rollen = [oordeel.aantallen.get((balans.wie, balans.categorie, r), 0) for r in ROLLEN]
        return sum(rollen)
    if kandidaat and kandidaat.positie == Positie.GEKOZEN:
        return _tel(inst, oordeel, plan, balans) - 1
    return sum(wie == balans.wie for rij in plan.values() for wie in rij.values())


def _inst():
    """Two weekends and the Monday after; A and B are colleagues, C and D work alone."""
    diensten = (
        Dienst("za1", date(2026, 1, 10), date(2026, 1, 10), "weekend", 0),
        Dienst("ma", date(2026, 1, 12), date(2026, 1, 12), "doordeweeks", 1),
        Dienst("za2", date(2026, 1, 17), date(2026, 1, 17), "weekend", 1),
    )
    streef = {"weekend": dict.fromkeys(ROLLEN, 2 / 3), "doordeweeks": dict.fromkeys(ROLLEN, 1 / 3)}
    praktijken = tuple(Praktijk(p, streef) for p in ("ab", "c", "d"))
    tandartsen = (
        Tandarts("A", "ab", 1.0),
        Tandarts("B", "ab", 1.0),
        Tandarts("C", "c", 2.0),
        Tandarts(
            "D",
            "d",
            2.0,
            afwezig=frozenset({date(2026, 1, 17)}),
            reden={date(2026, 1, 17): "geblokkeerd"},
        ),
    )
    return Instantie("drie", diensten, praktijken, tandartsen, Regels(rustdagen=1))


PLAN = {
    "za1": {"dienstdoende": "C", "achterwacht": "D"},
    "ma": {"dienstdoende": "D", "achterwacht": None},
    "za2": {"dienstdoende": "A", "achterwacht": None},
}


def _belet(uitleg):
    return {k.tandarts: k.belet for k in uitleg.kandidaten}


def test_each_hard_rule_names_the_day_or_duty_that_does_it():
    inst = replace(_inst(), regels=Regels(rustdagen=4))
    assert _belet(explain(inst, PLAN, "za2", "achterwacht")) == {
        "A": (Belet(Regel.ZELFDE_DIENST, dienst="za2", tandarts="A"),),
        "B": (Belet(Regel.ZELFDE_PRAKTIJK, dienst="za2", tandarts="A"),),
        "C": (Belet(Regel.WEEKEND, dienst="za1"),),
        "D": (
            Belet(Regel.AFWEZIG, dag="2026-01-17", reden="geblokkeerd"),
            Belet(Regel.WEEKEND, dienst="za1"),
        ),
    }
    assert _belet(explain(inst, PLAN, "ma", "achterwacht"))["C"] == (
        Belet(Regel.RUST, dienst="za1"),
    )


def test_a_pinned_place_excludes_everybody_else():
    inst = replace(_inst(), vast={"ma": {"dienstdoende": "D"}})
    uitleg = explain(inst, PLAN, "ma", "dienstdoende")
    assert all(
        Belet(Regel.VAST, dienst="ma", tandarts="D") in k.belet for k in uitleg.kandidaten[1:]
    )


def test_the_chosen_one_comes_first_and_the_balance_says_what_changes():
    uitleg = explain(_inst(), PLAN, "za2", "dienstdoende")
    eerste, tweede, derde, vierde = uitleg.kandidaten
    assert (eerste.tandarts, eerste.positie) == ("A", Positie.GEKOZEN)
    # B is a colleague of A: the practice keeps its number; both stay within their share ± 1.
    assert (tweede.tandarts, tweede.verschil.doel) == ("B", 0)
    assert [(b.wie, b.nu, b.dan) for b in tweede.balans] == [("B", 0, 1), ("ab", 1, 1), ("A", 1, 0)]
    assert [k.positie for k in (derde, vierde)] == [Positie.UITGESLOTEN] * 2
