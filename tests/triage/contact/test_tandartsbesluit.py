"""The decision beside what the triage asked (T-16), and the words that go with it."""

from datetime import UTC, datetime, timedelta

import pytest

from triage.tandartsbesluit import compare, is_later, needs_grounds

NORM = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
EERDER, LATER = NORM - timedelta(minutes=1), NORM + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("moet_gezien", "besluit", "afspraak_om", "verschil"),
    [
        ("ja", "zien", EERDER, "gelijk"),
        ("ja", "zien", NORM, "gelijk"),
        ("ja", "zien", LATER, "lager"),
        ("ja", "instructie", None, "lager"),
        ("ja", "uitstel", None, "lager"),
        ("ja", "eerstehulp", None, "gelijk"),
        ("ja", "verwijzing", None, "gelijk"),
        ("tandarts_bepaalt", "instructie", None, "gelijk"),
        ("tandarts_bepaalt", "zien", LATER, "lager"),
        ("vooralsnog_niet", "instructie", None, "gelijk"),
        ("vooralsnog_niet", "zien", EERDER, "hoger"),
        ("vooralsnog_niet", "eerstehulp", None, "hoger"),
    ],
)
def test_difference(moet_gezien, besluit, afspraak_om, verschil):
    assert compare(moet_gezien, NORM, besluit, afspraak_om) == verschil


@pytest.mark.parametrize(
    ("besluit", "needs"), [("uitstel", True), ("instructie", True), ("zien", False)]
)
def test_young_child_in_severe_pain_that_is_not_seen_needs_grounds(besluit, needs):
    assert needs_grounds({"R-23", "R-80"}, besluit) is needs
    assert not needs_grounds({"R-24"}, besluit)


def test_later_than_the_norm():
    assert is_later(LATER, NORM)
    assert not is_later(NORM, NORM)
    assert not is_later(LATER, None)
    assert not is_later(None, NORM)
