"""The law: terms, fees, ages and twenty years, at their edges. Pure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rechten import regels

DAGEN = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("ontvangen", "verlengd", "einde"),
    [
        (date(2026, 11, 23), False, date(2026, 12, 23)),
        (date(2026, 1, 31), False, date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2026, 11, 25), False, date(2026, 12, 28)),  # Christmas Day, Boxing Day, Sunday
        (date(2026, 11, 23), True, date(2027, 2, 23)),
        (date(2027, 11, 30), True, date(2028, 2, 29)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_next_working_day(ontvangen, verlengd, einde):
    vrij = {date(2026, 12, 25), date(2026, 12, 26)}
    found = regels.term_of(ontvangen, verlengd=verlengd, is_vrij=vrij.__contains__)
    assert found == einde


@given(DAGEN)
def test_a_term_is_never_shorter_than_the_law_says(dag):
    end = regels.term_of(dag, verlengd=False)
    assert end >= regels.add_months(dag, 1)
    assert end.weekday() < 5
    assert end - regels.add_months(dag, 1) <= timedelta(days=2)
    assert regels.term_of(dag, verlengd=True) > end


@given(DAGEN, st.integers(-600, 600))
def test_months_keep_the_day_where_it_exists(dag, maanden):
    later = regels.add_months(dag, maanden)
    assert (later.year - dag.year) * 12 + later.month - dag.month == maanden
    assert later.day == dag.day or (later + timedelta(days=1)).day == 1 < dag.day


@pytest.mark.parametrize(
    ("nu", "eerder", "bedrag"),
    [
        (["a"], [], 0),
        (["a"], ["a"], 500),
        (["a", "b"], ["a"], 0),
        (["a"], ["a", "b"], 500),
        ([], ["a"], 0),
    ],
)
def test_the_first_copy_of_anything_is_free(nu, eerder, bedrag):
    assert regels.fee_of(nu, eerder, 500) == bedrag


@pytest.mark.parametrize(
    ("aanvrager", "soort", "leeftijd", "sleutel"),
    [
        ("patient", "afschrift", 11, "kind_12"),
        ("patient", "afschrift", 12, None),
        ("ouder", "afschrift", 15, None),
        ("ouder", "afschrift", 16, "ouder_16"),
        ("gemachtigde", "afschrift", 16, None),
        ("patient", "inzage", None, None),
        ("ouder", "inzage", None, None),
        ("nabestaande", "afschrift", 80, None),
        ("nabestaande", "vernietiging", None, "nabestaande"),
        ("nabestaande", "correctie", 40, "nabestaande"),
        ("vertegenwoordiger", "vernietiging", 50, None),
    ],
)
def test_who_may_ask(aanvrager, soort, leeftijd, sleutel):
    found = regels.may_ask(aanvrager, soort, leeftijd)
    assert (found.sleutel if found else None) == sleutel


@pytest.mark.parametrize(
    ("laatst", "tot"),
    [
        (date(2006, 11, 23), date(2026, 11, 23)),
        (date(2004, 2, 29), date(2024, 2, 29)),
        (date(2008, 2, 29), date(2028, 2, 29)),
        (date(2080, 2, 29), date(2100, 2, 28)),
    ],
)
def test_twenty_years_to_the_day(laatst, tot):
    assert regels.kept_until(laatst) == tot
    assert not regels.is_past_term(laatst, tot - timedelta(days=1))
    assert not regels.is_past_term(laatst, tot)
    assert regels.is_past_term(laatst, tot + timedelta(days=1))


@pytest.mark.parametrize(
    ("geboren", "dag", "leeftijd"),
    [
        (date(2010, 11, 24), date(2026, 11, 23), 15),
        (date(2010, 11, 23), date(2026, 11, 23), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (None, date(2026, 2, 28), None),
    ],
)
def test_age_on_a_day(geboren, dag, leeftijd):
    assert regels.age_on(geboren, dag) == leeftijd
