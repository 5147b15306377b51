"""The letter: one signed version as A4 PDF/UA, made once, kept sealed."""

import hashlib

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kern import crypto, pdf
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
    return pdf.to_pdf(html, "css/verslag_pdf.css")


def filename(versie: Verslagversie) -> str:
    """Return a name for the download; no patient data, it ends up in folders and histories."""
    return _("verslag-%(nummer)s-versie-%(versie)s.pdf") % {
        "nummer": versie.inhoud["oproep"]["nummer"],
        "versie": versie.nummer,
    }
