"""Make the pictures of the roster in the manual from a running demo.

    python -m tests.browser.beelden_rooster http://127.0.0.1:8000

Only looks, and starts one run of the planner on the draft of the demo.
"""

import sys

from playwright.sync_api import expect, sync_playwright

from tests.browser.beelden import BUREAU, SLUG, TELEFOON, Fotograaf, scherm

PLANTIJD = 150_000
"""Milliseconds: the page says how long the planner may think, and a machine may be busy."""


def bekijk_als_coordinator(bureau: Fotograaf) -> None:
    page, rooster = bureau.page, f"{bureau.adres}/k/{SLUG}/rooster"
    bureau.word("Coördinator")
    for naam, pad in (
        ("rooster-maand", "maand/"),
        ("rooster-jaar", "jaar/"),
        ("gebied", "gebied/"),
        ("kader", "kader/soorten/"),
    ):
        page.goto(f"{rooster}/{pad}")
        bureau.foto(naam)
    page.goto(f"{rooster}/concept/")
    page.get_by_role("link", name="Eerste proef").click()
    page.get_by_role("button", name="Plannen").first.click()
    expect(page.get_by_text("bewezen het beste")).to_be_visible(timeout=PLANTIJD)
    bureau.foto("concept")


def bekijk_als_tandarts(telefoon: Fotograaf) -> None:
    page, rooster = telefoon.page, f"{telefoon.adres}/k/{SLUG}/rooster"
    telefoon.word("Tandarts", "nu dienst")
    page.goto(f"{rooster}/wensen/")
    page.locator("main a[href*='/wensen/']").first.click()
    telefoon.foto("wensen")
    page.goto(f"{rooster}/ruilen/")
    telefoon.foto("ruilen")


def main(adres: str) -> None:
    with sync_playwright() as start:
        browser = start.chromium.launch(executable_path="/usr/bin/chromium")
        with scherm(browser, adres, BUREAU) as bureau:
            bekijk_als_coordinator(bureau)
        with scherm(browser, adres, TELEFOON) as telefoon:
            bekijk_als_tandarts(telefoon)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
