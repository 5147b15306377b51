"""The door: is this one whole file of a kind that we know?"""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from verslag.bestand import afbeelding
from verslag.bestand.fouten import BestandGeweigerd
from verslag.bestand.naam import DUBBEL, EXTENSIES, clean_name, extensions
from verslag.bestand.soorten import (
    DICOM,
    DICOM_MIMETYPE,
    JPEG,
    PDF,
    PNG,
    kind_of,
    refusal_of,
)

MAX_BYTES = 15 * 1024 * 1024
"""Of one file as it comes in: a phone photo is 3 to 8 MB, a scanned letter rarely more than 5."""

_EOF_WITHIN = 2048
"""A whole PDF ends with its mark; some programs write a few bytes after it."""


@dataclass(frozen=True)
class Bestand:
    """A file as it will be kept. `miniatuur` is a small JPEG; empty for a PDF."""

    naam: str
    mimetype: str
    inhoud: bytes
    miniatuur: bytes = b""
    breedte: int = 0
    hoogte: int = 0
    # What a DICOM file said of its patient; compared once, never kept.
    geboortedatum: date | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.inhoud).hexdigest()


def accept(data: bytes, naam: str, *, size: int | None = None) -> Bestand:
    """Return what is kept of an uploaded file, or raise `BestandGeweigerd`.

    `naam` is what the sender calls it and is believed in nothing. `size` is the length of what
    was sent when the door stopped reading halfway, so that `data` is only its beginning.
    """
    if (size or len(data)) > MAX_BYTES:
        raise BestandGeweigerd(
            _("Dit bestand is te groot. Het mag hoogstens %(mb)s MB zijn. Kies een kleinere foto.")
            % {"mb": MAX_BYTES // 1024**2}
        )
    if not data:
        raise BestandGeweigerd(_("Dit bestand is leeg. Kies het opnieuw, of maak de foto opnieuw."))
    kind = kind_of(data)
    if kind not in (JPEG, PNG, PDF, DICOM):
        raise BestandGeweigerd(refusal_of(kind))
    _check_name(naam, kind)
    if kind == PDF:
        return _pdf(data, naam)
    if kind == DICOM:
        return _dicom(data, naam)
    beeld = afbeelding.remake(data, kind)
    return Bestand(
        naam=clean_name(naam, beeld.mimetype),
        mimetype=beeld.mimetype,
        inhoud=beeld.inhoud,
        miniatuur=beeld.miniatuur,
        breedte=beeld.breedte,
        hoogte=beeld.hoogte,
    )


def _check_name(naam: str, kind: str) -> None:
    """Refuse a name that promises something else than the bytes are.

    A camera that calls its JPEG .png is forgiven: both are made anew and get their own ending.
    """
    *inner, last = extensions(naam) or [""]
    if set(inner) & DUBBEL:
        raise BestandGeweigerd(
            _("De naam van dit bestand heeft twee uitgangen. Geef het een gewone naam.")
        )
    if last and last not in EXTENSIES[kind]:
        raise BestandGeweigerd(
            _(
                "De naam eindigt op .%(uitgang)s, maar de inhoud is %(soort)s. "
                "Bewaar het bestand opnieuw met de juiste uitgang."
            )
            % {"uitgang": last[:10], "soort": kind}
        )


def _pdf(data: bytes, naam: str) -> Bestand:
    if b"%%EOF" not in data[-_EOF_WITHIN:]:
        raise BestandGeweigerd(_("Deze pdf is niet compleet. Bewaar of scan hem opnieuw."))
    mimetype = "application/pdf"
    return Bestand(naam=clean_name(naam, mimetype), mimetype=mimetype, inhoud=data)


def _dicom(data: bytes, naam: str) -> Bestand:
    # Not at the start of every process; see `verslag.bestand.picture_of`.
    from verslag.bestand import dicom

    opname = dicom.remake(data)
    return Bestand(
        naam=clean_name(naam, DICOM_MIMETYPE),
        mimetype=DICOM_MIMETYPE,
        inhoud=opname.inhoud,
        miniatuur=afbeelding.thumbnail(opname.beeld),
        breedte=opname.beeld.width,
        hoogte=opname.beeld.height,
        geboortedatum=opname.geboortedatum,
    )
