"""A report on its way: written on a telephone, read by the own dentist, answered; and a copy."""

import io
import json
import re
import zipfile

import pytest
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import PHONE, press, type_into
from tests.browser.ophaalstappen import download, link_to, open_package
from tests.browser.proefpatient import KRING, TANDARTS, open_report, seen
from tests.verslag.bijlagen import goed
from verslag.fhir import invarianten

COORDINATOR = "Willemijn op den Kamp"
DIAGNOSE = "Kroonfractuur van de voortand."
ANTWOORD = "Dank. Ik zie haar maandag voor een blijvende restauratie."


@pytest.fixture(scope="module")
def patienten(huis):
    """Two patients: a report to be made, and one that was signed."""
    return seen(huis, 2, getekend=1)


def _write(page) -> None:
    """Fill the report in with a thumb: text, a text block, a tooth, a tariff code."""
    page.locator("[name='spoedklacht']").fill("Hoek van de tand na een val.")
    page.locator("[name='bevindingen']").fill("Element 11 incisaal afgebroken.")
    page.locator("[name='diagnose']").fill(DIAGNOSE)
    page.locator("[name='behandeling']").fill("Composiet aangebracht.")
    page.locator("#keuze_behandeling").select_option(label="Na tandletsel")
    page.locator("button[name='invoegen'][value='behandeling']").tap()
    page.locator("[data-tand='11']").tap()
    page.locator("#tand-11 [title='incisaal']").tap()
    page.locator("[name='gebit-11-bevinding']").select_option("kroonfractuur")
    page.locator("[name='gebit-11-behandeling']").select_option("noodvulling")
    page.locator("#keuze_tariefcodes").select_option("V92")
    page.locator("button[name='invoegen'][value='tariefcodes']").tap()


def _attach(page) -> None:
    """Add a photo as a telephone takes it, with where and by whom in it."""
    photo = {"name": "IMG_0042.jpg", "mimeType": "image/jpeg", "buffer": goed.with_exif()}
    page.locator("[name='bestand']").set_input_files(photo)
    page.locator("[name='bijlage_omschrijving']").fill("Foto van de voortand")
    page.get_by_role("button", name="Voeg bijlage toe").tap()
    page.get_by_text("Bijlage 1: Foto van de voortand").wait_for()


def _sign(page, patient) -> None:
    page.get_by_role("button", name="Verder: nalezen en ondertekenen").last.tap()
    page.wait_for_url(re.compile("/tekenen/"))
    expect(page.locator("main")).to_contain_text("twee weken zacht eten")
    expect(page.locator("main")).to_contain_text(patient.eigen_naam)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Onderteken het verslag").tap()
    page.wait_for_url(re.compile(r"/verslagen/[0-9a-f-]{36}/$"))
    page.get_by_text("Versie 1 van het verslag is ondertekend.").wait_for()


def _text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def _is_whole(package: bytes, patient) -> None:
    """The letter, the document for another system and the photo, each readable by itself."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        files = {name.rpartition(".")[2]: archive.read(name) for name in archive.namelist()}
    assert set(files) == {"pdf", "json", "jpg"}
    letter = _text_of(files["pdf"])
    assert patient.naam in letter
    assert DIAGNOSE in letter
    bundle = json.loads(files["json"])
    assert invarianten.check(bundle) == []
    assert {"Composition", "Patient", "Condition", "DocumentReference"} <= {
        entry["resource"]["resourceType"] for entry in bundle["entry"]
    }
    assert Image.open(io.BytesIO(files["jpg"])).size == (320, 240)
    assert goed.GEHEIM.encode() not in files["jpg"]


def test_from_the_telephone_to_the_own_dentist_and_back(huis, open_page, patienten):
    patient, _ = patienten
    dentist = open_page(als=TANDARTS, viewport=PHONE, has_touch=True)
    open_report(dentist, huis, patient)
    _write(dentist)
    _attach(dentist)
    _sign(dentist, patient)

    own = open_page()
    link = link_to(huis, patient.email)
    open_package(own, huis, link, telefoon=patient.mobiel, secret=patient.naam)
    expect(own.locator("main")).to_contain_text(DIAGNOSE)
    name, package = download(own, "form[action$='/alles/'] button")
    assert name.endswith(".zip")
    _is_whole(package, patient)
    type_into(own, "tekst", ANTWOORD)
    press(own, "form[action$='/antwoord/'] button")
    own.get_by_text("Uw antwoord is verstuurd.").wait_for()

    dentist.reload()
    expect(dentist.locator("main")).to_contain_text(ANTWOORD)
    dentist.get_by_role("button", name="Ik heb dit gelezen").tap()
    dentist.get_by_text("Gelezen op").wait_for()
    expect(dentist.locator(".overdracht", has_text=patient.email)).to_contain_text("Gedownload")


def _ask_for_copy(page, huis, patient) -> None:
    """Note at the desk what the patient asks, and with what the identity was checked."""
    page.goto(f"{huis.adres}{KRING}/rechten/zoek/")
    type_into(page, "naam", patient.naam)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=patient.naam).click()
    page.locator("[name='soort'][value='afschrift']").check()
    page.locator("[name='aanvrager'][value='patient']").check()
    type_into(page, "aanvrager_naam", patient.naam)
    page.locator("[name='identiteit']").select_option("paspoort")
    press(page, "main form button[type='submit']")
    page.get_by_text("is genoteerd.").wait_for()
    expect(page.locator("main .gegevens")).to_contain_text(f"paspoort{COORDINATOR},")


def _give(page, patient, *, email: str, telefoon: str) -> None:
    page.locator("[name='toewijzen'][value='ja']").check()
    page.get_by_role("button", name="Leg besluit vast").click()
    page.locator("[name='wijze'][value='ophalen']").check()
    for name, text in (("email", email), ("telefoon", telefoon)):
        type_into(page, name, text)
    page.get_by_role("button", name="Leg de afgifte vast").click()
    page.get_by_text("De afgifte is vastgelegd.").wait_for()
    expect(page.locator("main")).to_contain_text(f"aan {patient.naam} door {COORDINATOR}")


def test_the_copy_of_the_patient(huis, open_page, patienten):
    _, patient = patienten
    desk = open_page(als=COORDINATOR)
    _ask_for_copy(desk, huis, patient)
    email, mobiel = f"zelf-{patient.email}", f"{patient.mobiel[:-1]}{9 - int(patient.mobiel[-1])}"
    _give(desk, patient, email=email, telefoon=mobiel)

    phone = open_page(viewport=PHONE)
    open_package(phone, huis, link_to(huis, email), telefoon=mobiel, secret=patient.naam)
    expect(phone.locator("[name='tekst']")).to_have_count(0)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    name, letter = download(phone, "form[action$='/pdf/'] button")
    assert name.endswith(".pdf")
    assert patient.naam in _text_of(letter)
    assert "Composiet aangebracht." in _text_of(letter)
