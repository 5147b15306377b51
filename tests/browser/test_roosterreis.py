"""A roster from the wishes to the calendar on the telephone, with the keyboard."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.browser.conftest import PHONE, press, tab_to
from tests.browser.kalenderlezer import Gebeurtenis, fetch, read_events, status_of
from tests.browser.roosterstappen import (
    COORDINATOR,
    DENTIST,
    KRING,
    adopt,
    approve,
    close_wishes,
    give_away,
    holder,
    make_draft,
    make_link,
    make_period,
    pin_another,
    plan,
    propose,
    repair,
    serves,
    take_over,
    wish,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def last_sunday(jaar: int, maand: int) -> date:
    day = date(jaar, maand, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


def clock_nights(years: int = 2) -> dict[date, int]:
    """Return the evening before each clock change of a coming year, with the hours of its night."""
    jaar = datetime.now(AMSTERDAM).year + years
    return {
        last_sunday(jaar, 3) - timedelta(days=1): 14,
        last_sunday(jaar, 10) - timedelta(days=1): 16,
    }


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=AMSTERDAM)


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
    for day in clock_nights(3):
        plan_by_hand(coordinator, huis, day, DENTIST)
    phone = open_page(als=DENTIST, viewport=PHONE, bypass_csp=True)
    adres = make_link(phone, huis, "Mijn eigen diensten")
    found = {event.begin: event for event in read_events(fetch(adres))}
    for day, hours in clock_nights(3).items():
        event = found[at(day, 17)]
        assert event.duur == timedelta(hours=hours)
        assert event.einde == at(day + timedelta(days=1), 8)
        assert event.status == "CONFIRMED"
    press(phone, "main a.btn")
    phone.get_by_role("heading", name="Links die werken").wait_for()
    # The newest link stands last; another journey may have left the same dentist an older one.
    press(phone, "main tbody tr:last-child a")
    phone.get_by_role("heading", name="Agendalink intrekken").wait_for()
    press(phone, "main form button[type='submit']")
    phone.get_by_text("De link werkt niet meer.").wait_for()
    assert status_of(adres) == 404


def on(adres: str, day: date) -> Gebeurtenis:
    """Return the one event of a feed that begins on a day."""
    [event] = [row for row in read_events(fetch(adres)) if row.begin == at(day, 8)]
    return event


def is_unique(page, huis, naam: str) -> bool:
    """Whether the panel of the demo offers this person once: names repeat in a small country."""
    page.goto(f"{huis.adres}/demo/")
    return (
        page.get_by_role("button", name=f"Aanmelden als {naam}", include_hidden=True).count() == 1
    )


def test_a_period_from_wishes_to_the_calendar(huis, open_page):
    spring, autumn = clock_nights()
    coordinator = open_page(als=COORDINATOR, bypass_csp=True)
    make_period(coordinator, huis, spring - timedelta(days=12), autumn + timedelta(days=8))
    wishes = {
        "geblokkeerd": [spring, spring + timedelta(days=1)],
        "liever_niet": [spring + timedelta(days=16)],
        "graag": [autumn],
    }
    wish(open_page(als=DENTIST, viewport=PHONE, bypass_csp=True), huis, wishes)
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

    propose(coordinator, huis)
    approve(coordinator)
    adopt(coordinator)
    kring = make_link(coordinator, huis, "Alle diensten van de kring")
    phone = open_page(als=DENTIST, viewport=PHONE, bypass_csp=True)
    own = make_link(phone, huis, "Mijn eigen diensten")
    # A weekend duty is a whole day: 23 hours in the one night, 25 in the other.
    first = {"spring": on(kring, spring), "autumn": on(kring, autumn), "own": on(own, autumn)}
    assert [event.duur.total_seconds() / 3600 for event in first.values()] == [23, 25, 25]
    assert DENTIST in first["autumn"].titel

    asked = give_away(phone, huis, autumn)
    colleague = next(name for name in asked if is_unique(coordinator, huis, name))
    take_over(open_page(als=colleague, viewport=PHONE, bypass_csp=True), huis, autumn)
    gone, taken = on(own, autumn), on(kring, autumn)
    assert (gone.uid, gone.status) == (first["own"].uid, "CANCELLED")
    assert gone.volgnummer > first["own"].volgnummer
    assert (taken.uid, taken.status) == (first["autumn"].uid, "CONFIRMED")
    assert taken.volgnummer > first["autumn"].volgnummer
    assert colleague in taken.titel
    assert DENTIST not in taken.titel
    assert (taken.begin, taken.einde) == (first["autumn"].begin, first["autumn"].einde)

    ill = re.search(r"dienstdoende: (.+)", first["spring"].tekst)[1]
    changes = repair(coordinator, huis, ill, spring)
    assert ill.split(" (")[0] in changes
    mended = on(kring, spring)
    assert mended.uid == first["spring"].uid
    assert ill not in mended.tekst
    assert mended.volgnummer > first["spring"].volgnummer
    assert mended.duur == timedelta(hours=23)
