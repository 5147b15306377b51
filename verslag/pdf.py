"""The letter: one signed version as A4 PDF/UA, made once, kept sealed."""

import hashlib
import logging
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kern import crypto, pdf
from verslag import gebitkaart
from verslag.bestand import picture_of
from verslag.bestand.druk import for_paper
from verslag.models import Bijlage, Briefhoofd, VerslagPdf, Verslagversie
from verslag.weergave import letter_of

log = logging.getLogger(__name__)

STIJL = "css/verslag_pdf.css"
LOGO, GEBIT = "logo", "gebit"
# Columns and height of the images on paper: (at most so many, columns, millimetres high). With
# these a full report and its ten attachments stay within two pages.
MATEN = ((2, 2, 56), (6, 3, 44), (10, 5, 34))
BLADSPIEGEL = 170
"""Millimetres between the margins; verslag_pdf.css."""


@dataclass(frozen=True)
class Plaatje:
    """One image in the letter: where it comes from and what stands under it."""

    adres: str
    bijschrift: str


def pdf_of(versie: Verslagversie) -> bytes:
    """Return the letter; made now when no worker did yet. A second maker keeps the first one.

    While the virus scanner owes a verdict on an image, the letter says so and is not kept: who
    asks after the verdict gets it with the image.
    """
    stored = VerslagPdf.objects.filter(versie=versie).first()
    if stored is None:
        waits = Bijlage.objects.filter(in_versies__versie=versie, scan=Bijlage.Scan.WACHT).exists()
        content = render(versie)
        if waits:
            return content
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
    """Return the letter as PDF/UA-1, with the images that were signed with it."""
    hoofd = Briefhoofd.objects.filter(kring=versie.kring_id).first()
    bijlagen = list(Bijlage.objects.filter(in_versies__versie=versie))
    # In quarantine nobody reads a file; the letter names it, and says why it is not there.
    rows = [row for row in bijlagen if row.is_beeld and row.is_leesbaar]
    columns, hoogte = _size_for(len(rows))
    breedte = BLADSPIEGEL / columns - 6
    beelden = {
        str(row.nummer): for_paper(
            picture_of(row.checked_content(versie), row.mimetype)[0],
            breedte_mm=breedte,
            hoogte_mm=hoogte,
        )
        for row in rows
    }
    if hoofd and hoofd.logo:
        beelden[LOGO] = bytes(hoofd.logo)
    if kaart := gebitkaart.chart_for_paper(versie.inhoud.get("gebit", [])):
        beelden[GEBIT] = kaart.encode()
    context = {
        "sha256": versie.sha256,
        "hoofd": hoofd,
        "logo": f"{pdf.BEELD}{LOGO}" if LOGO in beelden else "",
        "plaatjes": [_picture(row) for row in rows],
        "niet_erbij": [_missing(row) for row in bijlagen if not row.is_leesbaar],
        "kolommen": columns,
        "kaart": f"{pdf.BEELD}{GEBIT}" if GEBIT in beelden else "",
        **letter_of(versie, bsn_voluit=True),
    }
    return to_pdf(render_to_string("verslag/pdf.html", context), beelden)


def _size_for(count: int) -> tuple[int, int]:
    """Return columns and height in millimetres for so many images."""
    return next((size[1:] for size in MATEN if count <= size[0]), MATEN[-1][1:])


def _missing(row: Bijlage) -> str:
    if row.scan == Bijlage.Scan.BESMET:
        return _("Bijlage %s gaat niet mee: de virusscanner vond er een virus in.") % row.nummer
    return _("Bijlage %s zit er nog niet bij: ze wordt nog gecontroleerd op virussen.") % row.nummer


def _picture(row: Bijlage) -> Plaatje:
    text = row.omschrijving or _("zonder omschrijving")
    return Plaatje(
        f"{pdf.BEELD}{row.nummer}",
        _("Bijlage %(nummer)s, %(soort)s: %(tekst)s")
        % {"nummer": row.nummer, "soort": row.soortnaam, "tekst": text},
    )


def to_pdf(html: str, beelden: dict[str, bytes] | None = None) -> bytes:
    """Return a page in the style of the letter as PDF/UA-1."""
    return pdf.to_pdf(html, STIJL, beelden)


def warm() -> None:
    """Draw one letter of nobody, so that the children of a forked worker start warm.

    Measured (docs/besluiten/0034): the first letter of a process costs a third of a second of
    import and twice the time of drawing. A fault here is no reason not to start.
    """
    try:
        to_pdf(render_to_string("verslag/pdf_proef.html"))
    except Exception:
        log.exception("The worker starts cold: no letter could be drawn.")


def filename(versie: Verslagversie) -> str:
    """Return a name for the download; no patient data, it ends up in folders and histories."""
    return _("verslag-%(nummer)s-versie-%(versie)s.pdf") % {
        "nummer": versie.inhoud["oproep"]["nummer"],
        "versie": versie.nummer,
    }
