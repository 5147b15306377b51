"""No cell of one to four is told, nor can it be told from the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statistiek import privacy

CELLS = st.dictionaries(st.integers(0, 30), st.integers(0, 40), max_size=24)


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([0, 5, 9], [0, 5, 9]),
        ([0, 4, 9, 12], [0, None, None, 12]),
        ([1, 4, 9], [None, None, 9]),
        ([0, 3, 0], [0, None, 0]),
        ([], []),
    ],
)
def test_withhold(cells, shown):
    assert list(privacy.withhold(dict(enumerate(cells))).values()) == shown


@given(CELLS)
def test_no_small_cell_is_shown_and_none_follows_from_the_total(cells):
    found = privacy.withhold(cells)
    shown = [count for count in found.values() if count is not None]
    assert list(found) == list(cells)
    assert not [count for count in shown if 0 < count < privacy.DREMPEL]
    hidden = [count for key, count in cells.items() if found[key] is None]
    positive = [count for count in cells.values() if count]
    assert len(hidden) != 1 or len(positive) == 1


@pytest.mark.parametrize(("aantal", "few"), [(0, False), (1, True), (4, True), (5, False)])
def test_too_few(aantal, few):
    assert privacy.is_too_few(aantal) == few
