"""Hostile files, made here and nowhere else: nothing of this lies in the repository as a file.

Each case says what must become of it: refused with this piece of the sentence, made anew without
the payload, or kept as a download only.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.verslag.bijlagen.goed import chunk, encoded, jpeg, pdf, photo, png
from verslag.bestand import MAX_BYTES
from verslag.bestand.afbeelding import MAX_PIXELS, MAX_SCANS

LADING = b"<script>alert('spoed')</script><?php system($_GET['c']); ?>"
# In two parts: the whole line makes the scanner of whoever checks this out stop at this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
XXE = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'
LACHT = "<!ENTITY a 'lol'>" + "".join(f"<!ENTITY {b} '&{a};&{a};'>" for a, b in ("ab", "bc", "cd"))

GEEN_SOORT, BESCHADIGD, PIXELS = "geen foto of pdf", "beschadigd of niet compleet", "beeldpunten"
LEEG, GROOT, UITGANG, DUBBEL = "is leeg", "te groot", "De naam eindigt op", "twee uitgangen"
BEWEEGT, PDF_HALF, ZIP = "beweegt", "pdf is niet compleet", "zip- of Office"
OPNIEUW, ALLEEN_DOWNLOAD = "opnieuw gemaakt", "alleen als download"


@dataclass(frozen=True)
class Geval:
    """One hostile file. `wordt` is OPNIEUW, ALLEEN_DOWNLOAD, or a piece of the refusal."""

    id: str
    naam: str
    maak: Callable[[], bytes]
    wordt: str


def _png_header(width: int, height: int, *, depth: int = 8, colour: int = 2) -> bytes:
    header = struct.pack("!IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)


def _flood_png(width: int, height: int) -> bytes:
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    return _png_header(width, height) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _flood_jpeg(width: int, height: int) -> bytes:
    """Return a small JPEG whose header claims this many pixels."""
    data = bytearray(jpeg())
    at = data.find(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack("!HH", height, width)
    return bytes(data)


def _scan_bomb() -> bytes:
    data = jpeg(progressive=True)
    last = data.rfind(b"\xff\xda")
    return data[:last] + data[last:-2] * (MAX_SCANS + 1) + data[-2:]


def _png_with(*chunks: bytes) -> bytes:
    """Return a good PNG with these chunks right behind its header."""
    data = png()
    end_of_header = 8 + 25
    return data[:end_of_header] + b"".join(chunks) + data[end_of_header:]


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            # A ZipInfo of its own has a fixed date.
            bundle.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _tiff() -> bytes:
    return encoded(photo(), "TIFF")


def _animation(format: str) -> bytes:
    frames = [photo(), photo().rotate(90)]
    return encoded(frames[0], format, save_all=True, append_images=frames[1:], duration=100)


def _heif(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1heic" + b"\0" * 200


def _damaged(data: bytes, *, step: int) -> bytes:
    """Return the same with every so many bytes turned over, the start excepted."""
    return data[:200] + bytes(b ^ (255 if i % step == 0 else 0) for i, b in enumerate(data[200:]))


def _text_of(size: int) -> bytes:
    return chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"A" * size, 9))


def _profile_of(size: int) -> bytes:
    return chunk(b"iCCP", b"profiel\0\0" + zlib.compress(b"\0" * size, 9))


def _tail(data: bytes, tail: bytes) -> Callable[[], bytes]:
    return lambda: data + tail


def _const(data: bytes) -> Callable[[], bytes]:
    return lambda: data


G = Geval
PIXELVLOEDEN = [
    G("png_60000x60000", "foto.png", lambda: _flood_png(60_000, 60_000), PIXELS),
    G("png_hoogste_getal", "foto.png", lambda: _flood_png(2**31 - 1, 2**31 - 1), PIXELS),
    G("png_net_te_veel", "foto.png", lambda: _flood_png(4473, 4473), PIXELS),
    G("png_lang_en_smal", "foto.png", lambda: _flood_png(100_000_000, 1), PIXELS),
    G("png_nul_breed", "foto.png", lambda: _flood_png(0, 100), BESCHADIGD),
    G("png_te_weinig_rijen", "foto.png", lambda: _flood_png(4000, 4000), BESCHADIGD),
    G("jpeg_65000x65000", "foto.jpg", lambda: _flood_jpeg(65_000, 65_000), PIXELS),
    G("jpeg_net_te_veel", "foto.jpg", lambda: _flood_jpeg(MAX_PIXELS // 7000 + 1, 7000), PIXELS),
    G("jpeg_nul_hoog", "foto.jpg", lambda: _flood_jpeg(100, 0), BESCHADIGD),
    G("jpeg_scanbom", "foto.jpg", _scan_bomb, BESCHADIGD),
    G("png_tekstbom", "foto.png", lambda: _png_with(_text_of(80_000_000)), BESCHADIGD),
    G(
        "png_veel_tekst",
        "foto.png",
        lambda: _png_with(*[_text_of(900_000)] * 90),
        BESCHADIGD,
    ),
    G("png_profielbom", "foto.png", lambda: _png_with(_profile_of(80_000_000)), BESCHADIGD),
]
MEERSLACHTIG = [
    G("jpeg_html_staart", "foto.jpg", _tail(jpeg(), LADING), OPNIEUW),
    G("jpeg_php_commentaar", "foto.jpg", lambda: jpeg(comment=LADING), OPNIEUW),
    G("jpeg_php_exif", "foto.jpg", lambda: jpeg(exif=b"Exif\0\0" + LADING), OPNIEUW),
    G("jpeg_script_profiel", "foto.jpg", lambda: jpeg(icc_profile=LADING * 20), OPNIEUW),
    G("jpeg_zip_staart", "foto.jpg", _tail(jpeg(), _zip(x=LADING)), OPNIEUW),
    G("jpeg_jar_staart", "foto.jpg", _tail(jpeg(), _zip(**{"META-INF/M": LADING})), OPNIEUW),
    G("jpeg_eicar_staart", "foto.jpg", _tail(jpeg(), EICAR), OPNIEUW),
    G("jpeg_pdf_staart", "foto.jpg", _tail(jpeg(), pdf(LADING)), OPNIEUW),
    G("jpeg_js_in_kop", "foto.jpg", lambda: jpeg().replace(b"JFIF\0", b"*/=1/"), OPNIEUW),
    G("png_php_tekst", "foto.png", lambda: _png_with(chunk(b"tEXt", b"C\0" + LADING)), OPNIEUW),
    G("png_vreemd_blok", "foto.png", lambda: _png_with(chunk(b"vpAg", LADING)), OPNIEUW),
    G("png_html_staart", "foto.png", _tail(png(), LADING), OPNIEUW),
    G("png_zip_staart", "foto.png", _tail(png(), _zip(x=LADING)), OPNIEUW),
    G("pdf_html", "brief.pdf", lambda: pdf(LADING), ALLEEN_DOWNLOAD),
    G(
        "pdf_javascript",
        "brief.pdf",
        lambda: pdf(b"4 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj"),
        ALLEEN_DOWNLOAD,
    ),
    G("pdf_zip_staart", "brief.pdf", lambda: pdf(tail=_zip(x=LADING)), ALLEEN_DOWNLOAD),
    G("pdf_start", "brief.pdf", lambda: pdf(b"4 0 obj<</S/Launch/F(cmd)>>endobj"), ALLEEN_DOWNLOAD),
    G("pdf_eicar", "brief.pdf", lambda: pdf(EICAR), ALLEEN_DOWNLOAD),
    G("gif_heet_jpg", "foto.jpg", _const(b"GIF89a=1;alert(1);" + b"\0" * 99), "soort GIF"),
    G("html_voor_pdf", "brief.pdf", lambda: b"<html>" + pdf(), GEEN_SOORT),
    G("regel_voor_pdf", "brief.pdf", lambda: b"\n" + pdf(), GEEN_SOORT),
    G("bmp_js", "foto.jpg", _const(b"BM=1;alert(1)//" + b"\0" * 99), "soort BMP"),
]
ACTIEF = [
    G("svg", "foto.svg", _const(SVG), GEEN_SOORT),
    G("svg_heet_jpg", "foto.jpg", _const(SVG), GEEN_SOORT),
    G("svg_heet_png", "foto.png", _const(b"\xef\xbb\xbf  " + SVG), GEEN_SOORT),
    G("svg_xxe", "foto.png", _const(XXE), GEEN_SOORT),
    G("xml_lacht", "foto.jpg", _const(f"<!DOCTYPE x [{LACHT}]>".encode()), GEEN_SOORT),
    G("html", "foto.html", _const(b"<!doctype html>" + LADING), GEEN_SOORT),
    G("html_heet_pdf", "brief.pdf", _const(b"<!doctype html>" + LADING), GEEN_SOORT),
    G("php", "foto.php", _const(LADING), GEEN_SOORT),
    G("mvg", "foto.jpg", _const(b"push graphic-context\nfill 'url(https://x|ls)'"), GEEN_SOORT),
    G("msl", "foto.png", _const(b"<image><read filename='/etc/passwd'/></image>"), GEEN_SOORT),
    G("postscript", "foto.jpg", _const(b"%!PS-Adobe-3.0 EPSF\n(%pipe%id) (r) file"), GEEN_SOORT),
    G("javascript", "foto.jpg", _const(b"alert(document.cookie)"), GEEN_SOORT),
    G("shell", "foto.jpg", _const(b"#!/bin/sh\nrm -rf /\n"), GEEN_SOORT),
    G("exe", "foto.jpg", _const(b"MZ\x90\0" + b"\0" * 400), GEEN_SOORT),
    G("elf", "foto.png", _const(b"\x7fELF\x02\x01\x01" + b"\0" * 400), GEEN_SOORT),
    G("eicar", "eicar.com", _const(EICAR), GEEN_SOORT),
    G("hta", "brief.pdf", _const(b"<script language=VBScript>x</script>"), GEEN_SOORT),
    G("rtf", "brief.pdf", _const(b"{\\rtf1{\\object\\objocx}}"), GEEN_SOORT),
]
ANDERE_SOORT = [
    G("zip", "foto.zip", lambda: _zip(a=b"1"), ZIP),
    G("zip_leeg", "foto.jpg", _zip, ZIP),
    G("zipbom", "foto.jpg", lambda: _zip(a=b"\0" * 20_000_000), ZIP),
    G("zip_pad", "foto.zip", lambda: _zip(**{"../../etc/cron.d/x": LADING}), ZIP),
    G("docx", "brief.docx", lambda: _zip(**{"word/document.xml": b"<w/>"}), ZIP),
    G("doc", "brief.pdf", _const(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500), ZIP),
    G("gif_beweegt", "foto.gif", lambda: _animation("GIF"), "soort GIF"),
    G("png_beweegt", "foto.png", lambda: _animation("PNG"), BEWEEGT),
    G("webp", "foto.webp", lambda: encoded(photo(), "WEBP"), "soort WebP"),
    G("tiff", "foto.tif", _tiff, "soort TIFF"),
    G("tiff_heet_jpg", "foto.jpg", _tiff, "soort TIFF"),
    G("bmp", "foto.bmp", lambda: encoded(photo(), "BMP"), "soort BMP"),
    G("psd", "foto.psd", _const(b"8BPS\0\x01" + b"\0" * 300), "soort Photoshop"),
    G("heic", "IMG_0001.HEIC", lambda: _heif(b"heic"), "HEIC-foto"),
    G("heic_heet_jpg", "IMG_0001.jpg", lambda: _heif(b"mif1"), "HEIC-foto"),
    G("avif", "foto.avif", lambda: _heif(b"avif"), "HEIC-foto"),
    G("video", "film.mov", lambda: _heif(b"qt  "), "soort video"),
    G("jpeg2000", "foto.jpg", _const(b"\0\0\0\x0cjP  \r\n\x87\n"), GEEN_SOORT),
    G("gzip", "foto.jpg", _const(b"\x1f\x8b\x08" + b"\0" * 99), GEEN_SOORT),
    G("tekst", "brief.txt", _const(b"Beste collega"), GEEN_SOORT),
]
KAPOT = [
    G("leeg", "foto.jpg", _const(b""), LEEG),
    G("een_byte", "foto.jpg", _const(b"\xff"), GEEN_SOORT),
    G("nullen", "foto.jpg", _const(b"\0" * 4096), GEEN_SOORT),
    G("te_groot", "foto.jpg", lambda: jpeg() + b"\0" * MAX_BYTES, GROOT),
    G("pdf_te_groot", "brief.pdf", lambda: pdf(b"\0" * MAX_BYTES), GROOT),
    G("jpeg_alleen_kop", "foto.jpg", lambda: jpeg()[:100], BESCHADIGD),
    G("jpeg_half", "foto.jpg", lambda: jpeg()[: len(jpeg()) // 2], BESCHADIGD),
    G("jpeg_beschadigde_kop", "foto.jpg", lambda: b"\xff\xd8\xff" + b"\xee" * 500, BESCHADIGD),
    G("png_half", "foto.png", lambda: png()[: len(png()) // 2], BESCHADIGD),
    G("png_alleen_kop", "foto.png", lambda: _png_header(10, 10), BESCHADIGD),
    G("png_beschadigd", "foto.png", lambda: _damaged(png(), step=11), BESCHADIGD),
    G("png_17_bits", "foto.png", lambda: _png_header(9, 9, depth=17), BESCHADIGD),
    G("pdf_half", "brief.pdf", lambda: pdf()[:60], PDF_HALF),
    G("pdf_alleen_kop", "brief.pdf", _const(b"%PDF-1.7\n"), PDF_HALF),
    G("pdf_lange_staart", "brief.pdf", lambda: pdf(tail=LADING * 200), PDF_HALF),
]
NAMEN = [
    G("dubbel_php_jpg", "foto.php.jpg", jpeg, DUBBEL),
    G("dubbel_html_pdf", "brief.html.pdf", pdf, DUBBEL),
    G("dubbel_exe_png", "foto.jpg.exe.png", png, DUBBEL),
    G("dubbel_met_spatie", "foto.php .jpg", jpeg, DUBBEL),
    G("jpeg_heet_php", "foto.php", jpeg, UITGANG),
    G("jpeg_heet_pdf", "foto.pdf", jpeg, UITGANG),
    G("pdf_heet_jpg", "foto.jpg", pdf, UITGANG),
    G("png_heet_svg", "foto.svg", png, UITGANG),
    G("pdf_heet_html", "brief.html", pdf, UITGANG),
    G("jpeg_omgekeerd", "foto\u202egpj.exe", jpeg, UITGANG),
    G("jpeg_nul_in_naam", "foto.php\0.jpg", jpeg, DUBBEL),
    G("pad", "../../../etc/passwd.jpg", jpeg, OPNIEUW),
    G("pad_windows", "..\\..\\windows\\win.jpg", jpeg, OPNIEUW),
    G("script_in_naam", "<img src=x onerror=alert(1)>.jpg", jpeg, OPNIEUW),
    G("lange_naam", "a" * 5000 + ".jpg", jpeg, OPNIEUW),
    G("alleen_uitgang", ".jpg", jpeg, OPNIEUW),
    G("regels_in_naam", 'foto\r\nX-Kwaad: ja".jpg', jpeg, OPNIEUW),
    G("onzichtbare_naam", "\u200b\u2066\u202e.jpg", jpeg, OPNIEUW),
]
GEVALLEN = [*PIXELVLOEDEN, *MEERSLACHTIG, *ACTIEF, *ANDERE_SOORT, *KAPOT, *NAMEN]
