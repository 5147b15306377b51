"""One call from the ringing phone to the picked-up report, with the keyboard only."""

import hashlib
import re
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, press, tab_to, type_into
from tests.servers.hulp import wait_for

PATIENT = [
    ("telefoon", "06 12345678"),
    ("naam", "Toetsje van Bord"),
    ("geboortedatum", "17-05-1984"),
    ("adres", "Lindelaan 12"),
    ("postcode", "3512bb"),
    ("woonplaats", "Utrecht"),
    ("bsn", "111222333"),
]
REPORT = [
    ("bevindingen", "Element 11 geavulseerd, alveole intact."),
    ("diagnose", "Avulsie 11."),
    ("behandeling", "Teruggeplaatst en gespalkt."),
]
HASHES = """
from kern.tenancy import all_kring_ids, kring_context
from verslag.models import Pakket
with kring_context(*all_kring_ids()):
    rows = Pakket.objects.filter(versie__verslag__dossier__patient__naam="{naam}")
    print(*rows.values_list("token_hash", flat=True))
"""


def _saved(page) -> None:
    """Wait until nothing is on its way: keys come faster here than from any hand."""
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=15_000)


def _take_call(page) -> None:
    """Two keys to the advice; then the patient, because the tooth could not wait for a name."""
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"/triage/[0-9a-f-]{36}/"))
    page.keyboard.press("7")
    page.get_by_text("Bel nu de dienstdoende tandarts").wait_for()
    page.keyboard.press("r")
    assert page.locator("#rechts").get_by_text("R-60").count() > 0
    page.keyboard.press("p")
    for name, text in PATIENT:
        type_into(page, name, text)
    tab_to(page, "[name='heeft_eigen_tandarts']")
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    page.locator("[name='heeft_eigen_tandarts'][value='ja']:checked").wait_for()
    tab_to(page, "[name='eigen_tandarts']")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")


def _answer_questions(page) -> None:
    tab_to(page, "[name='avulsie_bewaard']")
    page.keyboard.press("Space")
    tab_to(page, "[name='avulsie_element']")
    page.keyboard.press("Space")


def _reach_dentist(page) -> str:
    """Reach the dentist and make the appointment; return the name of the dentist."""
    _saved(page)
    page.keyboard.press("b")
    page.locator("dialog[open]").wait_for()
    page.keyboard.press("g")
    page.locator("[name='besluit']").first.wait_for()
    _saved(page)
    tab_to(page, "[name='besluit']")
    page.keyboard.press("Space")
    tab_to(page, "[name='moment']")
    moment = datetime.now(ZoneInfo("Europe/Amsterdam")) + timedelta(minutes=20)
    page.keyboard.type(f"{moment:%H:%M}")
    tab_to(page, "[name='betaling_gemeld']")
    page.keyboard.press("Space")
    _saved(page)
    press(page, "form[action$='/besluit/'] button")
    page.locator(".afhandeling__stand").wait_for()
    spoken = re.search(r"dienstdoende (.+): gesproken", page.locator("#rechts").inner_text())
    return spoken[1]


def _close_call(page) -> None:
    page.keyboard.press("f")
    page.locator("[name='controles']").first.wait_for()
    for _ in range(4):
        tab_to(page, "[name='controles']:not(:checked)")
        page.keyboard.press("Space")
    press(page, "form[action$='/afronden/'] button")
    page.wait_for_url(re.compile(r"/triage/$"))


def _write_report(page, huis) -> None:
    page.goto(f"{huis.adres}/k/vechtstreek/mijn/")
    card = "li:has-text('Toetsje van Bord')"
    seen = page.locator(f"{card} form[action$='/gezien/']").get_attribute("action")
    press(page, f"form[action='{seen}'] button")
    page.locator(f"{card} form[action$='/gezien/']").wait_for(state="detached")
    write = page.locator(f"{card} form[action$='/verslag/']").get_attribute("action")
    press(page, f"form[action='{write}'] button")
    page.wait_for_url(re.compile("/bewerken/"))
    assert "Tand uit de mond" in page.locator("[name='spoedklacht']").input_value()
    for name, text in REPORT:
        type_into(page, name, text)
    press(page, "button[value='teken']")
    page.wait_for_url(re.compile("/tekenen/"))
    press(page, "main form button[type='submit']")
    page.wait_for_url(re.compile(r"/verslagen/[0-9a-f-]{36}/$"))


def _pick_up(page, huis, link: str, before: int) -> None:
    page.goto(link)
    assert "Toetsje" not in page.content()
    press(page, "form button")
    page.locator("[name='code']").wait_for()
    tab_to(page, "[name='code']")
    page.keyboard.type(wait_for(lambda: _code(huis, before), 20))
    page.keyboard.press("Enter")
    page.get_by_text("Toetsje van Bord").first.wait_for()
    assert "Teruggeplaatst en gespalkt" in page.content()


def _code(huis, before: int) -> str:
    """Return the code among the text messages after so many, or nothing yet."""
    texts = (row["tekst"] for row in huis.smsen()[before:])
    return next((code[1] for text in texts if (code := re.search(r"code is (\d{6})", text))), "")


def _link(huis, naam: str) -> str:
    """Return the link that was mailed about this patient, or nothing yet.

    By its hash, as the house itself finds it: the demo's own reports may leave meanwhile.
    """
    known = huis.shell(HASHES.format(naam=naam)).split()
    mails = (message_from_bytes(mail, policy=default) for mail in huis.mails())
    # An encrypted mail has no text to read.
    bodies = (body.get_content() for mail in mails if (body := mail.get_body(("plain",))))
    links = (re.search(r"http\S+/ophalen/(\S+?)/", body) for body in bodies)
    tokens = {hashlib.sha256(link[1].encode()).hexdigest(): link[0] for link in links if link}
    return next((tokens[known_hash] for known_hash in known if known_hash in tokens), "")


def test_from_ringing_phone_to_picked_up_report(huis, open_page):
    desk = open_page(als="Sanne de Wit")
    desk.goto(f"{huis.adres}/k/vechtstreek/triage/")
    _take_call(desk)
    _answer_questions(desk)
    naam = _reach_dentist(desk)
    _close_call(desk)

    smsen = len(huis.smsen())
    dentist = open_page(als=naam, viewport=PHONE)
    _write_report(dentist, huis)
    link = wait_for(lambda: _link(huis, "Toetsje van Bord"), 20)
    _pick_up(open_page(viewport=PHONE), huis, link, smsen)
    dentist.reload()
    dentist.get_by_text("Opgehaald").first.wait_for()
