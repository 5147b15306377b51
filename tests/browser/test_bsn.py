"""A typed BSN is masked after saving, and shown in place when asked."""

import re

from playwright.sync_api import expect

BSN = "999990019"


def test_typed_masked_and_shown(huis, open_page):
    page = open_page(als="Sanne de Wit")
    page.goto(f"{huis.adres}/k/vechtstreek/triage/")
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"/triage/[0-9a-f-]{36}/"))
    with page.expect_response(lambda answer: answer.url.endswith("/patient/")) as saved:
        page.locator("#id_bsn").fill(BSN)
        page.locator("#id_bsn").press("Tab")
    assert saved.value.status == 200
    page.reload()
    field = page.locator("#id_bsn")
    expect(field).to_have_value("*****0019")
    address = page.url
    page.get_by_role("button", name="Toon het hele BSN").press("Enter")
    expect(page.locator("#bsn-voluit")).to_have_text(BSN)
    expect(field).to_have_value("*****0019")
    assert page.url == address, "nothing typed is lost by a new page"
