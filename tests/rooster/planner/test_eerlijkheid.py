import pytest
from hypothesis import given, settings

from rooster.planner.eerlijkheid import Roldeel, fairness
from rooster.planner.instantie import ROLLEN
from rooster.planner.toetsing import judge
from tests.rooster.planner.klein import instantie_en_plan
from tests.rooster.planner.test_uitleg import PLAN, _inst


@settings(max_examples=30, deadline=None)
@given(instantie_en_plan())
def test_the_picture_is_what_the_judge_says(geval):
    inst, plan = geval
    beeld, oordeel = fairness(inst, plan), judge(inst, plan)
    assert {(p.praktijk, p.categorie): p.buiten for p in beeld.praktijken if p.buiten} == (
        oordeel.per_praktijk
    )
    assert {t.tandarts: t.buiten for t in beeld.tandartsen if t.buiten} == oordeel.per_tandarts
    for cat, eerlijk in oordeel.eerlijkheid.items():
        assert beeld.grootste[cat] == pytest.approx(eerlijk.afwijking, abs=6e-4)
        assert beeld.ondergrens[cat] == pytest.approx(eerlijk.ondergrens, abs=6e-4)
        delen = [p for p in beeld.praktijken if p.categorie == cat]
        per_rol = max(abs(r.aantal - r.streef) for p in delen for r in p.rollen)
        assert per_rol == pytest.approx(eerlijk.per_rol, abs=6e-4)
        assert sum(p.aantal for p in delen) == sum(r.aantal for p in delen for r in p.rollen)
    bezet = sum(wie is not None for rij in plan.values() for wie in rij.values())
    assert sum(t.aantal for t in beeld.tandartsen) == bezet
    assert all(sum(t.per_categorie.values()) == t.aantal for t in beeld.tandartsen)


def test_roles_and_carry_over_stand_beside_the_target():
    beeld = fairness(_inst(), PLAN, meegenomen={("c", "weekend"): -0.5})
    (deel,) = (p for p in beeld.praktijken if (p.praktijk, p.categorie) == ("c", "weekend"))
    assert (deel.aantal, deel.meegenomen) == (1, -0.5)
    assert deel.afwijking == pytest.approx(1 - 4 / 3)
    assert deel.rollen == (
        Roldeel(ROLLEN[0], 2 / 3, 1),
        Roldeel(ROLLEN[1], 2 / 3, 0),
    )
    alleen = {t.tandarts for t in beeld.tandartsen if t.band is None}
    assert alleen == {"C", "D"}
