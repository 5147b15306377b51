"""The reminder of the reporting code: a child and signs of injury, and nothing else."""

from datetime import date

import pytest

from verslag.meldcode import age_on, is_due

NIETS = {"klachten": (), "teksten": (), "letsel": False}


@pytest.mark.parametrize(
    ("geboren", "dag", "leeftijd"),
    [
        (date(2020, 5, 17), date(2026, 5, 16), 5),
        (date(2020, 5, 17), date(2026, 5, 17), 6),
        (date(2020, 2, 29), date(2026, 2, 28), 5),
        (None, date(2026, 5, 17), None),
    ],
)
def test_age(geboren, dag, leeftijd):
    assert age_on(geboren, dag) == leeftijd


@pytest.mark.parametrize(
    ("leeftijd", "signs", "due"),
    [
        (5, {}, False),
        (5, {"klachten": ["tandletsel"]}, True),
        (5, {"klachten": ["pijn"]}, False),
        (17, {"letsel": True}, True),
        (18, {"letsel": True}, False),
        (None, {"letsel": True}, False),
        (5, {"teksten": ["Thuis van de trap gevallen."]}, True),
        (5, {"teksten": ["Na een VAL op de fiets"]}, True),
        (5, {"teksten": ["Blauwe plekken op de wang"]}, True),
        (5, {"teksten": ["Kroonfractuur 21"]}, True),
        (5, {"teksten": ["De vulling is er uit gevallen."]}, False),
        (5, {"teksten": ["Een pijnaanval, vooral in de nacht"]}, False),
    ],
)
def test_reminder(leeftijd, signs, due):
    assert is_due(leeftijd, **NIETS | signs) is due
