"""The steps of the journey of a roster, each with the keyboard and under the eyes of axe."""

import re
from datetime import date, timedelta

from tests.browser.conftest import press, tab_to, type_into
from tests.servers.hulp import wait_for

KRING = "/k/vechtstreek"
COORDINATOR = "Willemijn op den Kamp"
DENTIST = "Anouk Crèvecœur"
PERIODE = "Roosterreis"
FAR = 400
"""Presses of Tab on a page that shows a whole year, or all dentists of two periods."""


def axe_finds_nothing(page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page)
    assert results.violations_count == 0, (page.url, results.generate_report())


def make_link(page, huis, label: str) -> str:
    """Make a calendar link with the keyboard; return its address."""
    page.goto(f"{huis.adres}{KRING}/rooster/agenda/")
    axe_finds_nothing(page)
    choice = page.get_by_label(label, exact=True).get_attribute("value")
    tab_to(page, "[name='keuze']")
    page.keyboard.press("Space")
    while not page.locator(f"[name='keuze'][value='{choice}']:checked").count():
        page.keyboard.press("ArrowDown")
    press(page, "main form button[type='submit']")
    field = page.get_by_label("Adres van de agenda")
    field.wait_for()
    axe_finds_nothing(page)
    return field.input_value()


def press_link(page, link) -> None:
    """Follow a link that was found by its words."""
    press(page, f"a[href='{link.get_attribute('href')}']", limit=FAR)


def make_period(page, huis, first: date, last: date) -> None:
    """Begin a period within the frame of the demo, and ask for wishes."""
    page.goto(f"{huis.adres}{KRING}/rooster/perioden/")
    axe_finds_nothing(page)
    press_link(page, page.get_by_role("link", name="Nieuwe periode"))
    page.get_by_role("heading", name="Nieuwe periode").wait_for()
    axe_finds_nothing(page)
    type_into(page, "naam", PERIODE)
    days = {"eerste_dag": first, "laatste_dag": last}
    days |= {"wensen_tot": first - timedelta(days=90), "akkoord_tot": first - timedelta(days=60)}
    for name, day in days.items():
        set_day(page, name, day)
    press(page, "main form button[type='submit']")
    page.get_by_text("De periode is gemaakt.").wait_for()
    axe_finds_nothing(page)
    press(page, "form[action$='/openen/'] button")
    page.get_by_text("Iedereen kan nu wensen opgeven").wait_for()


def set_day(page, name: str, day: date) -> None:
    """Fill in a day; the parts of such a field are the browser's own."""
    page.locator(f"[name='{name}']").fill(f"{day}")


def card(page):
    """Return the block of this period on a page that shows all of them."""
    return page.locator(".kaart", has=page.get_by_role("heading", name=PERIODE))


def wish(page, huis, wishes: dict[str, list[date]]) -> None:
    """Mark days on the telephone, and say that the list is complete."""
    page.goto(f"{huis.adres}{KRING}/rooster/wensen/")
    axe_finds_nothing(page)
    press_link(page, card(page).get_by_role("link", name=DENTIST))
    page.get_by_role("heading", name="Mijn wensen").wait_for()
    axe_finds_nothing(page)
    for soort, days in wishes.items():
        # The days of one wish lie in one month: one press there, then from day to day.
        press(page, f"a[href='#maand-{days[0]:%Y-%m}']", limit=FAR)
        for day in days:
            press(page, f"#d{day}", key="Space")
        # The first letter of the button: the days end far below.
        page.keyboard.press(soort[0] if soort != "geblokkeerd" else "k")
        page.get_by_role("status").filter(has_text="Bewaard:").wait_for()
        page.locator(f".wd--{soort} #d{days[-1]}").wait_for()
    axe_finds_nothing(page)
    press(page, ".wensklaar button", limit=FAR)
    page.get_by_text("Ingediend. Wijzigen kan nog").wait_for()


def close_wishes(page, huis) -> None:
    """See who did not answer, remind them in one press, and close."""
    page.goto(f"{huis.adres}{KRING}/rooster/wensen/")
    axe_finds_nothing(page)
    sent_in = card(page).locator("h3:text-is('Ingediend') + ul")
    assert DENTIST in sent_in.inner_text()
    before = len(huis.mails())
    action = card(page).locator("form[action$='/herinneren/']").get_attribute("action")
    press(page, f"form[action='{action}'] button", limit=FAR)
    page.get_by_text("tandartsen krijgen een mail").wait_for()
    wait_for(lambda: len(huis.mails()) > before, 20)
    press_link(page, card(page).get_by_role("link", name="Wensen sluiten"))
    page.get_by_text("dienden nog niets in").wait_for()
    press(page, "main form button[type='submit']")
    page.get_by_text("De wensen zijn gesloten.").wait_for()


def make_draft(page, huis) -> None:
    page.goto(f"{huis.adres}{KRING}/rooster/concept/")
    axe_finds_nothing(page)
    press_link(page, card(page).get_by_role("link", name="Concept maken"))
    page.get_by_label("Naam van het concept").wait_for()
    press(page, "main form button[type='submit']")
    page.get_by_role("heading", name="Concept 1").wait_for()


def plan(page) -> None:
    """Let the planner work; its progress is on the page, and its proof afterwards."""
    press(page, "form[action$='/plannen/'] button")
    page.locator("#voortgang progress").wait_for()
    axe_finds_nothing(page)
    page.get_by_text("Kan het beter?").wait_for(timeout=60_000)
    axe_finds_nothing(page)


def pin_another(page) -> tuple[str, str]:
    """Give the first place to somebody else and pin it; return its address and who has it."""
    place = page.locator("td[id^='p'] a").first.get_attribute("href")
    press(page, f"main a[href='{place}']")
    page.get_by_role("heading", name="Wie heeft deze plaats?").wait_for()
    axe_finds_nothing(page)
    other = page.locator("tbody tr", has_text=re.compile("kan ook|kan, maar")).first
    name = other.locator("th").inner_text().splitlines()[0]
    tab_to(page, "[name='wie']")
    page.keyboard.type(name)
    tab_to(page, "[name='vast']")
    page.keyboard.press("Space")
    press(page, "main form button[type='submit']")
    page.get_by_text("De plaats is gewijzigd.").wait_for()
    return place, name


def holder(page, place: str) -> str:
    """Return the cell of a place: who has it, and whether it is pinned."""
    return page.locator("td", has=page.locator(f"a[href='{place}']")).inner_text()


def serves(page, day: date) -> bool:
    """Whether the dentist of the wishes has a place on a day of the draft."""
    page.goto(f"{page.url.split('?')[0].split('#')[0]}?maand={day:%Y-%m}")
    rows = page.locator("tr", has=page.locator(f"time[datetime^='{day}']"))
    rows.first.wait_for()
    return any(DENTIST in text for text in rows.all_inner_texts())


def propose(page, huis) -> None:
    """Lay the draft before the deelnemers, and open what they see."""
    page.goto(f"{huis.adres}{KRING}/rooster/versie/")
    axe_finds_nothing(page)
    mine = page.locator(".kaart", has_text=PERIODE)
    press_link(page, mine.get_by_role("link", name="Voorleggen aan de deelnemers"))
    page.get_by_role("heading", name="Rooster voorleggen").wait_for()
    press(page, "main form button[type='submit']")
    page.get_by_text("Het voorstel ligt bij de deelnemers.").wait_for()
    press_link(page, page.get_by_role("link", name=f"{PERIODE}, versie 1"))
    page.get_by_role("heading", name="Antwoorden", exact=True).wait_for()
    axe_finds_nothing(page)


def approve(page) -> None:
    """Note for every practice that still has to answer that it agrees."""
    silent = page.locator("tr", has_text="nog geen antwoord")
    while number := silent.count():
        press_link(page, silent.first.get_by_role("link", name="Noteren"))
        page.get_by_role("heading", name="Antwoord van").wait_for()
        press(page, "[name='akkoord']", key="Space")
        press(page, "main form button[type='submit']")
        page.get_by_text("het antwoord is genoteerd").wait_for()
        assert silent.count() == number - 1


def adopt(page) -> None:
    press_link(page, page.get_by_role("link", name="Vaststellen"))
    page.get_by_role("heading", name="Rooster vaststellen").wait_for()
    axe_finds_nothing(page)
    press(page, "main form button[type='submit']")
    page.get_by_text("Het rooster is vastgesteld.").wait_for()
    axe_finds_nothing(page)


def give_away(page, huis, day: date) -> list[str]:
    """Ask colleagues to take over the duty of a day; return who were asked, in order."""
    page.goto(f"{huis.adres}{KRING}/rooster/ruilen/")
    press_link(page, page.get_by_role("link", name="Toon ook je latere diensten"))
    page.wait_for_url("**/?toon=alles")
    axe_finds_nothing(page)
    row = page.locator(".ruilrij", has=page.locator(f"time[datetime^='{day}']"))
    press_link(page, row.get_by_role("link", name="Weggeven of ruilen"))
    page.get_by_role("heading", name="Weggeven of ruilen").wait_for()
    axe_finds_nothing(page)
    press(page, "main form button[type='submit']", limit=FAR)
    page.get_by_text("Je krijgt bericht zodra iemand ja zegt.").wait_for()
    axe_finds_nothing(page)
    asked = page.locator(".ruilrij", has_text="gevraagd").locator("p")
    # The name comes first, the practice behind it.
    return asked.evaluate_all("rows => rows.map(row => row.firstChild.textContent.trim())")


def take_over(page, huis, day: date) -> None:
    page.goto(f"{huis.adres}{KRING}/rooster/ruilen/")
    mine = page.locator(".kaart", has=page.locator(f"time[datetime^='{day}']"))
    press_link(page, mine.get_by_role("link", name="Bekijk en antwoord").first)
    page.get_by_role("heading", name="Neem je deze dienst over?").wait_for()
    axe_finds_nothing(page)
    press(page, "button[value='ja']")
    page.get_by_text("Geregeld. Het rooster is aangepast.").wait_for()


def repair(page, huis, label: str, day: date) -> str:
    """Let somebody be ill on a day of the published roster; return what the repair changes."""
    page.goto(f"{huis.adres}{KRING}/rooster/concept/")
    press_link(page, card(page).locator("a[href*='/herstel/']"))
    page.get_by_role("heading", name="Iemand valt uit").wait_for()
    tab_to(page, "[name='tandarts']")
    page.keyboard.type(label)
    for name in ("van", "tot"):
        set_day(page, name, day)
    press(page, "main form button[type='submit']")
    page.get_by_role("heading", name="Wat er verandert in het rooster").wait_for(timeout=60_000)
    axe_finds_nothing(page)
    press_link(page, page.locator("a[href$='/overnemen/']"))
    page.get_by_role("heading", name="Overnemen in het rooster").wait_for()
    changes = page.locator("main table tbody").inner_text()
    type_into(page, "reden", "Valt uit.")
    press(page, "main form button[type='submit']")
    page.get_by_text("Het rooster is hersteld").wait_for()
    return changes
