"""A roster from the wishes to the calendar on the telephone, with the keyboard."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.browser.conftest import PHONE, press, tab_to
from tests.browser.kalenderlezer import fetch, read_events, status_of
from tests.servers.hulp import wait_for

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
KRING = "/k/vechtstreek"
COORDINATOR = "Willemijn op den Kamp"
DENTIST = "Anouk Crèvecœur"
PERIODE = "Roosterreis"
FAR = 400
"""Presses of Tab on a page that shows a whole year, or all dentists of two periods."""


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


def press_link(page, link) -> None:
    """Follow a link that was found by its words."""
    press(page, f"main a[href='{link.get_attribute('href')}']", limit=FAR)


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


def make_period(huis) -> None:
    begin, end = (day for day in clock_nights())
    first, last = begin - timedelta(days=12), end + timedelta(days=8)
    huis.shell(f"""
from datetime import date
from kern.actor import Actor
from kern.tenancy import kring_context
from kring.models import Kring
from rooster.actions import periode
kring = Kring.objects.get(slug="vechtstreek")
with kring_context(kring.pk):
    by = Actor.system(kring.pk, "reis")
    row = periode.add_periode(kring_id=kring.pk, by=by, naam={PERIODE!r},
        eerste_dag=date({first.year}, {first.month}, {first.day}),
        laatste_dag=date({last.year}, {last.month}, {last.day}),
        wensen_tot=date.today(), akkoord_tot=date({first.year}, 1, 31))
    periode.open_wensen(row, by=by)
""")


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


def test_a_period_from_wishes_to_the_calendar(huis, open_page):
    make_period(huis)
    spring, autumn = clock_nights()
    wishes = {
        "geblokkeerd": [spring, spring + timedelta(days=1)],
        "liever_niet": [spring + timedelta(days=16)],
        "graag": [autumn],
    }
    wish(open_page(als=DENTIST, viewport=PHONE, bypass_csp=True), huis, wishes)
    coordinator = open_page(als=COORDINATOR, bypass_csp=True)
    close_wishes(coordinator, huis)
    make_draft(coordinator, huis)
    plan(coordinator)
    assert [serves(coordinator, day) for day in wishes["geblokkeerd"]] == [False, False]
    assert [serves(coordinator, day) for day in wishes["graag"]] == [True]
    coordinator.goto(coordinator.url.split("?")[0])
    place, name = pin_another(coordinator)
    plan(coordinator)
    found = holder(coordinator, place)
    assert name in found
    assert "vast" in found
    # The planner has gone round it without breaking a rule.
    stand = coordinator.locator("dl.gegevens").first.inner_text()
    assert re.search(r"Gebroken regels\s+geen", stand)
    assert re.search(r"Open plaatsen\s+geen", stand)
    assert "bewezen het beste" in stand
