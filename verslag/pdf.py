"""The letter: one signed version as A4 PDF/UA, made once, kept sealed."""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kern import crypto
from verslag.models import VerslagPdf, Verslagversie
from verslag.weergave import letter_of


def pdf_of(versie: Verslagversie) -> bytes:
    """Return the letter; made now when no worker did yet. A second maker keeps the first one."""
    stored = VerslagPdf.objects.filter(versie=versie).first()
    if stored is None:
        content = render(versie)
        stored, _made = VerslagPdf.objects.get_or_create(
            versie=versie,
            defaults={
                "kring_id": versie.kring_id,
                "inhoud": crypto.seal(content, place=place_of(versie)),
                "sha256": hashlib.sha256(content).hexdigest(),
            },
        )
    return crypto.unseal(stored.inhoud, place=place_of(versie))


def place_of(versie: Verslagversie) -> str:
    """Return the place that the sealed letter is bound to."""
    return f"verslag_verslagpdf.inhoud|{versie.pk}|{versie.kring_id}"


def render(versie: Verslagversie) -> bytes:
    """Return the letter as PDF/UA-1."""
    context = {"versie": versie, **letter_of(versie, bsn_voluit=True)}
    return to_pdf(render_to_string("verslag/pdf.html", context))


def to_pdf(html: str) -> bytes:
    """Return a page in the style of the letter as PDF/UA-1."""
    # Imported here: WeasyPrint takes a third of a second, and most requests make no PDF.
    from weasyprint import CSS, HTML

    fetcher = _no_fetching()
    return HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[CSS(string=_stylesheet(), url_fetcher=fetcher)], pdf_variant="pdf/ua-1"
    )


@cache
def _stylesheet() -> str:
    return Path(finders.find("css/verslag_pdf.css")).read_text(encoding="utf-8")


@cache
def _no_fetching():
    """Return a fetcher that stops the letter: nothing in it may come from disk or network."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class NoFetching(URLFetcher):
        def fetch(self, url, headers=None):
            raise FatalURLFetchingError("een brief haalt niets op van schijf of netwerk")

    return NoFetching()


def filename(versie: Verslagversie) -> str:
    """Return a name for the download; no patient data, it ends up in folders and histories."""
    return _("verslag-%(nummer)s-versie-%(versie)s.pdf") % {
        "nummer": versie.inhoud["oproep"]["nummer"],
        "versie": versie.nummer,
    }
