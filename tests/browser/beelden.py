"""Make the pictures of the README and the manual from a running demo.

    python -m tests.browser.beelden http://127.0.0.1:8000

One evening is played through the pages, as the people of the demo would, and every page that the
manual shows is photographed on the way. Use a demo that was just started: its clocks count from
the start, and the call that is played here stays in it.
"""

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

BEELDEN = Path(__file__).resolve().parents[2] / "docs" / "beelden"
KRING, SLUG = "Kring Vechtstreek", "vechtstreek"
BUREAU = (1366, 768)
TELEFOON = (390, 844)
VERGROOT = (683, 384)  # a 1366×768 screen at 200 %
MAX_BYTES = 200_000
WACHT_OP_POST = 4000  # milliseconds: mail and text message go through the queue

# Invented, like everything in the demo: a number that nobody can have, a BSN from the test range.
PATIENT = {
    "telefoon": "06-02009001",
    "naam": "Tess Hoekstra",
    "geboortedatum": "14-03-2015",
    "adres": "Dorpsstraat 12",
    "postcode": "3621 AB",
    "woonplaats": "Breukelen",
    "bsn": "999990019",
}
OMSCHRIJVING = (
    "Van de fiets gevallen. Voortand eruit, ligt in een beker melk. Huilt, niet misselijk."
)
VERSLAG = {
    "bevindingen": "Element 11 volledig uit de kas, wortel gaaf, in melk bewaard. Lip geschaafd.",
    "diagnose": "Avulsie van element 11, gezonde blijvende voortand.",
    "behandeling": "Element teruggezet en met een draad aan 12 en 21 vastgezet. Lip schoongemaakt.",
    "vervolg": "Spalk controleren en een röntgenfoto maken.",
    "vervolg_termijn": "binnen 2 weken",
}


class Fotograaf:
    """A person of the demo at one screen, and the camera that looks along."""

    def __init__(self, page: Page, adres: str) -> None:
        self.page = page
        self.adres = adres

    def word(self, rol: str, achter_naam: str = "") -> None:
        """Log in as the first person with this role, or the one with this note behind the name."""
        self.page.goto(f"{self.adres}/demo/")
        kaart = self.page.locator("section.kaart").filter(
            has=self.page.get_by_role("heading", name=KRING, exact=True)
        )
        vak = kaart.locator("div.tegels > div").filter(
            has=self.page.get_by_role("heading", name=rol, exact=True)
        )
        vak.locator("li").filter(has_text=achter_naam).first.get_by_role("button").click()
        # Who works for two kringen is asked which; the pictures are all of the same one.
        self.page.wait_for_url(lambda url: "/demo/" not in url)
        self.page.goto(f"{self.adres}/k/{SLUG}/")

    def menu(self, titel: str) -> None:
        """Follow the large button of the start page: it is there on every width."""
        self.page.locator("main").get_by_role("link", name=titel, exact=True).first.click()
        self.page.wait_for_load_state()

    def knop(self, naam: str) -> None:
        self.page.get_by_role("button", name=naam).filter(visible=True).first.click()

    def foto(self, naam: str, *, bij: Locator | None = None) -> None:
        """Write `naam`.png as this screen shows it now, with `bij` scrolled to the top."""
        if bij is None:
            self.page.evaluate("window.scrollTo(0, 0)")
        else:
            # The header stays in place, so what is shown starts below it.
            bij.evaluate(
                "deel => window.scrollTo(0, deel.getBoundingClientRect().top"
                " + window.scrollY - document.querySelector('header').offsetHeight - 12)"
            )
        self.page.wait_for_timeout(300)
        bewaar(self.page.screenshot(), BEELDEN / f"{naam}.png")


def bewaar(foto: bytes, doel: Path) -> None:
    """Write a picture with few colours: these pages have few, and a repository keeps it forever."""
    beeld = Image.open(io.BytesIO(foto)).convert("RGB")
    klein = beeld.quantize(colors=128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    klein.save(doel, optimize=True)
    bytes_nu = doel.stat().st_size
    if bytes_nu > MAX_BYTES:
        raise SystemExit(f"{doel.name} is {bytes_nu} bytes; at most {MAX_BYTES} is allowed")
    print(f"{doel.name:24} {bytes_nu // 1000:4} kB")


@contextmanager
def scherm(
    browser: Browser, adres: str, maat: tuple[int, int], *, zoom: int = 1
) -> Iterator[Fotograaf]:
    breed, hoog = maat
    context = browser.new_context(
        viewport={"width": breed, "height": hoog},
        device_scale_factor=zoom,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        color_scheme="light",
        reduced_motion="reduce",
    )
    try:
        yield Fotograaf(context.new_page(), adres)
    finally:
        context.close()


def wacht_op_bewaren(page: Page) -> None:
    """Give the call screen the time to save and to answer, as it does for a person."""
    page.wait_for_timeout(1500)
    page.wait_for_load_state("networkidle")


def neem_oproep_aan(triage: Fotograaf) -> str:
    """Play a call from the ringing phone to the appointment; return its address."""
    page = triage.page
    triage.word("Triagemedewerker")
    triage.foto("start")
    triage.menu("Bord")
    triage.foto("bord")
    page.keyboard.press("n")
    page.wait_for_selector("[data-oproep]")
    page.keyboard.press("7")
    wacht_op_bewaren(page)
    page.keyboard.press("?")
    triage.foto("sneltoetsen")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.locator("#vragen").get_by_label("Hoe oud is de patiënt?").fill("11")
    for antwoord in ("In melk", "Blijvende tand"):
        page.locator("#vragen").get_by_role("radio", name=antwoord).check()
        wacht_op_bewaren(page)
    page.get_by_label("Wat vertelt de patiënt?").fill(OMSCHRIJVING)
    page.get_by_label("Telefoon", exact=True).fill(PATIENT["telefoon"])
    wacht_op_bewaren(page)
    page.get_by_role("heading", level=1).click()
    triage.foto("oproep")
    vul_patient_in(page)
    page.keyboard.press("f")
    triage.knop("Oproep afronden")
    expect(page.locator("#redenen")).to_be_visible()
    triage.foto("oproep-afronden", bij=page.locator("#redenen"))
    triage.page.evaluate("window.scrollTo(0, 0)")
    # The message that is photographed later, on the telephone of the dentist.
    page.keyboard.press("k")
    wacht_op_bewaren(page)
    page.keyboard.press("b")
    triage.foto("bellen")
    page.keyboard.press("g")
    spreek_af(triage)
    return page.url


def vul_patient_in(page: Page) -> None:
    formulier = page.locator("#patient-form")
    for naam, tekst in PATIENT.items():
        formulier.locator(f"[name={naam}]").fill(tekst)
    formulier.get_by_role("radio", name="ja").check()
    formulier.locator("[name=eigen_tandarts]").select_option(index=1)
    wacht_op_bewaren(page)


def spreek_af(triage: Fotograaf) -> None:
    """Write down what the dentist decided: come within half an hour."""
    page = triage.page
    besluit = page.locator("#afhandeling form").filter(has=page.locator("[name=besluit]"))
    besluit.locator("[name=besluit][value=zien]").check()
    om = datetime.now(ZoneInfo("Europe/Amsterdam")) + timedelta(minutes=25)
    besluit.locator("[name=moment]").fill(om.strftime("%H:%M"))
    besluit.get_by_label("Betaling").check()
    page.locator("#dienst").evaluate("deel => deel.scrollIntoView({block: 'start'})")
    triage.foto("besluit")
    triage.knop("Besluit bewaren")
    wacht_op_bewaren(page)


def schrijf_verslag(tandarts: Fotograaf, oproep: str) -> None:
    """Play the dentist on duty on a phone: the call, the patient, the signed report."""
    page = tandarts.page
    tandarts.word("Tandarts", "nu dienst")
    page.goto(oproep)
    tandarts.foto("oproep-telefoon")
    tandarts.word("Tandarts", "nu dienst")
    tandarts.menu("Mijn patiënten")
    tandarts.foto("mijn")
    rij = page.locator("li.patient").filter(has_text=PATIENT["naam"])
    rij.get_by_role("button", name="Patiënt gezien").click()
    page.wait_for_load_state()
    rij.get_by_role("button", name="Verslag maken").click()
    page.wait_for_load_state()
    for naam, tekst in VERSLAG.items():
        page.locator(f"[name={naam}]").fill(tekst)
    tandarts.foto("verslag")
    tandarts.knop("Verder")
    page.wait_for_load_state()
    tandarts.foto("ondertekenen", bij=page.get_by_role("heading", name="Ondertekenen", exact=True))
    tandarts.knop("Onderteken het verslag")
    page.wait_for_load_state()
    # The mail leaves a moment after the signature; the page then says so.
    expect(page.locator(".overdracht")).to_be_visible()
    page.wait_for_timeout(WACHT_OP_POST)
    page.reload()
    tandarts.foto("overdracht")


def haal_op(eigen: Fotograaf) -> None:
    """Play the own dentist: the link of the mail, the code of the text message."""
    page = eigen.page
    page.goto(f"{eigen.adres}/demo/berichten/")
    page.locator("a[href*='/ophalen/']").first.click()
    page.wait_for_load_state()
    link = page.url
    eigen.foto("ophalen")
    eigen.knop("Stuur mij de code")
    eigen.foto("ophalen-code")
    page.wait_for_timeout(WACHT_OP_POST)
    page.goto(f"{eigen.adres}/demo/berichten/")
    sms = page.locator("section.kaart").filter(has=page.get_by_role("heading", name="Sms"))
    code = re.search(r"\b\d{6}\b", sms.locator("article").first.inner_text())
    page.goto(link)
    page.get_by_label("Code uit het sms-bericht").fill(code.group())
    eigen.knop("Verslag openen")
    page.wait_for_load_state()
    eigen.foto("ophalen-verslag")


def bekijk_een_dossier(bureau: Fotograaf, telefoon: Fotograaf) -> None:
    """Photograph the file with everything in it, and what its own dentist wrote back."""
    for fotograaf in (bureau, telefoon):
        page = fotograaf.page
        fotograaf.word("Tandarts", "dossiers met vervolg")
        fotograaf.menu("Taken")
        if fotograaf is telefoon:
            page.locator("main tr").filter(has_text="antwoord").get_by_role("link").click()
            page.get_by_role("link", name="Naar het verslag").click()
            page.wait_for_load_state()
            fotograaf.foto("antwoord", bij=page.get_by_role("heading", name="Antwoord van"))
        else:
            fotograaf.page.goto(f"{fotograaf.adres}/k/{SLUG}/dossiers/")
            page.locator("main tbody").get_by_role("link").first.click()
            page.wait_for_load_state()
            fotograaf.foto("dossier")


def bekijk_de_kring(bureau: Fotograaf) -> None:
    """Photograph what the people who keep the kring running see."""
    page = bureau.page
    bureau.word("Coördinator")
    bureau.menu("Rooster")
    bureau.foto("rooster")
    for deel, naam in (
        ("praktijken", "praktijken"),
        ("gebruikers", "gebruikers"),
        ("triage/protocol", "protocolversies"),
        ("bereikbaarheid", "bereikbaarheid"),
        ("bereikbaarheid/weekbericht", "weekbericht"),
        ("taken", "taken"),
        ("verslagoverzicht", "verslagoverzicht"),
    ):
        page.goto(f"{bureau.adres}/k/{SLUG}/{deel}/")
        bureau.foto(naam)
    bureau.word("Beheerder")
    bureau.menu("Beheer")
    bureau.foto("beheer")
    bureau.word("Functionaris gegevensbescherming")
    bureau.menu("Logboek")
    # Below the search: an English browser would show its own date notation there.
    bureau.foto("logboek", bij=page.locator("table"))


def bekijk_de_nacht(triage: Fotograaf) -> None:
    """Photograph what a triagemedewerker has beside the call screen."""
    page = triage.page
    triage.word("Triagemedewerker")
    for deel, naam in (
        (f"k/{SLUG}/triage/formulier/", "papier"),
        (f"k/{SLUG}/triage/protocol/standaard/", "protocol"),
        (f"k/{SLUG}/cijfers/", "cijfers"),
        ("meldkamer/", "meldkamer"),
    ):
        page.goto(f"{triage.adres}/{deel}")
        triage.foto(naam)
    # The story of an earlier call stands beside the telephone number.
    page.goto(f"{triage.adres}/k/{SLUG}/triage/")
    page.locator("tr").filter(has_text="2e oproep").get_by_role("link").first.click()
    page.wait_for_load_state()
    triage.foto("tweede-oproep")
    page.goto(f"{triage.adres}/k/{SLUG}/oefenen/")
    triage.knop("Neem de telefoon op")
    page.wait_for_load_state()
    triage.foto("oefenen")


def bekijk_het_bericht(tandarts: Fotograaf) -> None:
    """Photograph the telephone of the dentist on duty: the start check and the message."""
    page = tandarts.page
    page.goto(f"{tandarts.adres}/demo/berichten/")
    sms = page.locator("section.kaart").filter(has=page.get_by_role("heading", name="Sms"))
    link = re.search(r"https?://\S+/triage/bericht/[0-9a-f-]+/", sms.inner_text())
    tandarts.word("Tandarts", "nu dienst")
    page.goto(f"{tandarts.adres}/k/{SLUG}/bereikbaarheid/mijn/")
    tandarts.foto("startcontrole")
    page.goto(link.group())
    tandarts.foto("bericht-tandarts")


def main(adres: str) -> None:
    BEELDEN.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        with scherm(browser, adres, BUREAU) as triage:
            oproep = neem_oproep_aan(triage)
            bekijk_de_nacht(triage)
        with scherm(browser, adres, VERGROOT, zoom=2) as vergroot:
            vergroot.word("Triagemedewerker")
            vergroot.page.goto(oproep)
            vergroot.foto("oproep-vergroot")
        with scherm(browser, adres, TELEFOON) as tandarts:
            bekijk_het_bericht(tandarts)
            schrijf_verslag(tandarts, oproep)
        with scherm(browser, adres, BUREAU) as eigen:
            haal_op(eigen)
        with scherm(browser, adres, BUREAU) as bureau:
            with scherm(browser, adres, TELEFOON) as telefoon:
                bekijk_een_dossier(bureau, telefoon)
            bekijk_de_kring(bureau)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
