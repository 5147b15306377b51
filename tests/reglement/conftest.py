"""What the tests of the law share."""

from datetime import date

import pytest


@pytest.fixture
def day():
    """Read a day as it stands in a table: "2026-10-22"."""
    return date.fromisoformat
