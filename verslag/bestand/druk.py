"""An attachment as the letter draws it: enough to read on paper, at little cost."""

import io

from PIL import Image

from verslag.bestand.afbeelding import eight_bits, written

DPI = 150
"""The least for a photo on paper; halving and no more gives up to twice that. An X-ray is judged
on a screen, from the file itself."""
KWALITEIT = 82


def for_paper(content: bytes, *, breedte_mm: float, hoogte_mm: float) -> bytes:
    """Return the image, at most about twice as fine as paper of this size asks for.

    `content` is an image as `accept` keeps it. A JPEG that is not far too large stays as it is; of
    a larger one the decoder itself gives a half, quarter or eighth. Only whole steps: they cost a
    fifth of a free resize.
    """
    box = round(breedte_mm / 25.4 * DPI), round(hoogte_mm / 25.4 * DPI)
    image = Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
    times = _times_too_large(image.size, box)
    if image.format == "JPEG":
        if times == 1:
            return content
        # Its decoder gives a half, quarter or eighth, at the price of as much less to decode.
        image.draft(None, (image.width // times, image.height // times))
    image.load()
    small = eight_bits(image)
    times = _times_too_large(small.size, box)
    return written(small.reduce(times) if times > 1 else small, "JPEG", quality=KWALITEIT)


def _times_too_large(size: tuple[int, int], box: tuple[int, int]) -> int:
    """How often it fits in both directions: by this it can be divided and still be fine enough.

    The longest side decides, as it does for what is drawn.
    """
    return max(1, size[0] // box[0], size[1] // box[1])
