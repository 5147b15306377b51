"""What comes in as a document: one whole PDF that does nothing."""

import pytest

from kern import virusscan
from reglement.pdfstuk import MAX_BYTES, StukGeweigerd, accept, clean_name

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_a_pdf_is_kept_as_it_is():
    stuk = accept(PDF, "C:\\stukken\\brief\u202e.pdf")
    assert stuk.inhoud == PDF
    assert stuk.naam == "brief.pdf"
    assert stuk.grootte == len(PDF)
    assert len(stuk.sha256) == 64


@pytest.mark.parametrize(
    ("data", "zin"),
    [
        (b"", "leeg"),
        (b"PK\x03\x04" + PDF, "geen pdf"),
        (PDF.replace(b"%%EOF", b""), "niet compleet"),
        (PDF + b"%" * 3000, "niet compleet"),
        (PDF.replace(b"<<>>", b"<</OpenAction<</S/JavaScript/JS(x)>>>>"), "programma"),
        (PDF.replace(b"<<>>", b"<</Type/EmbeddedFile>>"), "ander bestand"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(data, zin):
    with pytest.raises(StukGeweigerd, match=zin):
        accept(data, "stuk.pdf")


def test_too_large_is_refused_by_the_size_that_was_sent():
    assert accept(PDF, "stuk.pdf", size=MAX_BYTES).inhoud
    with pytest.raises(StukGeweigerd, match="te groot"):
        accept(PDF, "stuk.pdf", size=MAX_BYTES + 1)


def test_nothing_comes_in_without_a_verdict(settings, monkeypatch):
    settings.CLAMAV = "/nergens"
    with pytest.raises(StukGeweigerd, match="antwoordt niet"):
        accept(PDF, "stuk.pdf")
    monkeypatch.setattr(virusscan, "scan", lambda _data: virusscan.Oordeel.BESMET)
    with pytest.raises(StukGeweigerd, match="virus in dit bestand"):
        accept(PDF, "stuk.pdf")
    monkeypatch.setattr(virusscan, "scan", lambda _data: virusscan.Oordeel.SCHOON)
    assert accept(PDF, "stuk.pdf").inhoud == PDF


@pytest.mark.parametrize(
    ("naam", "netjes"),
    [
        ("", "stuk.pdf"),
        ("../../x.PDF", "x.pdf"),
        ("a\nb.pdf", "a b.pdf"),
        ("v" * 200, "v" * 80 + ".pdf"),
    ],
)
def test_a_name_is_one_clean_line(naam, netjes):
    assert clean_name(naam) == netjes
