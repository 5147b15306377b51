"""The letter: the right text, one or two pages, sealed, made once, from nothing outside."""

from io import BytesIO

import pytest
from cryptography.exceptions import InvalidTag
from django.urls import reverse
from pypdf import PdfReader

from kern.models import Logregel
from kern.weergave import format_datum
from tests.verslag.conftest import KANARIE, TEKST
from verslag import pdf, tasks
from verslag.models import VerslagPdf


def text_of(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.traag
def test_the_letter_says_what_was_signed(versie):
    content = pdf.render(versie)
    text = text_of(content)
    reader = PdfReader(BytesIO(content))
    assert 1 <= len(reader.pages) <= 2
    expected = [
        "Spoedgevallendienst Kring Vecht",
        KANARIE["naam"],
        KANARIE["bsn"],
        KANARIE["adres"],
        "2114 ZZ Vogelenzang",
        *(value for value in TEKST.values() if value is not True),
        versie.getekend_door.naam,
        versie.getekend_door.big_nummer,
        f"Getekend op {format_datum(versie.getekend_op)}",
        "Versie 1",
        "Bladzijde 1 van",
    ]
    assert [part for part in expected if part not in text] == []
    assert versie.sha256 in text.replace(" ", "")
    assert reader.metadata.title == "Verslag van spoedgevallendienst Kring Vecht"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "nl"


@pytest.mark.traag
def test_a_full_report_still_fits_two_pages(versie):
    long = "De patiënt kon de mond goed openen en had geen koorts. " * 9
    versie.inhoud |= dict.fromkeys(("bevindingen", "behandeling", "vervolg", "overig"), long)
    versie.inhoud["vervolg_termijn"] = "binnen 2 weken"
    pages = PdfReader(BytesIO(pdf.render(versie))).pages
    assert len(pages) == 2
    for page in pages:
        assert versie.sha256 in page.extract_text()


@pytest.mark.traag
def test_typed_markup_stays_text(versie):
    typed = "<img src='file:///etc/passwd'><style>@import url(http://127.0.0.1:1/)</style>"
    versie.inhoud["bevindingen"] = typed
    assert "<img src='file:///etc/passwd'>" in text_of(pdf.render(versie))


@pytest.mark.traag
@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:1/x.png"])
def test_nothing_is_fetched(versie, monkeypatch, address):
    from weasyprint.urls import FatalURLFetchingError

    monkeypatch.setattr(
        pdf, "render_to_string", lambda *args: f"<html lang=nl><img alt=x src='{address}'>"
    )
    with pytest.raises(FatalURLFetchingError):
        pdf.render(versie)


@pytest.fixture
def fake_render(monkeypatch):
    made = []
    monkeypatch.setattr(pdf, "render", lambda versie: made.append(versie) or b"%PDF-proef")
    return made


def test_made_once_and_sealed(versie, fake_render):
    tasks.maak_pdf(str(versie.pk), versie.kring_id)
    tasks.maak_pdf(str(versie.pk), versie.kring_id)
    assert pdf.pdf_of(versie) == b"%PDF-proef"
    assert len(fake_render) == 1
    assert b"PDF" not in bytes(VerslagPdf.objects.get().inhoud)


def test_the_task_of_another_kring_finds_nothing(versie, fake_render, andere_kring):
    tasks.maak_pdf(str(versie.pk), andere_kring.pk)
    assert fake_render == []


def test_a_swapped_letter_is_an_error(versie, fake_render):
    pdf.pdf_of(versie)
    stored = VerslagPdf.objects.get()
    stored.inhoud = bytes(stored.inhoud)[:-1] + bytes([bytes(stored.inhoud)[-1] ^ 1])
    stored.save()
    with pytest.raises(InvalidTag):
        pdf.pdf_of(versie)


def test_download_is_logged_as_export(als, kring, tandarts_gebruiker, versie, fake_render):
    address = reverse(
        "verslag:pdf", kwargs={"kring": kring.slug, "verslag": versie.verslag_id, "nummer": 1}
    )
    client = als(tandarts_gebruiker)
    assert client.get(address).status_code == 405, "a GET makes and stores nothing"
    response = client.post(address)
    assert response.content == b"%PDF-proef"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert KANARIE["naam"] not in response["Content-Disposition"]
    line = Logregel.objects.get(gebeurtenis="verslag.pdf")
    assert (line.actie, line.patient_id) == ("E", versie.verslag.dossier.patient_id)
    assert client.post(address.replace("versie-1", "versie-9")).status_code == 404
