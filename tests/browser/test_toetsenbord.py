"""The call screen without a mouse: where the focus goes, and what must stay in sight."""

import re

from playwright.sync_api import expect


def _open_call(page, huis) -> None:
    page.goto(f"{huis.adres}/k/vechtstreek/triage/")
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"/triage/[0-9a-f-]{36}/"))
    page.keyboard.press("7")
    page.get_by_text("Bel nu de dienstdoende tandarts").wait_for()


def test_from_the_phone_field_to_the_decision_with_single_keys(huis, open_page):
    page = open_page(als="Sanne de Wit")
    _open_call(page, huis)
    page.keyboard.press("p")
    page.keyboard.type("0602009876")
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.locator("dialog[open]").wait_for()
    page.keyboard.press("g")
    expect(page.locator("[name='besluit']").first).to_be_focused()
    expect(page.locator("[name='telefoon']")).to_have_value(re.compile("^06-?02009876$"))


def test_the_conflict_stays_in_sight_of_who_types_below_the_fold(huis, open_page):
    page = open_page(als="Sanne de Wit")
    _open_call(page, huis)
    other = open_page(als="Marijke van der Laan")
    other.goto(page.url)
    for window, text in ((other, "In melk."), (page, "Ligt droog.")):
        window.keyboard.press("d")
        window.keyboard.press("Control+a")
        window.keyboard.type(text)
        window.keyboard.press("Tab")
        window.wait_for_timeout(800)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(page.get_by_role("button", name="Bewaar wat ik invulde")).to_be_in_viewport()
