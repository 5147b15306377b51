"""The 24-hour question: what the calendar knows need not be guessed."""

from datetime import UTC, datetime

import pytest

from triage.lezing import STANDAARDLEZING
from triage.protocol import Feiten
from triage.scherm.vragen import _opening_hint


@pytest.mark.parametrize(
    ("moment", "hint"),
    [
        # Tuesday evening, and half past one in the night.
        (datetime(2026, 11, 24, 19, tzinfo=UTC), "wo 25 nov, binnen 24 uur"),
        (datetime(2026, 11, 25, 0, 30, tzinfo=UTC), "wo 25 nov, binnen 24 uur"),
        # Friday evening, Sunday evening.
        (datetime(2026, 11, 27, 19, tzinfo=UTC), "ma 30 nov, later dan 24 uur"),
        (datetime(2026, 11, 29, 19, tzinfo=UTC), "ma 30 nov, binnen 24 uur"),
        # The evening before Christmas, and before King's day on a Monday.
        (datetime(2026, 12, 24, 19, tzinfo=UTC), "ma 28 dec, later dan 24 uur"),
        (datetime(2026, 4, 26, 18, tzinfo=UTC), "di 28 apr, later dan 24 uur"),
    ],
)
def test_when_practices_open(moment, hint):
    assert hint in _opening_hint(STANDAARDLEZING, moment)


def test_holidays_count_where_a_call_is_judged():
    feiten = Feiten(
        tijdstip=datetime(2026, 12, 24, 19, tzinfo=UTC),
        klachten=("ongemak",),
        oorzaak_ongeval=False,
        leeftijd_jaren=40,
    )
    uitkomst = STANDAARDLEZING.evaluate(feiten)
    assert uitkomst.adviezen == ("eigen_tandarts_na_weekend_of_feestdag",)
