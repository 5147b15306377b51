"""The call screen fits (U15): at 100 % without scrolling to the decision, and usable at 200 %."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

KRING = "/k/vechtstreek"
# 1366 x 768 at 200 %: half as many CSS pixels, twice as many dots.
ZOOM = {"viewport": {"width": 683, "height": 384}, "device_scale_factor": 2}
STORIES = {"avulsie": "7", "kind met pijn": "2", "nabloeding": "5g", "dreigende beller": "7"}


def _saved(page) -> None:
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=15_000)


def _play(page, huis, story: str) -> None:
    page.goto(f"{huis.adres}{KRING}/triage/")
    page.get_by_role("button", name="Nieuwe oproep").press("Enter")
    page.wait_for_url(re.compile(r"/triage/[0-9a-f-]{36}/"))
    for key in STORIES[story]:
        page.keyboard.press(key)
        _saved(page)
    if story == "kind met pijn":
        page.locator("[name='leeftijd_jaren']").fill("7")
        page.locator("[name='leeftijd_jaren']").press("Tab")
        _saved(page)
    if story == "dreigende beller":
        page.keyboard.press("a")
        page.keyboard.press("5")
        page.locator("#gedrag .pil").wait_for()
    page.evaluate("window.scrollTo(0, 0)")


@pytest.mark.parametrize("story", STORIES)
def test_the_decision_needs_no_scrolling(huis, open_page, story):
    page = open_page(als="Sanne de Wit", viewport=DESK)
    _play(page, huis, story)
    for part in ("#klachtkeuze", "#uitkomst .uitkomst", "#dienst .dienst__wie"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    strip = page.locator(".onderstrook").bounding_box()["y"]
    for part in ("#klachtkeuze", "#uitkomst .uitkomst", "#dienst .dienst__wie"):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= strip, part
    if story in ("avulsie", "nabloeding"):
        # What the caller can do now comes before where else to go.
        box = page.locator("#advies .advies__lijst li").first.bounding_box()
        assert box["y"] + box["height"] <= strip


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("size", [ZOOM, {"viewport": PHONE}], ids=["200 procent", "telefoon"])
def test_usable_enlarged_and_on_a_telephone(huis, open_page, story, size):
    page = open_page(als="Sanne de Wit", **size)
    _play(page, huis, story)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["viewport"]["width"]
    # What is fixed in place leaves room for what is not.
    fixed = page.evaluate(
        "document.querySelector('header').offsetHeight"
        " + document.querySelector('.onderstrook').offsetHeight"
    )
    assert fixed <= size["viewport"]["height"] / 2
    for part in ("#uitkomst .uitkomst", "#dienst button", "#afronden summary", "#id_telefoon"):
        target = page.locator(part).first
        target.scroll_into_view_if_needed()
        expect(target).to_be_in_viewport()


@pytest.mark.parametrize("story", STORIES)
def test_axe_finds_nothing_in_an_open_call(huis, open_page, story):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(als="Sanne de Wit", bypass_csp=True)
    _play(page, huis, story)
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_news_never_takes_the_focus(huis, open_page):
    """A poll and the clocks change the page around who types; the caret stays."""
    page = open_page(als="Sanne de Wit")
    _play(page, huis, "avulsie")
    page.keyboard.press("d")
    page.keyboard.type("Ligt in")
    with page.expect_response(lambda answer: "/stand/" in answer.url, timeout=25_000):
        page.keyboard.type(" de melk")
    _saved(page)
    page.keyboard.type(".")
    expect(page.locator("[name='omschrijving']")).to_be_focused()
    expect(page.locator("[name='omschrijving']")).to_have_value("Ligt in de melk.")
    polite = page.locator("[aria-live], [role=status], [role=alert]")
    assert polite.evaluate_all("e => e.every(x => x.getAttribute('aria-live') !== 'assertive')")
