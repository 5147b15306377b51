"""A real browser on the whole house. No database in these tests: Playwright owns the thread."""

import os
import re
import signal
import time
import uuid

import pytest

from tests.machine import require_chromium
from tests.proefhuis import Proefhuis
from tests.servers.hulp import command_lines

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.traag)


# For every test here, and before a house is built for it.
@pytest.fixture(scope="session", autouse=True)
def browser_path():
    return require_chromium()


# For the session: the files of a package come to a worker with others between them, and a house
# takes half a minute to build.
@pytest.fixture(scope="session")
def huis(tmp_path_factory):
    huis = Proefhuis(tmp_path_factory.mktemp("browser") / "huis")
    yield huis
    huis.stop()


# Not for the session: while Playwright runs, Django refuses the database in this thread.
@pytest.fixture(scope="package")
def chromium(browser_path):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        yield browser
        browser.close()


@pytest.fixture
def open_page(huis, chromium):
    """Open pages; at the end the console must have stayed silent, CSP violations included."""
    noise: list[str] = []
    contexts = []

    def open_(*, als: str = "", viewport: dict = DESK, **kwargs):
        context = chromium.new_context(viewport=viewport, locale="nl-NL", **kwargs)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: noise.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: noise.append(f"{page.url}: {error}"))
        if als:
            log_in(page, huis, als)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert noise == []


@pytest.fixture
def doomed(huis, chromium, browser_path):
    """Start a browser of its own for a demo person: its page, and what kills it without a goodbye.

    `kill` returns the moment.
    """
    browsers = []

    def start(naam: str):
        mark = f"--spoed-proef={uuid.uuid4().hex}"
        browser = chromium.browser_type.launch(executable_path=browser_path, args=[mark])
        browsers.append(browser)
        page = browser.new_context(viewport=DESK, locale="nl-NL").new_page()
        page.set_default_timeout(15_000)
        log_in(page, huis, naam)

        def kill() -> float:
            # The browser itself carries the mark; its own children go with it.
            pids = [pid for pid, line in command_lines().items() if mark in line]
            assert pids
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
            return time.monotonic()

        return page, kill

    yield start
    for browser in browsers:
        browser.close()


def log_in(page, huis, naam: str) -> None:
    """Become a demo person (`naam`, or the mark behind it) through the panel, by keyboard."""
    page.goto(f"{huis.adres}/demo/")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    button = page.get_by_role("button", name=f"Aanmelden als {naam}")
    marked = page.locator("li").filter(has_text=naam).get_by_role("button")
    button.or_(marked).first.press("Enter")
    page.wait_for_url(re.compile(r"/k/|/$"))


def log_in_without_javascript(page, huis, naam: str) -> None:
    """Become a demo person, who may stand in a block that is closed at this hour."""
    page.goto(f"{huis.adres}/demo/")
    button = page.get_by_role("button", name=f"Aanmelden als {naam}", include_hidden=True).first
    if not button.is_visible():
        page.locator("details", has=button).locator("summary").first.click()
    button.click()
    page.wait_for_url(re.compile(r"/k/|/$"))


def tab_to(page, selector: str, limit: int = 80) -> None:
    """Press Tab until the element has the focus: who has no mouse gets there too."""
    for _ in range(limit):
        if page.evaluate("s => !!document.activeElement?.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is met Tab niet te bereiken op {page.url}")


def type_into(page, name: str, text: str) -> None:
    """Type in a field, over what stood there."""
    tab_to(page, f"[name='{name}']")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def press(page, selector: str, *, key: str = "Enter", limit: int = 80) -> None:
    """Press a button or follow a link with the keyboard."""
    tab_to(page, selector, limit)
    page.keyboard.press(key)
