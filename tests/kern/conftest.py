"""A browser for the tests of the page frame."""

import pytest

from tests.kern.paginaserver import CHROMIUM


# Not for longer: while Playwright runs, Django refuses the database in this thread.
@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()
