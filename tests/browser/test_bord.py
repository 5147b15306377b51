"""The strip and the wall in a real browser: in time, without taking the focus."""

import time

import pytest

from tests.browser.conftest import DESK

KRING = "/k/vechtstreek"
OVERDUE = "from tests.storingen.bellers import *; print(*make_overdue({}))"


@pytest.fixture
def overdue(huis):
    """Return a builder of calls that are overdue; gives their numbers."""
    return lambda number: huis.shell(OVERDUE.format(number)).split()


def test_what_is_overdue_shows_on_another_page_within_ten_seconds(huis, open_page, overdue):
    page = open_page(als="Sanne de Wit")
    page.goto(f"{huis.adres}{KRING}/eigen-tandartsen/nieuw/")
    field = page.locator("main input[type=text]").first
    field.focus()
    page.keyboard.type("De Vr")
    (number,) = overdue(1)
    began = time.monotonic()
    page.wait_for_function(
        "n => document.getElementById('termijnstrook').innerText.includes(`oproep ${n},`)"
        " || document.getElementById('termijnstrook').innerText.includes('en nog')",
        arg=number,
        timeout=10_000,
    )
    assert time.monotonic() - began <= 10
    page.keyboard.type("ies")
    assert field.input_value() == "De Vries"
    assert "te laat" in page.locator("#termijnstrook").inner_text()


def test_strip_leaves_the_focus_where_it_is(huis, open_page, overdue):
    overdue(1)
    page = open_page(als="Sanne de Wit")
    page.goto(f"{huis.adres}{KRING}/eigen-tandartsen/")
    link = page.locator("#termijnstrook a").first
    link.wait_for()
    link.focus()
    before = page.evaluate("document.activeElement.id")
    with page.expect_response(lambda r: "/strook/" in r.url and r.status == 200, timeout=12_000):
        overdue(1)
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.id") == before


def test_wall_fits_shows_no_name_and_goes_nowhere_else(huis, open_page, overdue):
    overdue(1)
    page = open_page(als="Marijke van der Laan", viewport=DESK)
    page.goto(f"{huis.adres}/meldkamer/")
    names = page.locator("td[data-label=Patiënt]").all_inner_texts()
    page.get_by_role("button", name="Wandscherm").click()
    page.wait_for_url("**/meldkamer/wand/")
    text = page.locator("main").inner_text()
    known = [name for name in names if name and name != "nog onbekend"]
    assert known
    assert not [name for name in known if name in text]
    page.goto(f"{huis.adres}{KRING}/triage/")
    assert page.url.endswith("/meldkamer/wand/")


def test_one_key_starts_a_call_in_the_chosen_kring(huis, open_page):
    page = open_page(als="Marijke van der Laan")
    page.goto(f"{huis.adres}/meldkamer/")
    page.keyboard.press("1")
    page.wait_for_url("**/k/rijnmond-zuid/triage/*/")
    assert page.locator("h1").inner_text().startswith("Oproep")
