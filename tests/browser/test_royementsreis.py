"""A royement that fails its quorum, gets a second meeting, is carried conditionally, and is tested.

In a house of its own: weeks pass in it (tests/browser/tijdreis.py). What the coordinator, the
practice itself and the others do goes through the pages, in a real browser.
"""

import email
import json
import re
from datetime import datetime, timedelta
from email.policy import default
from zoneinfo import ZoneInfo

import pytest

from tests.browser.conftest import DESK, PHONE, log_in
from tests.browser.roosterstappen import axe_finds_nothing
from tests.browser.tijdreis import days_pass
from tests.proefhuis import Proefhuis
from tests.servers.hulp import wait_for

KRING = "/k/vechtstreek/reglement"
COORDINATOR = "Willemijn op den Kamp"
PRAKTIJK = "Praktijk De Brug"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WIE = """
import json
from kern.tenancy import kring_context
from kring.models import Kring, Lidmaatschap
kring = Kring.objects.get(slug="vechtstreek")
with kring_context(kring.pk):
    rows = Lidmaatschap.objects.active().filter(kring=kring, rol="vertegenwoordiger")
    rows = rows.select_related("gebruiker", "deelnemer").order_by("deelnemer__naam")
    print(json.dumps({row.deelnemer.naam: row.gebruiker.naam for row in rows}))
"""


@pytest.fixture
def reishuis(tmp_path):
    huis = Proefhuis(tmp_path / "huis", sjabloon=True)
    yield huis
    huis.stop()


class Gezelschap:
    """Everybody at a screen of their own; each stays logged in."""

    def __init__(self, huis, chromium):
        self.huis, self.chromium, self.pages = huis, chromium, {}
        self.noise: list[str] = []

    def page(self, naam: str, viewport=DESK):
        if naam not in self.pages:
            context = self.chromium.new_context(viewport=viewport, locale="nl-NL")
            page = context.new_page()
            page.set_default_timeout(30_000)
            page.on("pageerror", lambda error: self.noise.append(f"{page.url}: {error}"))
            page.on("console", lambda message: self.noise.append(f"{page.url}: {message.text}"))
            log_in(page, self.huis, naam)
            self.pages[naam] = page
        return self.pages[naam]

    def go(self, naam: str, pad: str, viewport=DESK):
        page = self.page(naam, viewport)
        page.goto(f"{self.huis.adres}{KRING}{pad}")
        return page


def button(page, naam: str):
    page.get_by_role("button", name=naam, exact=True).first.click()


def link(page, naam: str):
    page.get_by_role("link", name=naam).first.click()


def says(page, tekst: str) -> None:
    page.get_by_text(tekst).first.wait_for()


def plan(page, huis, titel: str, dagen: int, *, zitting: str = "") -> str:
    """Plan a meeting at this hour so many days ahead; return its address."""
    page.goto(f"{huis.adres}{KRING}/vergaderingen/nieuw/")
    fill_moment(page, dagen)
    page.fill("[name='titel']", titel)
    page.fill("[name='plaats']", "Buurthuis De Schakel")
    page.select_option("[name='voorzitter']", label=COORDINATOR)
    if zitting:
        page.check(f"[name='zitting'][value='{zitting}']")
    page.locator("main form button[type='submit']").first.click()
    page.wait_for_url(re.compile(r"/vergaderingen/[0-9a-f-]{36}/"))
    return re.search(r"/vergaderingen/[0-9a-f-]{36}/", page.url).group()


def fill_moment(page, dagen: int) -> None:
    moment = datetime.now(AMSTERDAM) + timedelta(days=dagen)
    page.fill("[name='begint_op']", f"{moment:%Y-%m-%dT%H:%M}")


def call(page, huis, vergadering: str) -> None:
    page.goto(f"{huis.adres}{KRING}{vergadering}oproepen/")
    button(page, "Oproepen en mailen")


def put_on_agenda(page, huis, dossier: str) -> None:
    page.goto(f"{huis.adres}{KRING}{dossier}")
    page.select_option("[name='vergadering']", index=1)
    button(page, "Zet op de agenda")
    says(page, "Het staat op de agenda.")


def gather(page, huis, vergadering: str, wie: list[str]) -> None:
    """Note who came, open the meeting, and table its only point."""
    page.goto(f"{huis.adres}{KRING}{vergadering}leiden/")
    for praktijk in wie:
        page.get_by_role("button", name=f"{praktijk} is er", exact=True).click()
        page.get_by_role("button", name=f"{praktijk} is weg", exact=True).wait_for()
    button(page, "Vergadering openen")
    button(page, "Naar punt 1")
    says(page, "Nu aan de orde")


def vote(gezelschap, vergadering: str, *, voor: list[str], vraag: str, besluit: str) -> None:
    """Put it to the vote, let these vote for it on their phones, and close."""
    page = gezelschap.page(COORDINATOR)
    link(page, "In stemming brengen")
    page.fill("[name='vraag']", vraag)
    page.fill("[name='voorstel']", besluit)
    button(page, "Open de stemming")
    says(page, "Er wordt gestemd")
    for naam in voor:
        phone = gezelschap.go(naam, f"{vergadering}zaal/", PHONE)
        link(phone, "Stem nu")
        phone.get_by_label("Voor", exact=True).check()
        button(phone, "Dit is mijn stem")
        says(phone, "Je stem is geteld")
    page.goto(f"{gezelschap.huis.adres}{KRING}{vergadering}leiden/")
    link(page, "Stemming sluiten")
    page.locator("main form button[type='submit']").first.click()
    says(page, "aangenomen")


def close(page, huis, vergadering: str) -> None:
    page.goto(f"{huis.adres}{KRING}{vergadering}leiden/")
    for _ in range(2):
        done = page.get_by_role("button", name="Punt afsluiten", exact=True)
        if done.count():
            done.first.click()
            page.wait_for_load_state()
    button(page, "Vergadering sluiten")
    button(page, "Ja, sluit de vergadering")
    says(page, "De vergadering is gesloten")


def test_no_quorum_second_meeting_conditional_and_tested(reishuis, chromium):
    huis = reishuis
    wie = json_of(huis.shell(WIE))
    others = [praktijk for praktijk in wie if praktijk != PRAKTIJK]
    subject = wie[PRAKTIJK]
    gezelschap = Gezelschap(huis, chromium)
    coordinator = gezelschap.go(COORDINATOR, "/royement/nieuw/")
    dossier = begin(coordinator)

    # Called too late: refused with article and first day, and nothing of it is lost.
    first = plan(coordinator, huis, "Extra vergadering", 20)
    put_on_agenda(coordinator, huis, dossier)
    call(coordinator, huis, first)
    says(coordinator, "9.2c")
    coordinator.goto(f"{huis.adres}{KRING}{first}wijzigen/")
    fill_moment(coordinator, 22)
    coordinator.locator("main form button[type='submit']").first.click()
    call(coordinator, huis, first)
    says(coordinator, "De oproep is verstuurd.")

    # The practice reads its file on the phone, and gives its side.
    phone = gezelschap.go(subject, dossier, PHONE)
    says(phone, "Drie diensten achtereen")
    axe_finds_nothing(phone)
    phone.fill("form:has([value='zienswijze']) [name='tekst']", "Wij hadden een storing.")
    button(phone, "Zet in het dossier")
    says(phone, "Jouw kant staat in het dossier.")

    # Too few come; and nobody was heard yet.
    days_pass(huis, 22)
    gather(coordinator, huis, first, others[:5])
    link(coordinator, "In stemming brengen")
    says(coordinator, "9.2e")
    says(coordinator, "9.2d")
    close(coordinator, huis, first)
    coordinator.goto(f"{huis.adres}{KRING}{dossier}")
    coordinator.check("[name='wijze'][value='gehoord']")
    coordinator.fill("form:has([value='hoor']) [name='tekst']", "Zij noemt een storing.")
    button(coordinator, "Leg het horen vast")
    says(coordinator, "Het horen is vastgelegd.")
    button(coordinator, "Verwerk de uitslag")
    says(coordinator, "tweede vergadering nodig")
    axe_finds_nothing(coordinator)

    # The second meeting, a week later: seven of twelve are enough, five of those for it.
    coordinator.goto(f"{huis.adres}{KRING}{first}")
    link(coordinator, "Tweede vergadering plannen")
    fill_moment(coordinator, 8)
    coordinator.fill("[name='plaats']", "Buurthuis De Schakel")
    coordinator.locator("main form button[type='submit']").first.click()
    coordinator.wait_for_url(re.compile(rf"(?!.*{first})/k/.*/vergaderingen/[0-9a-f-]{{36}}/"))
    second = re.search(r"/vergaderingen/[0-9a-f-]{36}/", coordinator.url).group()
    call(coordinator, huis, second)
    says(coordinator, "De oproep is verstuurd.")
    days_pass(huis, 8)
    gather(coordinator, huis, second, [*others[:6], PRAKTIJK])
    vote(
        gezelschap,
        second,
        voor=[wie[praktijk] for praktijk in others[:5]],
        vraag="Wordt De Brug voorwaardelijk geroyeerd?",
        besluit="De Brug is voorwaardelijk geroyeerd.",
    )

    # Told, decided in writing, and picked up behind the login.
    coordinator.goto(f"{huis.adres}{KRING}{dossier}")
    button(coordinator, "Verwerk de uitslag")
    button(coordinator, "De uitslag is meegedeeld")
    link(coordinator, "Neem het besluit")
    coordinator.fill("[name='redenen']", "Patiënten stonden voor een dichte deur.")
    coordinator.fill("[name='voorwaarden']", "Elke dienst neemt iemand op.")
    term = datetime.now(AMSTERDAM).date() + timedelta(days=60)
    coordinator.fill("[name='termijn_einde']", f"{term}")
    coordinator.locator("main form button[type='submit']").first.click()
    says(coordinator, "voorwaardelijk geroyeerd")
    close(coordinator, huis, second)
    subject_page = gezelschap.go(subject, dossier, PHONE)
    with subject_page.expect_download() as download:
        button(subject_page, "Open de brief (pdf)")
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    # By mail nothing but that it is there.
    ready = wait_for(
        lambda: [m for m in huis.mails() if b"Er staat een brief van" in decoded(m)], 60
    )
    assert all(b"royement" not in decoded(m).lower() for m in ready)

    # The practice says that it meets the conditions; the meeting of four weeks decides.
    days_pass(huis, 20)
    subject_page = gezelschap.go(subject, dossier, PHONE)
    subject_page.fill("form:has([value='aantoon']) [name='tekst']", "Er is een tweede toestel.")
    button(subject_page, "Laat het de kring weten")
    says(subject_page, "De kring weet dat je voldoet.")
    third = plan(coordinator, huis, "Toets", 22, zitting="zonder_quorum")
    put_on_agenda(coordinator, huis, dossier)
    call(coordinator, huis, third)
    says(coordinator, "De oproep is verstuurd.")
    days_pass(huis, 22)
    gather(coordinator, huis, third, others[:1])
    vote(
        gezelschap,
        third,
        voor=[wie[others[0]]],
        vraag="Voldoet De Brug aan de voorwaarden?",
        besluit="De Brug voldoet aan de voorwaarden.",
    )
    coordinator.goto(f"{huis.adres}{KRING}{dossier}")
    button(coordinator, "Verwerk het besluit")
    says(coordinator, "De vergadering besliste: de praktijk doet mee")
    says(coordinator, "In deze procedure hoeft niets meer te gebeuren.")
    # A refusal is an answer that the browser tells of; there were two.
    assert [line for line in gezelschap.noise if "status of 422" not in line] == []


def begin(page) -> str:
    """Establish the facts, propose, add a document; return the address of the file."""
    page.select_option("[name='deelnemer']", label=PRAKTIJK)
    page.check("[name='grond'][value='afspraken']")
    page.fill("[name='feiten']", "Drie diensten achtereen was niemand bereikbaar.")
    button(page, "Opslaan")
    says(page, "Doe een voorstel")
    dossier = re.search(r"/royement/[0-9a-f-]{36}/", page.url).group()
    # About one dentist: refused, and what was typed stands there still.
    page.check("[name='over'][value='tandarts']")
    page.check("[name='vorm'][value='voorwaardelijk']")
    page.fill("form:has([value='voorstel']) [name='tekst']", "Voortaan is er iemand.")
    button(page, "Leg het voorstel vast")
    says(page, "lost de praktijk dat eerst zelf op")
    kept = page.locator("form:has([value='voorstel']) [name='tekst']")
    assert kept.input_value() == "Voortaan is er iemand."
    page.check("[name='over'][value='praktijk']")
    button(page, "Leg het voorstel vast")
    says(page, "Voeg de stukken toe waarop het voorstel rust.")
    page.fill("[name='omschrijving']", "De gemiste diensten")
    page.set_input_files(
        "[name='bestand']",
        {"name": "diensten.pdf", "mimeType": "application/pdf", "buffer": PDF},
    )
    button(page, "Voeg toe")
    says(page, "Het stuk zit in het dossier.")
    return dossier


def decoded(mail: bytes) -> bytes:
    """Return a mail with its text as people read it."""
    message = email.message_from_bytes(mail, policy=default)
    text = message.get_body(("plain",))
    return f"{message['Subject']}\n{text.get_content() if text else ''}".encode()


def json_of(output: str) -> dict:
    return json.loads(output.strip().splitlines()[-1])
