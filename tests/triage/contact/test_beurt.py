"""Whose turn it is: a table of ledgers, judged without a database (§3.1.1, U10)."""

from datetime import UTC, datetime, timedelta

import pytest

from triage.contact import as_facts, reach
from triage.protocol import Instellingen

BEGIN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def at(minute: float) -> datetime:
    return BEGIN + timedelta(minutes=minute)


def miss(minute, rol="dienstdoende", resultaat="niet_bereikt"):
    return (rol, resultaat, at(minute), "")


def answer(minute, resultaat, rol="dienstdoende", naar=""):
    return (rol, resultaat, at(minute), naar)


@pytest.mark.parametrize(
    ("ledger", "minute", "rol"),
    [
        ([], 90, "dienstdoende"),
        ([miss(0)], 4.9, "dienstdoende"),
        # Nobody noted anything more: the clock alone moves the turn on.
        ([miss(0)], 5, "achterwacht"),
        ([miss(0), miss(1, resultaat="voicemail")], 1, "achterwacht"),
        ([miss(0), miss(1), miss(2, "achterwacht")], 6.9, "achterwacht"),
        ([miss(0), miss(1), miss(2, "achterwacht")], 7, "coordinator"),
        ([miss(0), miss(1), miss(2, "achterwacht"), miss(3, "achterwacht")], 3, "coordinator"),
        ([miss(0), miss(1), *[miss(n, "achterwacht") for n in (2, 3)]], 999, "coordinator"),
        # A late try at the dienstdoende does not count against the achterwacht.
        ([miss(0), miss(1), miss(2), miss(3)], 4, "achterwacht"),
        # Who confirms is at it: the count begins anew.
        ([miss(0), answer(1, "bevestigd")], 30, "dienstdoende"),
        ([miss(0), answer(1, "bevestigd"), miss(2)], 6.9, "dienstdoende"),
        ([miss(0), answer(1, "bevestigd"), miss(2)], 7, "achterwacht"),
        ([miss(0), miss(1), answer(2, "bevestigd")], 3, "dienstdoende"),
        # Handing over moves the turn at once, also back, also to nobody.
        ([answer(0, "doorgegeven", naar="achterwacht")], 0, "achterwacht"),
        ([answer(0, "doorgegeven", naar="coordinator")], 0, "coordinator"),
        (
            [miss(0), miss(1), answer(2, "doorgegeven", "achterwacht", "dienstdoende")],
            2,
            "dienstdoende",
        ),
    ],
)
def test_whose_turn(ledger, minute, rol):
    assert reach(ledger, at(minute)).rol == rol


def test_settings_of_the_call_say_after_how_much():
    patient = Instellingen(achterwacht_na_pogingen=3, achterwacht_na_min=20)
    assert reach([miss(0), miss(1)], at(19), patient).rol == "dienstdoende"
    assert reach([miss(0), miss(1)], at(20), patient).rol == "achterwacht"
    assert reach([miss(0), miss(1), miss(2)], at(2), patient).rol == "achterwacht"


def test_a_new_duty_begins_with_a_clean_slate():
    ledger = [miss(0), miss(1)]
    assert reach(ledger, at(9)).rol == "achterwacht"
    assert reach(ledger, at(9), sinds=at(8)).rol == "dienstdoende"


@pytest.mark.parametrize(
    ("resultaat", "is_contact"),
    [("gesproken", True), ("zelf_beslist", True), ("bevestigd", False), ("ingelicht", False)],
)
def test_what_counts_as_contact(resultaat, is_contact):
    ledger = [answer(0, resultaat)]
    assert reach(ledger, at(1)).gesproken is is_contact
    assert (as_facts(ledger)[0].resultaat == "gesproken") is is_contact


def test_confirmation_shows_until_the_next_miss():
    assert reach([answer(1, "bevestigd")], at(2)).bevestigd_op == at(1)
    assert reach([answer(1, "bevestigd"), miss(2)], at(3)).bevestigd_op is None
