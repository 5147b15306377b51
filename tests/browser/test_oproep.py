"""The call screen when the line fails: what was typed arrives, or someone is told."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, log_in

WHO = "Sanne de Wit"


@pytest.fixture
def call(huis, chromium):
    """A new call, in a context of its own: a lost line makes noise in the console."""
    context = chromium.new_context(viewport=DESK, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(15_000)
    log_in(page, huis, WHO)
    page.goto(f"{huis.adres}/k/vechtstreek/triage/")
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"/triage/[0-9a-f-]{36}/"))
    yield page
    context.close()


def _tell(page, text: str) -> None:
    """Type in the description, by its key: that of the menu must not win."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("d")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def _leave(page) -> list[str]:
    """Try to leave, and stay when asked; return what was asked."""
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.evaluate("setTimeout(() => location.reload())")
    page.wait_for_timeout(500)
    page.remove_listener("dialog", stay) if not asked else None
    return asked


def test_text_of_a_lost_line_arrives_by_itself(call):
    unsaved = call.locator("#niet-opgeslagen")
    call.route("**/antwoorden/", lambda route: route.abort())
    _tell(call, "Gevallen met de fiets.")
    expect(unsaved).to_be_visible()
    assert _leave(call) == ["beforeunload"]
    call.unroute("**/antwoorden/")
    expect(unsaved).to_be_hidden(timeout=10_000)
    assert _leave(call) == []
    expect(call.locator("[name='omschrijving']")).to_have_value("Gevallen met de fiets.")


def test_who_logs_in_again_elsewhere_goes_on_here(call, huis):
    def log_in_again():
        other = call.context.new_page()
        log_in(other, huis, WHO)
        other.close()

    log_in_again()
    with call.expect_response(lambda answer: "/antwoorden/" in answer.url and answer.ok):
        _tell(call, "Ligt in de melk.")
    expect(call.locator("#niet-opgeslagen")).to_be_hidden()
    log_in_again()
    call.evaluate("document.activeElement.blur()")
    call.keyboard.press("b")
    expect(call.locator("dialog[open] [value='gesproken']")).to_be_focused()
    call.keyboard.press("Enter")
    call.locator("[name='besluit']").first.wait_for()
    expect(call.locator(".dienst__pogingen li")).to_have_count(1)
