"""Pages on paper: HTML of our own and one of our stylesheets become PDF/UA-1."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders


def to_pdf(html: str, stylesheet: str) -> bytes:
    """Return the page as PDF/UA-1; `stylesheet` is the name of a static file."""
    # Imported here: WeasyPrint takes a third of a second, and most requests make no PDF.
    from weasyprint import CSS, HTML

    fetcher = _no_fetching()
    return HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[CSS(string=_stylesheet(stylesheet), url_fetcher=fetcher)],
        pdf_variant="pdf/ua-1",
    )


@cache
def _stylesheet(naam: str) -> str:
    return Path(finders.find(naam)).read_text(encoding="utf-8")


@cache
def _no_fetching():
    """Return a fetcher that stops the page: nothing in it may come from disk or network."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class NoFetching(URLFetcher):
        def fetch(self, url, headers=None):
            raise FatalURLFetchingError("een pagina haalt niets op van schijf of netwerk")

    return NoFetching()
