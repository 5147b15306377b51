"""A digit on the call screen answers the number that is asked; it never ticks a complaint."""

import re

import pytest
from playwright.sync_api import expect

NO = "#vragen [data-toets='n']"
SCALE = "[data-getal='nu'] [name='nrs']"


@pytest.fixture
def pain(huis, open_page):
    """A call about pain of which only the scale is still to be asked."""
    page = open_page(als="Sanne de Wit")
    page.goto(f"{huis.adres}/k/vechtstreek/triage/")
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"/triage/[0-9a-f-]{36}/"))
    page.keyboard.press("2")
    while not page.locator(SCALE).count():
        asked = page.locator(f"{NO}, {SCALE}").first
        asked.wait_for(state="attached")
        name = asked.get_attribute("name")
        if name != "nrs":
            page.keyboard.press("n")
            page.locator(f"{NO}[name='{name}']").wait_for(state="detached")
    return page


def _ticked(page) -> list[str]:
    return page.eval_on_selector_all("[name=klachten]:checked", "all => all.map(e => e.value)")


def test_five_is_the_pain_and_not_bleeding(pain):
    pain.keyboard.press("5")
    expect(pain.locator("[name='nrs'][value='5']")).to_be_checked()
    pain.wait_for_timeout(1000)
    assert _ticked(pain) == ["pijn"]
    pain.reload()
    expect(pain.locator("[name='nrs'][value='5']")).to_be_checked()
    assert _ticked(pain) == ["pijn"]


def test_one_and_nought_is_ten_also_when_one_was_saved_meanwhile(pain):
    with pain.expect_response(lambda answer: "/antwoorden/" in answer.url):
        pain.keyboard.press("1")
    pain.wait_for_timeout(300)
    pain.keyboard.press("0")
    expect(pain.locator("[name='nrs'][value='10']")).to_be_checked()
    assert _ticked(pain) == ["pijn"]


def test_minutes_are_typed_into_their_field(pain):
    with pain.expect_response(lambda answer: "/antwoorden/" in answer.url):
        pain.locator("[name='pijnstilling_ingenomen'][value='ja']").check()
    field = pain.locator("[data-getal='nu'] [name='pijnstilling_minuten_geleden']")
    field.wait_for()
    pain.evaluate("document.activeElement.blur()")
    pain.keyboard.type("45")
    expect(field).to_have_value("45")
    expect(field).to_be_focused()
    assert _ticked(pain) == ["pijn"]
