"""The pages of the demo: a silent console, no sideways scroll, nothing for axe to report."""

import re

import pytest

from tests.browser.conftest import DESK, PHONE, log_in

KRING = "/k/vechtstreek"
VORIGE_DIENST = "dossiers met vervolg"
"""Whose files the demo plays depends on the hour; the panel marks them."""
PAGES = {
    "Sanne de Wit": [
        f"{KRING}/",
        f"{KRING}/triage/",
        f"{KRING}/rooster/",
        f"{KRING}/rooster/nu/",
        f"{KRING}/eigen-tandartsen/",
        f"{KRING}/eigen-tandartsen/nieuw/",
        "/aanmelden/beveiliging/",
        "/aanmelden/beveiliging/passkey/",
        "/aanmelden/beveiliging/app/",
        "/aanmelden/bevestigen/",
        "/aanmelden/sessies/",
        "/aanmelden/verder/",
        "/aanmelden/wachtwoord/",
    ],
    "Anouk Crèvecœur": [
        f"{KRING}/",
        f"{KRING}/mijn/",
        f"{KRING}/dossiers/",
        f"{KRING}/taken/",
        f"{KRING}/bereikbaarheid/mijn/",
    ],
    VORIGE_DIENST: [f"{KRING}/mijn/", f"{KRING}/dossiers/", f"{KRING}/taken/"],
    "Willemijn op den Kamp": [
        f"{KRING}/",
        f"{KRING}/praktijken/",
        f"{KRING}/praktijken/nieuw/",
        f"{KRING}/tandartsen/",
        f"{KRING}/tandartsen/nieuw/",
        f"{KRING}/gebruikers/",
        f"{KRING}/gebruikers/rol/",
        f"{KRING}/rooster/dienst/",
        f"{KRING}/bereikbaarheid/",
        f"{KRING}/bereikbaarheid/schakels/",
        f"{KRING}/bereikbaarheid/teksten/",
        f"{KRING}/bereikbaarheid/weekbericht/",
        f"{KRING}/bereikbaarheid/ontvangers/",
        f"{KRING}/bereikbaarheid/ontvangers/nieuw/",
        f"{KRING}/bereikbaarheid/instellingen/",
        f"{KRING}/triage/protocol/",
        f"{KRING}/triage/protocol/standaard/",
        f"{KRING}/triage/protocol/standaard/print/",
        f"{KRING}/instellingen/",
        f"{KRING}/verslagoverzicht/",
        f"{KRING}/briefhoofd/",
        f"{KRING}/tekstblokken/",
        f"{KRING}/tekstblokken/nieuw/",
        f"{KRING}/tariefcodes/",
        f"{KRING}/tariefcodes/bestand/",
        f"{KRING}/taken/",
        f"{KRING}/wachtrij/",
        f"{KRING}/dubbel/",
        f"{KRING}/rechten/",
        f"{KRING}/rechten/vernietiging/",
        f"{KRING}/rechten/instelling/",
    ],
    "Renée Schönfeld": [f"{KRING}/logboek/"],
    "Marijke van der Laan": [
        "/",
        "/meldkamer/",
        "/meldkamer/wand/",
        f"{KRING}/triage/gesloten/",
    ],
    "": ["/demo/", "/demo/berichten/", "/demo/codes/", "/aanmelden/"],
}
UUID = "[0-9a-f-]{36}"
DEEP = {
    "Willemijn op den Kamp": [
        (f"{KRING}/triage/protocol/", rf"/protocol/{UUID}/$"),
        (f"{KRING}/taken/", rf"/taken/{UUID}/$"),
        (f"{KRING}/dubbel/", rf"/dubbel/{UUID}/"),
        (f"{KRING}/rechten/", rf"/rechten/{UUID}/$"),
        (f"{KRING}/eigen-tandartsen/", rf"/eigen-tandartsen/{UUID}/$"),
    ],
    "Sanne de Wit": [(f"{KRING}/triage/", rf"/triage/{UUID}/$")],
    "Anouk Crèvecœur": [(f"{KRING}/mijn/", rf"/verslagen/{UUID}/$")],
    VORIGE_DIENST: [
        (f"{KRING}/mijn/", rf"/mijn/vervolg/{UUID}/$"),
        (f"{KRING}/mijn/", rf"/verslagen/{UUID}/$"),
        (f"{KRING}/dossiers/", rf"/dossiers/{UUID}/$"),
        # The newest file, and from there the page of its own dentist.
        (f"{KRING}/dossiers/", rf"/dossiers/{UUID}/$", r"/eigen-tandarts/$"),
        (f"{KRING}/taken/", rf"/taken/{UUID}/$"),
    ],
}
"""Where the first link of this shape leads to one more page, and from there maybe another."""


def _addresses(page, huis, naam: str) -> list[str]:
    addresses = [huis.adres + path for path in PAGES[naam]]
    for path, *shapes in DEEP.get(naam, ()):
        address = huis.adres + path
        for shape in shapes:
            page.goto(address)
            links = page.locator("main a").evaluate_all("links => links.map(link => link.href)")
            address = next(link for link in links if re.search(shape, link))
        addresses.append(address)
    return addresses


@pytest.mark.parametrize("naam", PAGES)
def test_pages_are_silent_and_fit(huis, open_page, naam):
    for viewport in (DESK, PHONE):
        page = open_page(als=naam, viewport=viewport)
        for address in _addresses(page, huis, naam):
            assert page.goto(address).status == 200
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= viewport["width"], (address, viewport)


@pytest.mark.parametrize("naam", PAGES)
def test_axe_finds_nothing(huis, open_page, naam):
    from axe_playwright_python.sync_playwright import Axe

    # Axe itself writes inline styles; the policy has its own test above.
    page = open_page(als=naam, bypass_csp=True)
    for address in _addresses(page, huis, naam):
        page.goto(address)
        results = Axe().run(page)
        assert results.violations_count == 0, (address, results.generate_report())


def test_the_message_to_the_dentist_on_the_telephone(huis, open_page):
    """From the key of triage to the page behind the link, closed and with both blocks open."""
    from axe_playwright_python.sync_playwright import Axe

    desk = open_page(als="Sanne de Wit")
    desk.goto(f"{huis.adres}{KRING}/triage/")
    desk.keyboard.press("n")
    desk.wait_for_url(re.compile(r"/triage/[0-9a-f-]{36}/"))
    nummer = re.search(r"\d+", desk.locator("h1").inner_text()).group()
    desk.keyboard.press("7")
    desk.locator("#dienst .dienst__bericht").wait_for()
    desk.keyboard.press("k")
    desk.locator("#dienst .dienst__pogingen").wait_for()
    dentist = desk.locator("#dienst .dienst__wie strong").inner_text()
    phone = open_page(viewport=PHONE, bypass_csp=True)
    link = None
    for _ in range(60):
        phone.goto(f"{huis.adres}/demo/berichten/")
        link = re.search(
            rf"oproep {nummer} wacht op je.*?(/k/\S+/bericht/[0-9a-f-]+/)", phone.content(), re.S
        )
        if link:
            break
        phone.wait_for_timeout(250)
    assert link
    log_in(phone, huis, dentist)
    assert phone.goto(huis.adres + link.group(1)).status == 200
    for open_all in (False, True):
        phone.evaluate(
            "open => document.querySelectorAll('details').forEach(d => { d.open = open })", open_all
        )
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        results = Axe().run(phone)
        assert results.violations_count == 0, results.generate_report()
    phone.get_by_role("button", name="Ik bevestig").click()
    phone.get_by_text("Triage ziet het.").wait_for()
    assert phone.locator(".melding").count() == 1
    # What triage then sees fits on a telephone too.
    small = open_page(als="Sanne de Wit", viewport=PHONE)
    small.goto(desk.url)
    assert small.get_by_text("Bevestigd, nog bellen").count() == 1
    assert small.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
