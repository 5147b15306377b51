"""What everybody owes: by fte, with exemptions on the practice or on all, and older balances."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooster.kader.aandelen import Inzetregel, Vrijstelregel, shares

JAAR = (date(2027, 1, 1), date(2027, 12, 31))
AANTALLEN = {"doordeweeks": 250, "weekend": 100, "feestdag": 15}


def divide(inzet, vrij=(), saldi=None, aantallen=AANTALLEN, dagen=JAAR):
    return shares(inzet, vrij, saldi or {}, aantallen, dagen)


def both(aandelen, praktijk, categorie="weekend"):
    return sum(aandelen.streef[praktijk][categorie].values())


DRIE = [
    Inzetregel("a1", "A", 1.0),
    Inzetregel("b1", "B", 0.6),
    Inzetregel("b2", "B", 0.4),
    Inzetregel("c1", "C", 0.5),
]


def test_a_practice_owes_by_the_fte_of_its_dentists_in_both_roles():
    found = divide(DRIE)
    assert found.streef["A"]["weekend"] == {"dienstdoende": 40.0, "achterwacht": 40.0}
    assert found.streef["C"]["feestdag"] == {"dienstdoende": 3.0, "achterwacht": 3.0}
    assert found.per_tandarts["b1", "B"] == pytest.approx(0.6 * 2 * 365 / 2.5)
    assert found.zonder == ()


def test_a_dentist_who_does_not_serve_leaves_the_duties_to_colleagues():
    rows = [*DRIE[:3], Inzetregel("c1", "C", 0.5), Inzetregel("c2", "C", 0.5, doet_dienst=False)]
    found = divide(rows)
    assert both(found, "C") == pytest.approx(200 / 3)
    assert found.per_tandarts["c2", "C"] == 0
    assert found.per_tandarts["c1", "C"] == pytest.approx(730 / 3)


def test_a_dentist_at_two_practices_has_a_share_at_each():
    found = divide([*DRIE, Inzetregel("a1", "C", 0.5)])
    assert found.per_tandarts["a1", "A"] == pytest.approx(730 / 3)
    assert found.per_tandarts["a1", "C"] == pytest.approx(730 / 6)


def test_an_exemption_on_the_practice_shifts_to_its_colleagues_only():
    found = divide(DRIE, [Vrijstelregel("b1", 100, "praktijk")])
    assert both(found, "B") == both(divide(DRIE), "B")
    assert found.per_tandarts["b1", "B"] == 0
    assert found.per_tandarts["b2", "B"] == pytest.approx(292)


def test_an_exemption_on_all_is_carried_by_every_practice():
    found = divide(DRIE, [Vrijstelregel("b1", 50, "kring")])
    assert both(found, "B") == pytest.approx(200 * 0.7 / 2.2)
    assert both(found, "A") == pytest.approx(200 / 2.2)
    assert found.per_tandarts["b1", "B"] == pytest.approx(730 * 0.3 / 2.2)


def test_half_a_year_counts_for_its_days():
    half = Vrijstelregel("c1", 100, "kring", date(2027, 7, 1), date(2030, 1, 1))
    leaves = Inzetregel("c1", "C", 0.5, tot=date(2027, 6, 30))
    assert divide(DRIE, [half]).gewicht["C"] == pytest.approx(0.5 * 181 / 365)
    assert divide([*DRIE[:3], leaves]).gewicht["C"] == pytest.approx(0.5 * 181 / 365)


def test_exemptions_on_one_day_are_together_no_more_than_whole():
    two = [Vrijstelregel("c1", 80, "kring"), Vrijstelregel("c1", 80, "praktijk")]
    found = divide(DRIE, two)
    assert found.gewicht["C"] == pytest.approx(0.1)
    assert found.zonder == ("C",)


def test_a_balance_of_before_comes_off_and_on():
    found = divide(DRIE, saldi={("A", "weekend"): 3, ("B", "weekend"): -3})
    assert both(found, "A") == pytest.approx(77)
    assert both(found, "B") == pytest.approx(83)
    assert both(found, "A", "feestdag") == pytest.approx(12)


def test_who_did_far_too_much_owes_nothing_and_the_others_divide_the_rest():
    found = divide(DRIE, saldi={("A", "weekend"): 500})
    assert both(found, "A") == 0
    assert both(found, "B") == pytest.approx(200 / 1.5)
    assert both(found, "C") == pytest.approx(100 / 1.5)


def test_a_practice_without_anybody_who_serves_is_named():
    found = divide([*DRIE, Inzetregel("d1", "D", 1.0, doet_dienst=False)])
    assert found.zonder == ("D",)
    assert both(found, "D") > 0


def test_nobody_owes_anything_when_there_is_nobody():
    assert divide([]).streef == {}
    assert divide([Inzetregel("a", "A", 1.0, tot=date(2026, 1, 1))]).gewicht == {"A": 0.0}


fractions = st.decimals(min_value="0.05", max_value="2", places=2).map(float)


@given(
    rows=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), fractions), min_size=1),
    saldi=st.dictionaries(st.integers(0, 4), st.integers(-20, 20)),
    vrij=st.lists(
        st.tuples(st.integers(0, 9), st.integers(1, 100), st.sampled_from(["praktijk", "kring"]))
    ),
    aantal=st.integers(0, 300),
)
def test_the_targets_always_add_up_to_the_places(rows, saldi, vrij, aantal):
    inzet = [Inzetregel(t, p, fte) for t, p, fte in rows]
    found = divide(
        inzet,
        [Vrijstelregel(*row) for row in vrij],
        {(p, "weekend"): saldo for p, saldo in saldi.items()},
        {"weekend": aantal},
    )
    targets = [both(found, praktijk) for praktijk in found.streef]
    assert all(target >= 0 for target in targets)
    if any(found.gewicht.values()):
        assert sum(targets) == pytest.approx(2 * aantal)
    carried = sum(both(found, p) for p in found.streef if p not in found.zonder)
    assert sum(found.per_tandarts.values()) == pytest.approx(carried)
