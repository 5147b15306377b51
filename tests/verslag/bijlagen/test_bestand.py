"""The door: every hostile file meets its fate, every good file comes in whole."""

import importlib
import io
import unicodedata

import pytest
from PIL import Image, ImageFile, ImageOps

from tests.verslag.bijlagen import goed, kwaad
from verslag.bestand import BestandGeweigerd, accept
from verslag.bestand.afbeelding import MAX_ZIJDE, MINIATUUR
from verslag.bestand.naam import MAX_NAAM, clean_name


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def test_the_corpus_is_large_enough():
    """S29 asks for sixty."""
    assert len(kwaad.GEVALLEN) >= 100
    assert len({geval.id for geval in kwaad.GEVALLEN}) == len(kwaad.GEVALLEN)


@pytest.mark.parametrize("geval", kwaad.GEVALLEN, ids=lambda geval: geval.id)
def test_a_hostile_file_meets_its_fate(geval):
    data = geval.maak()
    if geval.wordt not in (kwaad.OPNIEUW, kwaad.ALLEEN_DOWNLOAD):
        with pytest.raises(BestandGeweigerd, match=geval.wordt):
            accept(data, geval.naam)
        return
    bestand = accept(data, geval.naam)
    if geval.wordt == kwaad.ALLEEN_DOWNLOAD:
        assert bestand.mimetype == "application/pdf"
        assert bestand.inhoud == data
        assert not bestand.miniatuur
    else:
        assert opened(bestand.inhoud).size == opened(goed.jpeg()).size
        for kept in (bestand.inhoud, bestand.miniatuur):
            for payload in (b"<script", b"<?php", b"EICAR", b"PK\x03\x04", b"alert", b"%PDF"):
                assert payload not in kept


@pytest.mark.parametrize("maak", [goed.jpeg, goed.png])
def test_half_a_file_is_refused_after_a_letter_was_drawn(maak):
    """WeasyPrint tells Pillow, in the whole process, to take half an image for a whole one."""
    importlib.import_module("weasyprint.images")
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    with pytest.raises(BestandGeweigerd, match=kwaad.BESCHADIGD):
        accept(maak()[: len(maak()) // 2], "foto")


@pytest.mark.parametrize("geval", kwaad.GEVALLEN, ids=lambda geval: geval.id)
def test_the_corpus_is_the_same_each_time(geval):
    assert geval.maak() == geval.maak()


@pytest.mark.parametrize("soort", goed.GOED)
def test_a_good_file_comes_in(soort):
    naam, maak, mimetype = goed.GOED[soort]
    bestand = accept(maak(), naam)
    assert bestand.mimetype == mimetype
    assert len(bestand.sha256) == 64
    if mimetype == "application/pdf":
        assert bestand.inhoud == maak()
        return
    image = opened(bestand.inhoud)
    assert image.size == (bestand.breedte, bestand.hoogte)
    assert max(image.size) <= MAX_ZIJDE
    assert max(opened(bestand.miniatuur).size) == MINIATUUR
    if soort == "jpeg_gedraaid":  # test_a_photo_is_turned_upright
        return
    # Light at the top in each of them: nothing came out black or upside down.
    grey = opened(bestand.miniatuur).convert("L")
    assert grey.getpixel((grey.width // 2, 5)) > 100
    assert grey.getpixel((grey.width // 2, grey.height - 6)) < 150


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright(orientation):
    """However the camera was held, what was the top of the picture is at the same side."""
    kept = opened(accept(goed.with_exif(orientation), "foto.jpg").inhoud)
    original = opened(goed.with_exif(orientation))
    upright = ImageOps.exif_transpose(original)
    assert kept.size == upright.size
    corners = [(3, 3), (kept.width - 4, 3), (3, kept.height - 4)]
    for corner in corners:
        pairs = zip(kept.getpixel(corner), upright.getpixel(corner), strict=True)
        assert all(abs(a - b) < 12 for a, b in pairs)


def test_nothing_of_the_camera_comes_along():
    data = goed.with_exif(3)
    assert goed.GEHEIM.encode() in data
    bestand = accept(data, "foto.jpg")
    for kept in (bestand.inhoud, bestand.miniatuur):
        assert goed.GEHEIM.encode() not in kept
        assert b"Exif" not in kept
        assert not opened(kept).getexif()
        assert "comment" not in opened(kept).info


def test_an_xray_in_16_bits_keeps_every_value():
    bestand = accept(goed.encoded(goed.xray(), "PNG"), "rontgen.png")
    kept = opened(bestand.inhoud)
    assert kept.mode == "I;16"
    assert kept.tobytes() == goed.xray().tobytes()
    # Only twelve bits were used: the small picture is stretched, or it would be black.
    assert opened(bestand.miniatuur).getextrema()[1] > 200


def test_a_photo_of_12_megapixel_keeps_its_pixels():
    bestand = accept(goed.encoded(goed.photo(4032, 3024), "JPEG"), "foto.jpg")
    assert (bestand.breedte, bestand.hoogte) == (4032, 3024)


def test_what_is_too_long_is_refused_by_the_length_that_was_sent():
    """The door stops reading; what it read may look whole."""
    with pytest.raises(BestandGeweigerd, match="te groot"):
        accept(goed.pdf(), "brief.pdf", size=16 * 1024 * 1024)


@pytest.mark.parametrize("geval", kwaad.NAMEN, ids=lambda geval: geval.id)
def test_a_name_is_one_visible_line(geval):
    naam = clean_name(geval.naam, "image/jpeg")
    assert naam.endswith(".jpg")
    assert 4 < len(naam) <= MAX_NAAM + 4
    assert not set(naam) & set("/\\\0\r\n")
    assert all(unicodedata.category(letter)[0] != "C" for letter in naam)
    assert not naam.startswith(".")
