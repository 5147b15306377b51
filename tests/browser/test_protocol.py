"""The protocol at hand: one key from an outcome to its rule, and the whole on paper."""

import io
import re

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import tab_to

PROTOCOL = "/k/vechtstreek/triage/protocol/"


def test_one_key_opens_the_rule_behind_an_outcome(huis, open_page):
    page = open_page(als="Sanne de Wit")
    page.goto(f"{huis.adres}/k/vechtstreek/triage/")
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"/triage/[0-9a-f-]{36}/"))
    page.keyboard.press("7")
    page.locator("[data-toets='u']").wait_for()
    with page.context.expect_page() as opened:
        page.keyboard.press("u")
    sheet = opened.value
    sheet.wait_for_url(re.compile(rf"{PROTOCOL}[0-9a-f-]{{36}}/regels/#R-60$"))
    expect(sheet.locator("#R-60")).to_be_in_viewport()
    # The call stays where it was.
    assert re.search(r"/triage/[0-9a-f-]{36}/", page.url)


def test_version_is_at_the_foot_of_every_sheet(huis, open_page):
    page = open_page(als="Sanne de Wit")
    page.goto(f"{huis.adres}{PROTOCOL}")
    page.keyboard.press("l")
    page.wait_for_url(re.compile("/regels/$"))
    page.keyboard.press("p")
    page.wait_for_url(re.compile("/print/$"))
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
    assert len(texts) > 5
    assert all("Triageprotocol, versie 1 (van kracht)" in text for text in texts)
    assert [f"{n} / {len(texts)}" in text for n, text in enumerate(texts, 1)] == [True] * len(texts)


def test_coordinator_makes_and_offers_a_version_without_a_mouse(huis, open_page):
    page = open_page(als="Willemijn op den Kamp")
    page.goto(f"{huis.adres}{PROTOCOL}")
    tab_to(page, "[aria-label='Maak een concept van versie 1']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/wijzigen/$"))
    tab_to(page, "#id_toelichting")
    page.keyboard.type("Proef met een ruimere termijn.")
    tab_to(page, "#id_achterwacht_na_min")
    page.keyboard.press("Control+a")
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"{PROTOCOL}[0-9a-f-]{{36}}/$"))
    expect(page.locator("main")).to_contain_text("10 minuten")
    page.keyboard.press("v")
    page.wait_for_url(re.compile("/verschil/$"))
    expect(page.locator("main")).to_contain_text("Achterwacht bellen na")
    page.go_back()
    tab_to(page, "form[action$='/aanbieden/'] button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("wacht op akkoord")
