"""How many keys a call costs (U1, U2, U4): counted in a real browser, without a mouse."""

import re
import time

import pytest
from playwright.sync_api import expect

KRING = "/k/vechtstreek"
NIEUW = [
    ("telefoon", "0602009411"),
    ("naam", "Nieuwe van Telling"),
    ("geboortedatum", "17-05-1984"),
    ("adres", "Lindelaan 12"),
    ("postcode", "3621ab"),
    ("woonplaats", "Breukelen"),
]


class Toetsenbord:
    """Presses keys and counts them: `press` is a key, `typ` fills one field with text."""

    def __init__(self, page):
        self.page = page
        self.toetsen = 0
        self.velden = 0
        self.begin = time.monotonic()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.toetsen += 1

    def typ(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.velden += 1

    @property
    def seconden(self) -> float:
        return time.monotonic() - self.begin


def _saved(page) -> None:
    """Wait until nothing is on its way: keys come faster here than from any hand."""
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=15_000)


def _from_the_board(page, huis) -> Toetsenbord:
    page.goto(f"{huis.adres}{KRING}/triage/")
    toetsen = Toetsenbord(page)
    toetsen.press("n")
    page.wait_for_url(re.compile(r"/triage/[0-9a-f-]{36}/"))
    return toetsen


def _avulsion(page, huis) -> Toetsenbord:
    toetsen = _from_the_board(page, huis)
    toetsen.press("7")
    expect(page.locator("#uitkomst")).to_contain_text("Bel nu de dienstdoende tandarts")
    return toetsen


def _to_the_end(toetsen: Toetsenbord) -> None:
    """Dentist, decision, closing questions: the part that every such call has in common."""
    page = toetsen.page
    _saved(page)
    toetsen.press("b")
    page.locator("dialog[open]").wait_for()
    toetsen.press("g")
    expect(page.locator("[name='besluit']:focus")).to_have_value("zien")
    toetsen.press("Enter")
    expect(page.locator("[name='controles']:focus")).to_have_count(1)
    _saved(page)
    toetsen.press("1", "2", "3", "4", "5", "Enter")
    page.wait_for_url(re.compile(r"/triage/$"))


def test_u1_advice_after_two_keys(huis, open_page):
    page = open_page(als="Sanne de Wit")
    toetsen = _avulsion(page, huis)
    assert toetsen.toetsen == 2
    expect(page.locator("#advies")).to_contain_text("Pak de tand vast bij de kroon")
    for part in ("#uitkomst .uitkomst", "#dienst .telefoon--groot", "#advies li"):
        expect(page.locator(part).first).to_be_in_viewport(ratio=1)


def test_u2_a_new_patient(huis, open_page, record_property):
    page = open_page(als="Sanne de Wit")
    toetsen = _avulsion(page, huis)
    toetsen.press("r", "p")
    for name, text in NIEUW:
        expect(page.locator(f"[name='{name}']:focus")).to_have_count(1)
        toetsen.typ(text)
        toetsen.press("Tab")
    toetsen.press("Escape")
    _to_the_end(toetsen)
    record_property("u2_nieuw", (toetsen.toetsen, toetsen.velden, toetsen.seconden))
    assert toetsen.toetsen <= 30
    assert toetsen.velden <= 8
    assert toetsen.seconden <= 120


def test_u2_a_known_patient(huis, open_page, record_property):
    page = open_page(als="Sanne de Wit")
    known = huis.shell(
        "from kern.tenancy import set_context\n"
        "from django.db import transaction\n"
        "from kring.models import Kring\n"
        "from triage.models import Patient\n"
        "with transaction.atomic():\n"
        "    kring = Kring.objects.get(slug='vechtstreek')\n"
        "    set_context([kring.pk])\n"
        "    row = Patient.objects.create(kring=kring, naam='Bekende van Telling',\n"
        "        telefoon='+31602009422', geboortedatum='1984-05-17',\n"
        "        adres='Lindelaan 1', woonplaats='Breukelen')\n"
        "print(row.pk)"
    ).strip()
    toetsen = _avulsion(page, huis)
    toetsen.press("r", "p")
    toetsen.typ("0602009422")
    hit = page.locator(f"button[name='patient'][value='{known}']")
    hit.wait_for()
    toetsen.press("Tab")
    expect(hit).to_be_focused()
    toetsen.press("Enter")
    expect(page.locator("[name='naam']")).to_have_value("Bekende van Telling")
    _to_the_end(toetsen)
    record_property("u2_bekend", (toetsen.toetsen, toetsen.velden, toetsen.seconden))
    assert toetsen.toetsen <= 15
    assert toetsen.seconden <= 45


@pytest.mark.parametrize(
    ("klacht", "most", "worst"),
    [("7", 0, ""), ("6", 0, ""), ("5", 2, "gn"), ("2", 6, "nj")],
    ids=["avulsie", "tandletsel", "nabloeding", "pijn"],
)
def test_u4_questions_before_an_outcome(huis, open_page, klacht, most, worst):
    """`worst` are the answers that ask for more; none of them may pass the number of U4."""
    page = open_page(als="Sanne de Wit")
    toetsen = _from_the_board(page, huis)
    toetsen.press(klacht)
    _saved(page)
    asked: set[str] = set()

    def look() -> None:
        fields = page.locator(".vraag--open input").evaluate_all("i => i.map(e => e.name)")
        asked.update(fields)

    look()
    for key in worst:
        toetsen.press(key)
        _saved(page)
        look()
    assert len(asked) <= most, asked
    if not most:
        expect(page.locator(".uitkomst--verplicht")).to_be_visible()


def test_no_key_fires_while_somebody_types(huis, open_page):
    page = open_page(als="Sanne de Wit")
    _avulsion(page, huis)
    address = page.url
    for key in ("d", "p"):
        page.keyboard.press(key)
        page.keyboard.type("bftnhas12345678")
        page.keyboard.press("Escape")
    assert page.url == address
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("details[data-toetsvak][open]")).to_have_count(0)
    expect(page.locator("[name='klachten']:checked")).to_have_count(1)


def test_a_time_typed_too_early_chooses_no_complaint(huis, open_page):
    page = open_page(als="Sanne de Wit")
    toetsen = _avulsion(page, huis)
    _saved(page)
    toetsen.press("b")
    page.locator("dialog[open]").wait_for()
    toetsen.press("g")
    expect(page.locator("[name='besluit']:focus")).to_have_count(1)
    toetsen.press("2", "3", "1", "5")
    expect(page.locator("[name='klachten']:checked")).to_have_count(1)


def test_who_switched_the_keys_off_has_none(huis, open_page):
    page = open_page(als="Marijke van der Laan")
    page.goto(f"{huis.adres}/aanmelden/sneltoetsen/")
    page.get_by_role("button", name="Sneltoetsen uitzetten").press("Enter")
    page.get_by_role("button", name="Sneltoetsen aanzetten").wait_for()
    page.goto(f"{huis.adres}{KRING}/triage/")
    page.keyboard.press("n")
    page.keyboard.press("?")
    page.wait_for_timeout(300)
    assert page.url.endswith("/triage/")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.goto(f"{huis.adres}/aanmelden/sneltoetsen/")
    page.get_by_role("button", name="Sneltoetsen aanzetten").press("Enter")


def test_raise_with_two_keys_and_the_ladder_with_two(huis, open_page):
    page = open_page(als="Sanne de Wit")
    toetsen = _from_the_board(page, huis)
    toetsen.press("5")
    _saved(page)
    toetsen.press("g")
    _saved(page)
    toetsen.press("n")
    expect(page.locator(".uitkomst--niet_nodig")).to_be_visible()
    _saved(page)
    toetsen.press("h", "1")
    expect(page.locator(".uitkomst--verplicht")).to_contain_text("ik vertrouw het niet")
    _saved(page)
    toetsen.press("a", "1")
    expect(page.locator("#gedrag")).to_contain_text("ongepast")
    expect(page.locator("[name='klachten'][value='nabloeding']")).to_be_checked()
