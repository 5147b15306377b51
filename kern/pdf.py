"""Pages on paper: HTML of our own and one of our stylesheets become PDF/UA-1."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

BEELD = "beeld:"
"""`<img src="beeld:2">` draws the image of that name; nothing else can be fetched."""


def to_pdf(html: str, stylesheet: str, beelden: Mapping[str, bytes] | None = None) -> bytes:
    """Return the page as PDF/UA-1; `stylesheet` is the name of a static file.

    `beelden` are the images (JPEG, PNG or SVG) that the page may draw, by name.
    """
    # Imported here: WeasyPrint takes a third of a second, and most requests make no PDF.
    from weasyprint import HTML

    fonts, css = _style(stylesheet)
    with _without_collector():
        return HTML(string=html, url_fetcher=_fetcher(beelden or {})).write_pdf(
            stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1"
        )


@contextmanager
def _without_collector() -> Iterator[None]:
    """Let Python look for garbage afterwards: a page is a tree of living objects until it is done.

    Looking through it again and again took a twentieth of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@cache
def _style(naam: str):
    """Return fonts and parsed stylesheet, once a process: an eighth of a letter's time."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    text = Path(finders.find(naam)).read_text(encoding="utf-8")
    return fonts, CSS(string=text, url_fetcher=_fetcher({}), font_config=fonts)


def _fetcher(beelden: Mapping[str, bytes]):
    """Return a fetcher that gives our own images, and stops the page at anything else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OnlyOurs(URLFetcher):
        def fetch(self, url, headers=None):
            content = beelden.get(url.removeprefix(BEELD)) if url.startswith(BEELD) else None
            if content is None:
                raise FatalURLFetchingError("een pagina haalt niets op van schijf of netwerk")
            kind = "image/svg+xml" if content.startswith(b"<svg") else "image/jpeg"
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return OnlyOurs()
