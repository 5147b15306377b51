"""An image as the letter draws it: fine enough, at little cost, and never larger than it came."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.verslag.bijlagen.goed import encoded, photo
from verslag.bestand.druk import DPI, for_paper

VAK = {"breedte_mm": 81, "hoogte_mm": 56}


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("size", [(320, 240), (640, 480), (900, 331)])
def test_a_jpeg_that_is_not_far_too_large_stays_as_it_is(size):
    content = encoded(photo(*size), "JPEG")
    assert for_paper(content, **VAK) is content


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(900, 700), (1434, 993), (2000, 400), (4032, 3024), (600, 3000)])
def test_a_large_image_is_fine_enough_and_at_most_about_twice_as_fine(size, format):
    drawn = opened(for_paper(encoded(photo(*size), format), **VAK))
    box = [round(side / 25.4 * DPI) for side in (81, 56)]
    # How fine it is where it fits: its longest side against that of the room.
    fine = max(drawn.width / box[0], drawn.height / box[1])
    assert 1 <= fine <= 2.2
    assert drawn.width / drawn.height == pytest.approx(size[0] / size[1], rel=0.02)


def test_a_half_of_the_decoder_is_the_same_picture():
    """The decoder leaves out what is too fine, instead of decoding it and throwing it away."""
    source = photo(900, 700)
    drawn = opened(for_paper(encoded(source, "JPEG", quality=92), **VAK))
    assert drawn.size == (450, 350)
    difference = ImageChops.difference(drawn, source.resize(drawn.size))
    assert max(ImageStat.Stat(difference).mean) < 2
