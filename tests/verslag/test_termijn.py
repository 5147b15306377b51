"""Words of a dentist about when, read as a day."""

from datetime import date

import pytest

from verslag.termijn import deadline, is_past

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


@pytest.mark.parametrize(
    "woorden",
    [
        "gisteren",
        "Eergisteren al",
        "vorige week",
        "vorige maandag",
        "afgelopen vrijdag",
        "2 weken geleden",
        "drie dagen  geleden",
        "23-11-2026",
        "vóór 1-1-2026",
    ],
)
def test_what_lies_before_the_visit(woorden):
    assert is_past(woorden, DINSDAG)


@pytest.mark.parametrize(
    "woorden",
    [
        "",
        "vandaag",
        "z.s.m.",
        "24-11-2026",
        "maandag",
        "binnen 2 weken",
        "bij klachten",
        "31-02-2026",
        # Of something else: when the follow-up is due can be read as well.
        "wond van gisteren, controle over 1 week",
        "foto van 2 weken geleden; over 3 dagen",
        "splint van 20-11-2026 eruit voor 12-12-2026",
        "splint van 20-11-2026, over 10 dagen",
    ],
)
def test_what_does_not_lie_before_the_visit(woorden):
    assert not is_past(woorden, DINSDAG)


def test_a_month_after_the_last_day_of_january():
    assert deadline("1 maand", date(2027, 1, 31)) == date(2027, 2, 28)
