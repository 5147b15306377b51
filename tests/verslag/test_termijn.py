"""Words of a dentist about when, read as a day."""

from datetime import date

import pytest

from verslag.termijn import deadline

DINSDAG = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("woorden", "dag"),
    [
        ("binnen 2 weken", date(2026, 12, 8)),
        ("Binnen één week", date(2026, 12, 1)),
        ("10-14 dagen", date(2026, 12, 8)),
        ("na 10 tot 14 dagen", date(2026, 12, 8)),
        ("tussen een en twee weken", date(2026, 12, 8)),
        ("binnen 24 uur", date(2026, 11, 25)),
        ("binnen 25 uur", date(2026, 11, 26)),
        ("3 werkdagen", date(2026, 11, 27)),
        ("5 werkdagen", date(2026, 12, 1)),
        ("1 maand", date(2026, 12, 24)),
        ("anderhalve maand", date(2027, 1, 8)),
        ("binnen een half jaar", date(2027, 5, 24)),
        ("morgen", date(2026, 11, 25)),
        ("overmorgen", date(2026, 11, 26)),
        ("z.s.m.", DINSDAG),
        ("zo spoedig mogelijk", DINSDAG),
        ("maandag", date(2026, 11, 30)),
        ("volgende week dinsdag", date(2026, 12, 1)),
        ("vóór 12-12-2026", date(2026, 12, 12)),
    ],
)
def test_the_day_that_the_words_allow(woorden, dag):
    assert deadline(woorden, DINSDAG) == dag


@pytest.mark.parametrize("woorden", ["", "bij klachten", "in overleg", "31-02-2027", "week 50"])
def test_words_without_a_day_stay_words(woorden):
    assert deadline(woorden, DINSDAG) is None


def test_a_month_after_the_last_day_of_january():
    assert deadline("1 maand", date(2027, 1, 31)) == date(2027, 2, 28)
