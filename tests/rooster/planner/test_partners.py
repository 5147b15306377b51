from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooster.planner.instantie import ROLLEN, Dienst, Instantie, Praktijk, Regels, Tandarts
from rooster.planner.partners import partners
from tests.rooster.planner.klein import geldig, instantie_en_plan, met, met_pinnen

VROEG = date(2020, 1, 1)


@settings(max_examples=60, deadline=None)
@given(instantie_en_plan(), st.data())
def test_partners_are_exactly_those_who_keep_every_hard_rule(geval, data):
    inst, plan = geval
    dienst = data.draw(st.sampled_from(inst.diensten)).id
    rol = data.draw(st.sampled_from(ROLLEN))
    gepind = data.draw(met_pinnen(inst, plan))
    antwoord = partners(gepind, plan, dienst, rol, vandaag=VROEG)
    houder = plan[dienst][rol]
    anderen = [t.id for t in inst.tandartsen if t.id != houder]
    assert {o.tandarts for o in antwoord.overnames} == {
        t for t in anderen if geldig(inst, met(plan, dienst, rol, t))
    }
    ruilen = set()
    for eigen, rij in plan.items():
        for eigen_rol, wie in rij.items():
            if houder is None or wie in (None, houder):
                continue
            geruild = met(met(plan, dienst, rol, wie), eigen, eigen_rol, houder)
            if geldig(inst, geruild):
                ruilen.add((wie, eigen, eigen_rol))
    assert {(r.tandarts, r.dienst, r.rol) for r in antwoord.ruilen} == ruilen
    assert len(antwoord.ruilen) == len(ruilen)


@pytest.fixture
def inst():
    """Three weeks with a duty each Wednesday; three practices of one dentist."""
    dagen = [date(2026, 1, 7) + timedelta(7 * n) for n in range(3)]
    diensten = tuple(Dienst(f"D{n}", d, d, "doordeweeks", n) for n, d in enumerate(dagen))
    praktijken = tuple(
        Praktijk(f"P{n}", {"doordeweeks": dict.fromkeys(ROLLEN, 1.0)}) for n in range(3)
    )
    tandartsen = tuple(Tandarts(w, f"P{n}", 2.0) for n, w in enumerate("ABC"))
    return Instantie("drie", diensten, praktijken, tandartsen, Regels(rustdagen=1))


PLAN = {
    "D0": {"dienstdoende": "A", "achterwacht": "B"},
    "D1": {"dienstdoende": "A", "achterwacht": "B"},
    "D2": {"dienstdoende": "A", "achterwacht": None},
}


def test_the_one_furthest_below_the_share_comes_first(inst):
    vierde = Tandarts("D", "P2", 2.5)
    inst = replace(inst, tandartsen=(*inst.tandartsen, vierde))
    antwoord = partners(inst, PLAN, "D0", "dienstdoende", vandaag=VROEG)
    assert [(o.tandarts, o.tekort) for o in antwoord.overnames] == [("D", 2.5), ("C", 2.0)]


def test_the_other_place_of_the_duty_can_only_change_roles(inst):
    antwoord = partners(inst, PLAN, "D0", "dienstdoende", vandaag=VROEG)
    assert [(r.tandarts, r.dienst, r.rol) for r in antwoord.ruilen] == [("B", "D0", "achterwacht")]


def test_duties_before_today_take_no_part(inst):
    plan = PLAN | {"D2": {"dienstdoende": "C", "achterwacht": None}}
    vandaag = date(2026, 1, 14)
    antwoord = partners(inst, plan, "D2", "dienstdoende", vandaag=vandaag)
    assert [(r.tandarts, r.dienst) for r in antwoord.ruilen] == [("A", "D1"), ("B", "D1")]
    voorbij = partners(inst, plan, "D0", "dienstdoende", vandaag=vandaag)
    assert (voorbij.overnames, voorbij.ruilen) == ((), ())


def test_an_empty_place_is_taken_over_and_not_swapped(inst):
    antwoord = partners(inst, PLAN, "D2", "achterwacht", vandaag=VROEG)
    assert {o.tandarts for o in antwoord.overnames} == {"B", "C"}
    assert antwoord.ruilen == ()


def test_an_unknown_place_is_a_key_error(inst):
    with pytest.raises(KeyError):
        partners(inst, PLAN, "D9", "dienstdoende", vandaag=VROEG)
