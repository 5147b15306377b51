"""What some tests ask of the machine: without it they are skipped, unless it was promised."""

import os
from typing import NoReturn

import pytest

CHROMIUM = os.environ.get("SPOED_CHROMIUM", "")
"""The path of the browser, found by `./spoed test`."""


def absent(wat: str, *, promise: str) -> NoReturn:
    """Skip the test that runs, or fail it where the variable `promise` says that it is there."""
    if os.environ.get(promise):
        pytest.fail(f"{wat} ({promise} is set)", pytrace=False)
    pytest.skip(wat)


def require_chromium() -> str:
    return CHROMIUM or absent("geen chromium (zie ./spoed test)", promise="SPOED_BROWSER_VERPLICHT")
