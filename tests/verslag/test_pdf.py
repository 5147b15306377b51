"""The letter: the right text, one or two pages, sealed, made once, from nothing outside."""

import gc
from io import BytesIO

import pytest
from celery.signals import worker_init
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from kern.models import Logregel
from kern.weergave import format_datum
from tests.factories import BijlageFactory
from tests.verslag.bijlagen import goed
from tests.verslag.conftest import KANARIE, TEKST
from verslag import actions, pdf, tasks
from verslag.models import Bijlage, Briefhoofd, VerslagPdf


def text_of(content: bytes | PdfReader) -> str:
    reader = content if isinstance(content, PdfReader) else PdfReader(BytesIO(content))
    pages = reader.pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def fill(versie) -> None:
    """Four fields of half a thousand signs: nobody writes more at night."""
    long = "De patiënt kon de mond goed openen en had geen koorts. " * 9
    versie.inhoud |= dict.fromkeys(("bevindingen", "behandeling", "vervolg", "overig"), long)
    versie.inhoud["vervolg_termijn"] = "binnen 2 weken"


def elements(reader: PdfReader) -> list:
    """Return every element of the tag tree, which a screen reader walks."""
    found, todo = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, ArrayObject):
            todo += node
        elif isinstance(node, DictionaryObject):
            found.append(node)
            if "/K" in node:
                todo.append(node["/K"])
    return found


def images_of(reader: PdfReader) -> set[int]:
    """Return the images that are drawn; pages share one list of them."""
    return {image.indirect_reference.idnum for page in reader.pages for image in page.images}


def structure_of(reader: PdfReader) -> set[str]:
    return {str(node["/S"]) for node in elements(reader) if "/S" in node}


def alternatives_of(reader: PdfReader) -> set[str]:
    return {str(node["/Alt"]) for node in elements(reader) if "/Alt" in node}


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
    fill(versie)
    pages = PdfReader(BytesIO(pdf.render(versie))).pages
    assert len(pages) == 2
    for page in pages:
        assert versie.sha256 in page.extract_text()


@pytest.mark.traag
def test_images_and_heading_are_drawn(kring, verslag, by):
    BijlageFactory(kring=kring, verslag=verslag, nummer=1, omschrijving="Opname 11 <b>na</b>")
    BijlageFactory(kring=kring, verslag=verslag, nummer=2, scan=Bijlage.Scan.WACHT)
    Briefhoofd.objects.create(
        kring=kring, naam="Tandartsenpost Vecht", tekst="Kade 1\nvecht.example", logo=goed.jpeg()
    )
    versie = actions.sign_verslag(verslag, by=by)
    reader = PdfReader(BytesIO(pdf.render(versie)))
    text = text_of(reader)
    assert "Tandartsenpost Vecht Kade 1 vecht.example" in text
    assert "Bijlage 1, foto: Opname 11 <b>na</b>" in text
    assert "Bijlage 2, foto" not in text, "nobody reads what the scanner did not see"
    assert "Bijlage 2 zit er nog niet bij" in text
    assert len(images_of(reader)) == 2, "one photo and the logo"
    assert "/Figure" in structure_of(reader)
    assert "Bijlage 1, foto: Opname 11 <b>na</b>" in alternatives_of(reader)


@pytest.mark.traag
def test_a_full_report_with_ten_attachments_still_fits_two_pages(kring, verslag, by):
    for nummer in range(1, 11):
        BijlageFactory(
            kring=kring, verslag=verslag, nummer=nummer, inhoud=goed.jpeg(comment=bytes([nummer]))
        )
    versie = actions.sign_verslag(verslag, by=by)
    fill(versie)
    reader = PdfReader(BytesIO(pdf.render(versie)))
    assert len(reader.pages) == 2
    assert len(images_of(reader)) == 10


@pytest.mark.traag
def test_the_tooth_chart_is_drawn_and_said_in_words(verslag, by):
    row = {"element": "11", "vlakken": "", "bevinding": "avulsie", "behandeling": "replantatie"}
    verslag.gebit = [row]
    verslag.save()
    versie = actions.sign_verslag(verslag, by=by)
    reader = PdfReader(BytesIO(pdf.render(versie)))
    assert "middelste snijtand rechtsboven: avulsie; teruggeplaatst" in text_of(reader)
    assert any(alt.startswith("Gebitskaart") for alt in alternatives_of(reader))


def test_a_worker_that_cannot_draw_still_starts(monkeypatch, caplog):
    monkeypatch.setattr(pdf, "to_pdf", lambda html: 1 / 0)
    pdf.warm()
    assert "starts cold" in caplog.text


@pytest.mark.traag
def test_the_parent_of_a_pool_draws_before_it_forks(monkeypatch):
    drawn = []
    monkeypatch.setattr(pdf.pdf, "to_pdf", lambda *args: drawn.append(args))
    before = gc.get_freeze_count()
    try:
        worker_init.send(sender=None)
        # What the children share is not looked through for garbage again and again.
        assert gc.get_freeze_count() > before + 10_000
    finally:
        gc.unfreeze()
    assert [args[1] for args in drawn] == [pdf.STIJL]
    assert settings.CELERY_WORKER_MAX_TASKS_PER_CHILD


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
        pdf,
        "render_to_string",
        lambda *args, **kwargs: f"<html lang=nl><img alt=x src='{address}'>",
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
