"""A browser for the tests of the page frame."""

import pytest

from tests.machine import require_chromium


# Not for longer: while Playwright runs, Django refuses the database in this thread.
@pytest.fixture(scope="module")
def chromium():
    path = require_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()
