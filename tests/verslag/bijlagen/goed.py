"""Good files of every kind that people really send, made here: the positive control."""

import io
import struct
import zlib

from PIL import Image

from verslag.bestand.afbeelding import MAX_ZIJDE

GEHEIM = "Wilhelmina Kanarievogel 52.0907N"
"""What a camera and its owner leave in a photo; it may never come out again."""


def photo(width: int = 320, height: int = 240, mode: str = "RGB") -> Image.Image:
    """Return a picture in which up and left can be told apart: light top, dark right."""
    gradient = Image.linear_gradient("L").rotate(180).resize((width, height))
    side = Image.linear_gradient("L").rotate(90).resize((width, height))
    merged = Image.merge("RGB", (gradient, side, gradient))
    return merged if mode == "RGB" else merged.convert(mode)


def encoded(image: Image.Image, format: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def jpeg(**options) -> bytes:
    return encoded(photo(), "JPEG", **options)


def png(mode: str = "RGB", **options) -> bytes:
    return encoded(photo(mode=mode), "PNG", **options)


def chunk(name: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG with its checksum."""
    return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))


def with_exif(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[274] = orientation
    exif[270] = exif[315] = GEHEIM
    exif.get_ifd(0x8825)[1] = "N"
    return jpeg(exif=exif.tobytes(), comment=GEHEIM.encode())


def xray() -> Image.Image:
    """Return a picture in 16 bits of which only the lowest twelve are used, as sensors give it."""
    return photo(mode="L").convert("I").point(lambda value: value * 16).convert("I;16")


def mpo() -> bytes:
    """Return a JPEG with a second frame, as phones write for depth and brightness."""
    return encoded(photo(), "MPO", save_all=True, append_images=[photo(160, 120)])


def large() -> bytes:
    return encoded(photo(MAX_ZIJDE + 400, 300), "JPEG")


def pdf(body: bytes = b"", tail: bytes = b"") -> bytes:
    """Return a whole little PDF of one empty page."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
        + body
        + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
        + tail
    )


GOED = {
    "jpeg": ("IMG_0001.JPG", jpeg, "image/jpeg"),
    "jpeg_progressief": ("foto.jpeg", lambda: jpeg(progressive=True), "image/jpeg"),
    "jpeg_grijs": ("foto.jpg", lambda: encoded(photo(mode="L"), "JPEG"), "image/jpeg"),
    "jpeg_cmyk": ("scan.jpg", lambda: encoded(photo(mode="CMYK"), "JPEG"), "image/jpeg"),
    "jpeg_met_exif": ("foto.jpg", with_exif, "image/jpeg"),
    "jpeg_gedraaid": ("foto.jpg", lambda: with_exif(6), "image/jpeg"),
    "jpeg_twee_beelden": ("foto.jpg", mpo, "image/jpeg"),
    "jpeg_groot": ("foto.jpg", large, "image/jpeg"),
    "jpeg_zonder_uitgang": ("image:1000012", jpeg, "image/jpeg"),
    "jpeg_heet_png": ("WhatsApp.png", jpeg, "image/jpeg"),
    "png": ("schermafbeelding.png", png, "image/png"),
    "png_palet": ("foto.png", lambda: png("P"), "image/png"),
    "png_doorzichtig": ("foto.png", lambda: png("RGBA"), "image/png"),
    "png_grijs_alfa": ("foto.png", lambda: png("LA"), "image/png"),
    "png_een_bit": ("fax.png", lambda: png("1"), "image/png"),
    "png_16_bit": ("rontgen.png", lambda: encoded(xray(), "PNG"), "image/png"),
    "pdf": ("verwijsbrief.pdf", pdf, "application/pdf"),
    "naam_met_datum": ("foto 12.03.2026 11.jpg", jpeg, "image/jpeg"),
}
"""name: (file name, maker, kind that is kept)"""
