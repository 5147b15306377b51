"""Make an image anew with Pillow: pixels in, pixels out, nothing else survives.

Every bound is checked on the header, before anything is decoded: pixels (memory), scans (a
progressive JPEG of thousands of scans costs hours), frames (animation). What Pillow itself bounds
are compressed text chunks and colour profiles in a PNG. Measured in docs/besluiten/0014.
"""

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageFile

from verslag.bestand.fouten import BestandGeweigerd
from verslag.bestand.soorten import JPEG, PNG

MAX_PIXELS = 50_500_000
"""The largest phone cameras make 50 million. Checked before decoding."""
MAX_PIXELS_PNG = 20_000_000
"""A PNG cannot be decoded smaller, so it costs its full size; an X-ray has at most 12 million."""
MAX_SCANS = 40
"""A progressive JPEG has about ten, its thumbnails and second frame as many again."""
MAX_ZIJDE = 4096
"""Pixels of the longest side that is kept: a photo of 12 megapixel or an X-ray stays as it was."""
MAX_PNG = 24_000_000
"""Bytes of pixels that are kept lossless: an X-ray of 12 megapixel in 16 bits. Above it: JPEG."""
KWALITEIT = 92
MINIATUUR = 240

# EXIF tag 274: how the camera was held.
_ORIENTATION = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BYTES = {"L": 1, "I;16": 2, "RGB": 3}
# A second frame in a JPEG is a preview or a brightness map of the same photo (MPO).
_FORMATS = {JPEG: {"JPEG", "MPO"}, PNG: {"PNG"}}


@dataclass(frozen=True)
class Beeld:
    """An image as it is kept."""

    mimetype: str
    inhoud: bytes
    miniatuur: bytes
    breedte: int
    hoogte: int


def remake(data: bytes, kind: str) -> Beeld:
    """Return the image made anew, turned upright, without EXIF, profile, comments or tail."""
    if kind == JPEG and data.count(b"\xff\xda") > MAX_SCANS:
        raise _broken()
    # WeasyPrint, which draws our letters, switches this on for the whole process when imported:
    # half a file would then come in as a whole one, and a text bomb in a PNG would be unpacked.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            # Pillow's own bound is above ours: whatever it says, the refusal is the same.
            warnings.simplefilter("ignore")
            pixels = _decode(data, kind)
            return _encode(pixels, kind)
    except BestandGeweigerd:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:
        raise _broken() from error


def _decode(data: bytes, kind: str) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=["JPEG"] if kind == JPEG else ["PNG"])
    if image.format not in _FORMATS[kind]:
        raise _broken()
    if image.width * image.height > (MAX_PIXELS if kind == JPEG else MAX_PIXELS_PNG):
        raise _too_many_pixels()
    if kind == PNG and getattr(image, "n_frames", 1) > 1:
        raise BestandGeweigerd(_("Dit plaatje beweegt. Voeg een gewone foto toe."))
    if max(image.size) > MAX_ZIJDE:
        # Lets the JPEG decoder itself halve or quarter what is far too large.
        image.draft(None, _fitting(image.size))
    # Before anything else asks for the pixels: a second load after a failed one is silent.
    image.load()
    orientation = _orientation_of(image)
    # What the reader found beside the pixels would otherwise be written again.
    image.info = {}
    image = _plain(image)
    image.thumbnail((MAX_ZIJDE, MAX_ZIJDE), Image.Resampling.LANCZOS)
    return image.transpose(_ORIENTATION[orientation]) if orientation in _ORIENTATION else image


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size to ask of the decoder; a little below the bound, so that 8160 halves."""
    scale = 4000 / max(size)
    return int(size[0] * scale), int(size[1] * scale)


def _orientation_of(image: Image.Image) -> int:
    try:
        return image.getexif().get(274, 1)
    except Exception:  # noqa: BLE001  broken EXIF is no reason to refuse the photo
        return 1


def _plain(image: Image.Image) -> Image.Image:
    """Return grey, 16-bit grey or RGB: what both formats write and every program shows."""
    if image.mode in ("L", "RGB", "I;16"):
        return image
    if image.mode in ("I", "I;16B", "I;16L", "I;16N"):
        return image.convert("I").convert("I;16") if image.mode != "I" else image.convert("I;16")
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("LA", "PA", "RGBA", "RGBa", "La", "P"):
        # On white, as a viewer shows it; a hidden layer under the transparency goes out.
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return image.convert("RGB")


def _encode(image: Image.Image, kind: str) -> Beeld:
    small = eight_bits(image)
    weight = image.width * image.height * _BYTES[image.mode]
    if kind == PNG and weight <= MAX_PNG:
        # The fastest compression: six times as fast as the usual one for a twentieth more bytes.
        mimetype, content = "image/png", written(image, "PNG", compress_level=1)
    else:
        mimetype, content = "image/jpeg", written(small, "JPEG", quality=KWALITEIT)
    return Beeld(mimetype, content, thumbnail(small), image.width, image.height)


def thumbnail(image: Image.Image) -> bytes:
    """Return a small JPEG of an image in 8 bits."""
    small = image.copy()
    small.thumbnail((MINIATUUR, MINIATUUR))
    return written(small, "JPEG", quality=75)


def eight_bits(image: Image.Image) -> Image.Image:
    """Return a copy in 8 bits; of an X-ray in 16 bits the range that it really uses."""
    if image.mode != "I;16":
        return image.copy()
    low, high = image.getextrema()
    scale = 255 / max(high - low, 1)
    return image.convert("I").point(lambda value: value * scale - low * scale).convert("L")


def written(image: Image.Image, format: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def _broken() -> BestandGeweigerd:
    return BestandGeweigerd(
        _("Deze foto is beschadigd of niet compleet. Maak of kies hem opnieuw.")
    )


def _too_many_pixels() -> BestandGeweigerd:
    return BestandGeweigerd(
        _("Deze foto heeft te veel beeldpunten. Zet de camera op 12 megapixel en probeer opnieuw.")
    )
