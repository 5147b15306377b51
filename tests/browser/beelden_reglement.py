"""Make the pictures of the kring's own affairs in the manual from a running demo.

    python -m tests.browser.beelden_reglement http://127.0.0.1:8000

Only looks: the meeting of the demo is in the middle of a vote and stays there.
"""

import re
import sys

from playwright.sync_api import sync_playwright

from tests.browser.beelden import BUREAU, SLUG, TELEFOON, Fotograaf, scherm


def bekijk_als_coordinator(bureau: Fotograaf) -> None:
    page, reglement = bureau.page, f"{bureau.adres}/k/{SLUG}/reglement"
    bureau.word("Coördinator")
    for naam, pad in (
        ("vergaderen", ""),
        ("oproepproef", "vergaderingen/proef/"),
        ("jaarwiel", "jaarwiel/"),
        ("deelnemers", "deelnemers/"),
    ):
        page.goto(f"{reglement}/{pad}")
        bureau.foto(naam)
    page.goto(f"{reglement}/vergaderingen/")
    page.get_by_role("link", name=re.compile("^Extra vergadering")).first.click()
    page.get_by_role("link", name="Vergadering leiden").first.click()
    bureau.foto("leiden")
    page.goto(f"{reglement}/royement/")
    page.locator("main a[href*='/royement/']").filter(has_text="Slotzicht").first.click()
    bureau.foto("royement")
    page.goto(f"{reglement}/regels/")
    page.get_by_role("link", name="Voorstel").first.click()
    page.get_by_role("link", name="Verschil").click()
    bureau.foto("reglement-verschil")


def bekijk_als_vertegenwoordiger(telefoon: Fotograaf) -> None:
    page, reglement = telefoon.page, f"{telefoon.adres}/k/{SLUG}/reglement"
    telefoon.word("Vertegenwoordiger")
    page.goto(f"{reglement}/vergaderingen/")
    page.get_by_role("link", name=re.compile("^Extra vergadering")).first.click()
    page.get_by_role("link", name="Naar de vergadering").first.click()
    telefoon.foto("zaal")
    page.get_by_role("link", name="Stem nu").click()
    telefoon.foto("stemmen")


def main(adres: str) -> None:
    with sync_playwright() as start:
        browser = start.chromium.launch(executable_path="/usr/bin/chromium")
        with scherm(browser, adres, BUREAU) as bureau:
            bekijk_als_coordinator(bureau)
        with scherm(browser, adres, TELEFOON) as telefoon:
            bekijk_als_vertegenwoordiger(telefoon)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
