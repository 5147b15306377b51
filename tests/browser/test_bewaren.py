"""What a killed browser loses (U5), and how many keys a call-back costs (U8)."""

import re
import time

from playwright.sync_api import expect

WHO = "Sanne de Wit"
BORD = "/k/vechtstreek/triage/"


def _new_call(page, huis) -> str:
    page.goto(f"{huis.adres}{BORD}")
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"/triage/[0-9a-f-]{36}/"))
    return page.url


def test_killed_browser_loses_two_seconds_of_text_at_most(huis, doomed, open_page):
    page, kill = doomed(WHO)
    url = _new_call(page, huis)
    page.keyboard.press("d")
    typed: list[tuple[float, int]] = []
    text = ""
    until = time.monotonic() + 7
    # Without a pause: a save that waits for one would never come.
    while time.monotonic() < until:
        page.keyboard.type("pijn ")
        text += "pijn "
        typed.append((time.monotonic(), len(text)))
        page.wait_for_timeout(40)
    killed = kill()
    due = max(length for moment, length in typed if moment <= killed - 2)
    assert due > 20
    again = open_page(als=WHO)
    again.goto(url)
    kept = again.locator("#id_omschrijving").input_value()
    assert text.startswith(kept)
    assert len(kept) >= due


def test_after_a_normal_save_nobody_is_asked_anything(huis, open_page):
    page = open_page(als=WHO)
    url = _new_call(page, huis)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.keyboard.press("d")
    with page.expect_response(re.compile("/antwoorden/")):
        page.keyboard.type("Hoektand los na een val.")
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.goto(url)
    assert page.locator("#id_omschrijving").input_value() == "Hoektand los na een val."
    assert asked == []


def test_second_tab_is_told_what_differs(huis, open_page):
    one = open_page(als=WHO)
    url = _new_call(one, huis)
    two = open_page(als=WHO)
    two.goto(url)
    for page, text in ((one, "van de ene"), (two, "van de ander")):
        page.keyboard.press("d")
        with page.expect_response(re.compile("/antwoorden/")):
            page.keyboard.type(text)
    notice = two.locator("#conflict")
    expect(notice).to_contain_text("jij: van de ander")
    expect(notice).to_contain_text("de ander: van de ene")
    one.reload()
    assert one.locator("#id_omschrijving").input_value() == "van de ene"


def test_call_back_in_two_keys(huis, open_page, record_property):
    """U8: one key opens who waits, with every answer of before; "not better" calls the dentist."""
    page = open_page(als=WHO)
    page.goto(f"{huis.adres}{BORD}")
    page.keyboard.press("t")
    page.wait_for_url(re.compile(r"/triage/[0-9a-f-]{36}/"))
    assert page.locator("[name=klachten]:checked").count() >= 1
    page.keyboard.press("n")
    expect(page.locator("#uitkomst")).to_contain_text("Bel nu de dienstdoende tandarts")
    record_property("toetsen", 2)
