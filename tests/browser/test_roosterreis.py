"""A roster from the wishes to the calendar on the telephone, with the keyboard."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.browser.conftest import PHONE, press, tab_to
from tests.browser.kalenderlezer import fetch, read_events, status_of

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
KRING = "/k/vechtstreek"
COORDINATOR = "Willemijn op den Kamp"
DENTIST = "Anouk Crèvecœur"


def last_sunday(jaar: int, maand: int) -> date:
    day = date(jaar, maand, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


def clock_nights() -> dict[date, int]:
    """Return the evening before each clock change of a coming year, with the hours of its night."""
    jaar = datetime.now(AMSTERDAM).year + 2
    return {
        last_sunday(jaar, 3) - timedelta(days=1): 14,
        last_sunday(jaar, 10) - timedelta(days=1): 16,
    }


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=AMSTERDAM)


def axe_finds_nothing(page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page)
    assert results.violations_count == 0, (page.url, results.generate_report())


def make_link(page, huis, label: str) -> str:
    """Make a calendar link with the keyboard; return its address."""
    page.goto(f"{huis.adres}{KRING}/rooster/agenda/")
    axe_finds_nothing(page)
    choice = page.get_by_label(label).get_attribute("value")
    tab_to(page, "[name='keuze']")
    page.keyboard.press("Space")
    while not page.locator(f"[name='keuze'][value='{choice}']:checked").count():
        page.keyboard.press("ArrowDown")
    press(page, "main form button[type='submit']")
    field = page.get_by_label("Adres van de agenda")
    field.wait_for()
    axe_finds_nothing(page)
    return field.input_value()


def plan_by_hand(page, huis, day: date, dienstdoende: str) -> None:
    page.goto(f"{huis.adres}{KRING}/rooster/dienst/")
    for name, moment in (("begin", at(day, 17)), ("einde", at(day + timedelta(days=1), 8))):
        # The parts of this field are the browser's own; what counts is what it sends.
        page.locator(f"[name='{name}']").fill(f"{moment:%Y-%m-%dT%H:%M}")
    tab_to(page, "[name='dienstdoende']")
    page.keyboard.type(dienstdoende)
    tab_to(page, "[name='achterwacht']")
    page.keyboard.press("ArrowDown")
    press(page, "main form button[type='submit']")
    page.wait_for_url(re.compile(r"/rooster/(\?|$)"))


def test_a_calendar_program_reads_both_nights_of_the_clock_change(huis, open_page):
    coordinator = open_page(als=COORDINATOR)
    for day in clock_nights():
        plan_by_hand(coordinator, huis, day, DENTIST)
    phone = open_page(als=DENTIST, viewport=PHONE, bypass_csp=True)
    adres = make_link(phone, huis, "Mijn eigen diensten")
    found = {event.begin: event for event in read_events(fetch(adres))}
    for day, hours in clock_nights().items():
        event = found[at(day, 17)]
        assert event.duur == timedelta(hours=hours)
        assert event.einde == at(day + timedelta(days=1), 8)
        assert event.status == "CONFIRMED"
    press(phone, "main a.btn")
    phone.get_by_role("heading", name="Links die werken").wait_for()
    press(phone, "main tbody a")
    phone.get_by_role("heading", name="Agendalink intrekken").wait_for()
    press(phone, "main form button[type='submit']")
    phone.get_by_text("De link werkt niet meer.").wait_for()
    assert status_of(adres) == 404
