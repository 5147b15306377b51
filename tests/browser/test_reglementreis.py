"""An amendment from proposal to signed new version, in a kring of three practices."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.browser.conftest import PHONE
from tests.browser.tijdreis import days_pass

REGLEMENT = "/k/rijnmond-zuid/reglement"
COORDINATOR = "Björn ter Horst"
PRAKTIJKEN = ("Tandartsen Havenhoofd", "Praktijk De Werf", "Mondzorg IJsselhaven")
TERMIJN = 22
"""Days between convocation and meeting: three weeks and one."""
INGEVULD = {
    "aanhef": {"v-0-gebied": "Rijnmond-Zuid"},
    "2": {"v-2-gebied": "Barendrecht\nRidderkerk\nRhoon"},
    "9": {"v-9-bedrag": "275,00"},
}


def now() -> datetime:
    return datetime.now(ZoneInfo("Europe/Amsterdam"))


def fill(page, huis, versie: str, pagina: str, velden: dict[str, str]) -> None:
    page.goto(f"{versie}artikel/{pagina}/")
    for naam, waarde in velden.items():
        page.locator(f"[name='{naam}']").fill(waarde)
    save(page)


def save(page) -> None:
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.get_by_text("Bewaard.").wait_for()


def begin(page, huis) -> str:
    """Begin a draft; return its address."""
    page.goto(f"{huis.adres}{REGLEMENT}/regels/nieuw/")
    page.get_by_role("button", name="Begin een concept").click()
    page.wait_for_url(re.compile(r"/regels/[0-9a-f-]{36}/$"))
    return page.url


def adopt_on_paper(page, huis) -> None:
    """Fill in the first rules of the kring, and register that they were adopted long ago."""
    versie = begin(page, huis)
    for pagina, velden in INGEVULD.items():
        fill(page, huis, versie, pagina, velden)
    page.goto(f"{versie}artikel/5/")
    for nummer in range(4):
        page.locator(f"[name='v-5-avond-dagen'][value='{nummer}']").check()
    for naam, begin_, einde, later in (
        ("avond", "17:00", "08:00", "1"),
        ("weekend", "17:00", "08:00", "3"),
    ):
        page.locator(f"[name='v-5-{naam}-begin']").fill(begin_)
        page.locator(f"[name='v-5-{naam}-einde']").fill(einde)
        page.locator(f"[name='v-5-{naam}-later']").select_option(later)
    page.locator("[name='v-5-weekend-dagen'][value='4']").check()
    page.locator("[name='v-5-nacht-geen']").check()
    save(page)
    page.goto(versie)
    page.get_by_text("alles is ingevuld").wait_for()
    page.get_by_role("link", name="Al op papier vastgesteld").click()
    day = f"{now() - timedelta(days=300):%Y-%m-%d}"
    page.locator("[name='besloten_op']").fill(day)
    page.locator("[name='geldig_vanaf']").fill(day)
    page.locator("[name='reden']").fill("Notulen, blauwe map.")
    page.get_by_role("button", name="Leg vast").click()
    page.get_by_role("heading", name="Reglement, versie 1", exact=True).wait_for()


def propose(page, huis) -> str:
    """Make the notice six months, see what changes, and put it on the agenda of a new meeting."""
    voorstel = begin(page, huis)
    fill(page, huis, voorstel, "8", {"v-8-opzegmaanden": "6"})
    page.goto(f"{voorstel}verschil/")
    assert page.locator("del").all_inner_texts() == ["3"]
    assert page.locator("ins").all_inner_texts() == ["6"]
    page.goto(f"{huis.adres}{REGLEMENT}/vergaderingen/nieuw/")
    page.locator("[name='titel']").fill("Najaarsvergadering")
    page.locator("[name='begint_op']").fill(f"{now() + timedelta(days=TERMIJN):%Y-%m-%dT%H:%M}")
    page.locator("[name='plaats']").fill("Raadhuis, Barendrecht")
    page.locator("[name='voorzitter']").select_option(label=COORDINATOR)
    page.locator("main form button[type='submit']").first.click()
    page.wait_for_url(re.compile(r"/vergaderingen/[0-9a-f-]{36}/"))
    page.goto(f"{voorstel}voorleggen/")
    page.locator("[name='vergadering']").select_option(index=1)
    page.locator("[name='toelichting']").fill("Drie maanden is te kort voor het rooster.")
    page.get_by_role("button", name="Zet op de agenda").click()
    page.get_by_text("De tekst ligt nu vast").wait_for()
    return voorstel


def convoke(page, huis) -> str:
    """Call the deelnemers; return the address of the meeting."""
    page.goto(f"{huis.adres}{REGLEMENT}/vergaderingen/")
    page.get_by_role("link", name="Najaarsvergadering").first.click()
    page.wait_for_url(re.compile(r"/vergaderingen/[0-9a-f-]{36}/"))
    vergadering = page.url
    page.get_by_role("link", name="Deelnemers oproepen").click()
    page.get_by_role("button", name="Oproepen en mailen").click()
    page.get_by_text("De oproep is verstuurd").wait_for()
    return vergadering


def put_to_vote(desk, vergadering: str) -> None:
    desk.goto(f"{vergadering}leiden/")
    desk.get_by_role("button", name="Vergadering openen").click()
    for praktijk in PRAKTIJKEN:
        desk.get_by_role("button", name=f"{praktijk} is er").click()
        desk.get_by_role("button", name=f"{praktijk} is weg").wait_for()
    desk.get_by_role("button", name="Naar punt 1").click()
    desk.get_by_role("link", name="In stemming brengen").click()
    desk.locator("[name='vraag']").fill("Wordt de opzegtermijn zes maanden?")
    desk.locator("[name='voorstel']").fill("De opzegtermijn van artikel 8 wordt zes maanden.")
    desk.get_by_role("button", name="Open de stemming").click()
    desk.get_by_text("Er wordt gestemd").wait_for()


def vote(phone, vergadering: str, keuze: str) -> None:
    phone.goto(f"{vergadering}zaal/")
    phone.get_by_role("link", name="Stem nu").click()
    phone.get_by_text(keuze, exact=True).click()
    phone.get_by_role("button", name="Dit is mijn stem").click()
    phone.get_by_text("Je stem is geteld").first.wait_for()


def close_vote(desk, vergadering: str) -> None:
    desk.goto(f"{vergadering}leiden/")
    desk.get_by_role("link", name="Stemming sluiten").click()
    desk.get_by_role("button", name="Sluit en tel").click()
    desk.get_by_text("De stemming is gesloten").wait_for()


def test_an_amendment_from_proposal_to_signed_new_version(huis, open_page):
    desk = open_page(als=COORDINATOR)
    adopt_on_paper(desk, huis)
    voorstel = propose(desk, huis)
    vergadering = convoke(desk, huis)
    days_pass(huis, TERMIJN)
    phones = [open_page(als=praktijk, viewport=PHONE) for praktijk in PRAKTIJKEN]
    put_to_vote(desk, vergadering)
    for phone, keuze in zip(phones, ("Voor", "Tegen", "Voor"), strict=True):
        vote(phone, vergadering, keuze)
    close_vote(desk, vergadering)
    # Adopted by two against one; the rules are made by whoever processes the decision (10.7).
    desk.goto(voorstel)
    desk.get_by_role("link", name="Verwerk het besluit").click()
    desk.get_by_role("button", name="Verwerk het besluit").click()
    desk.get_by_role("heading", name="Reglement, versie 2", exact=True).wait_for()
    desk.get_by_text("geldt nu").wait_for()
    assert desk.locator(".pil", has_text="op tijd").count() == 2
    for phone in phones:
        phone.goto(f"{huis.adres}{REGLEMENT}/regels/")
        phone.get_by_role("link", name="Lezen en tekenen").click()
        phone.get_by_label(re.compile("Wij kennen dit reglement")).check()
        phone.get_by_role("button", name="Onderteken", exact=True).click()
        phone.get_by_text("Ondertekend voor").wait_for()
    desk.goto(f"{voorstel}ondertekeningen/")
    desk.get_by_text("3 van 3 praktijken tekenden").wait_for()
    # The old version stays readable as it was.
    desk.goto(f"{huis.adres}{REGLEMENT}/regels/")
    desk.get_by_role("link", name="Versie 1", exact=True).click()
    desk.get_by_text("eerdere versie").wait_for()
    assert desk.get_by_text("minstens 3 maanden van tevoren").count() == 1
