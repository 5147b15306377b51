"""The tooth chart and the text blocks in a browser: keyboard, finger, without JavaScript."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, log_in_without_javascript, press, tab_to
from tests.browser.proefpatient import TANDARTS, open_report, seen

CHART = "[data-tand][tabindex='0']"


@pytest.fixture(scope="module")
def patienten(huis):
    return iter(seen(huis, 4))


@pytest.fixture
def patient(patienten):
    """A patient without a report, for one test."""
    return next(patienten)


def _look(page, name: str) -> None:
    """Keep a picture for who wants to judge it: SPOED_KIJK names the folder."""
    if folder := os.environ.get("SPOED_KIJK"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _saved(page) -> None:
    expect(page.locator("[data-bewaar]")).to_contain_text("Concept bewaard", timeout=8000)


def test_teeth_by_keyboard(huis, open_page, patient):
    page = open_page(als=TANDARTS)
    url = open_report(page, huis, patient)
    expect(page.locator(CHART)).to_have_count(1)
    tab_to(page, CHART, limit=120)
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.dataset.tand") == "18"
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.tand") == "38"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    row = page.locator("#tand-36")
    expect(row).to_contain_text("eerste molaar linksonder")
    expect(row.locator("[name='gebit-36-bevinding']")).to_be_focused()
    page.keyboard.type("diepe")
    tab_to(page, "[name='gebit-36-behandeling']", limit=3)
    page.keyboard.type("nood")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(page.locator("[data-tand='36']")).to_have_attribute("data-stand", "behandeling")
    expect(page.locator("[data-tand='36'] .is-aan")).to_have_count(1)
    _saved(page)
    _look(page, "bureau")
    again = open_page(als=TANDARTS)
    again.goto(url)
    expect(again.locator("[name='gebit-36-bevinding']")).to_have_value("diepe_caries")
    expect(again.locator("[data-tand='36']")).to_have_attribute(
        "aria-label", re.compile("36, eerste molaar linksonder: diepe cariës .*noodvulling")
    )
    press(page, "#tand-36 button[name=gebit_weg]")
    expect(page.locator("#tand-36")).to_have_count(0)
    expect(page.locator("[data-tand='36']")).to_be_focused()


def test_teeth_by_finger(huis, open_page, patient):
    page = open_page(als=TANDARTS, viewport=PHONE, has_touch=True)
    open_report(page, huis, patient)
    page.locator("[data-tand='11']").tap()
    expect(page.locator("#tand-11 [title='incisaal']")).to_be_visible()
    page.locator("#tand-11 [title='incisaal']").tap()
    page.locator("[name='gebit-11-bevinding']").select_option("kroonfractuur")
    expect(page.locator("[data-tand='11'] .is-aan")).to_have_count(1)
    boxes = page.locator("[data-tand]:visible").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(r => Math.min(r.width, r.height))"
    )
    # WCAG 2.5.8 asks 24.
    assert min(boxes) >= 36
    rights, lefts = (page.locator(f"[data-tand='{n}']").bounding_box() for n in (18, 21))
    assert (lefts["x"], lefts["y"] > rights["y"]) == (rights["x"], True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    _look(page, "telefoon")


def test_a_text_block_goes_to_the_cursor(huis, open_page, patient):
    page = open_page(als=TANDARTS)
    open_report(page, huis, patient)
    field = page.locator("#id_behandeling")
    field.fill("Eerste zin. Laatste zin.")
    field.press("Home")
    for _ in range(len("Eerste zin.")):
        field.press("ArrowRight")
    tab_to(page, "#keuze_behandeling", limit=3)
    page.keyboard.type("Na ext")
    press(page, "button[name=invoegen][value=behandeling]", limit=3)
    expect(field).to_be_focused()
    assert re.match(r"Eerste zin\.\nAdvies: .* Laatste zin\.$", field.input_value(), re.DOTALL)
    _saved(page)


@pytest.mark.parametrize("element", ["16"])
def test_teeth_without_javascript(huis, chromium, patient, element):
    context = chromium.new_context(viewport=DESK, locale="nl-NL", java_script_enabled=False)
    page = context.new_page()
    log_in_without_javascript(page, huis, TANDARTS)
    open_report(page, huis, patient)
    page.locator(f"[data-tand='{element}']").click()
    page.wait_for_url(re.compile(f"#tand-{element}$"))
    page.locator(f"[name='gebit-{element}-bevinding']").select_option("pulpitis")
    page.locator("#keuze_tariefcodes").select_option("X10")
    page.locator("button[name=invoegen][value=tariefcodes]").click()
    page.wait_for_url(re.compile("#id_tariefcodes$"))
    expect(page.locator(f"[name='gebit-{element}-bevinding']")).to_have_value("pulpitis")
    expect(page.locator("#id_tariefcodes")).to_have_value(re.compile("X10$"))
    context.close()
