"""The door for a document at a meeting or a royement: is this one whole PDF that does nothing?

Only PDF: what everybody reads with what they have. It is kept as it is and only ever given as a
download (S29). While a virus scanner is set and silent nothing comes in: a document that nobody can
read yet is no document at a convocation.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kern import virusscan

MAX_BYTES = 10 * 1024 * 1024
MIMETYPE = "application/pdf"
MAX_NAAM = 80

_MAGIC = b"%PDF-"
_EOF_WITHIN = 2048
"""A whole PDF ends with its mark; some programs write a few bytes after it."""
_WERKT = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
"""What makes a PDF do something, or carry another file along. Only seen where it is not packed:
the download never opens in a page of ours, whatever is in it."""


class StukGeweigerd(Exception):
    """The file may not come in; the text is a Dutch sentence that says what to do next."""


@dataclass(frozen=True)
class Pdfstuk:
    """A document as it will be kept."""

    naam: str
    inhoud: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.inhoud).hexdigest()

    @property
    def grootte(self) -> int:
        return len(self.inhoud)


def accept(data: bytes, naam: str, *, size: int | None = None) -> Pdfstuk:
    """Return what is kept of an uploaded file, or raise `StukGeweigerd`.

    `naam` is what the sender calls it and is believed in nothing. `size` is the length of what was
    sent when the door stopped reading halfway, so that `data` is only its beginning.
    """
    if (size or len(data)) > MAX_BYTES:
        raise StukGeweigerd(
            _("Dit bestand is te groot. Het mag hoogstens %s MB zijn.") % (MAX_BYTES // 1024**2)
        )
    if not data:
        raise StukGeweigerd(_("Dit bestand is leeg. Kies het opnieuw."))
    if not data.startswith(_MAGIC):
        raise StukGeweigerd(_("Dit is geen pdf. Bewaar het stuk als pdf en voeg die toe."))
    if b"%%EOF" not in data[-_EOF_WITHIN:]:
        raise StukGeweigerd(_("Deze pdf is niet compleet. Bewaar of scan hem opnieuw."))
    if _WERKT.search(data):
        raise StukGeweigerd(
            _("In deze pdf zit een programma of een ander bestand. Druk hem af als pdf, zonder.")
        )
    _scan(data)
    return Pdfstuk(clean_name(naam), data)


def _scan(data: bytes) -> None:
    if not virusscan.is_configured():
        return
    try:
        verdict = virusscan.scan(data)
    except virusscan.ScannerZwijgt as error:
        raise StukGeweigerd(
            _("De virusscanner antwoordt niet. Het stuk is niet bewaard; probeer het zo opnieuw.")
        ) from error
    if verdict == virusscan.Oordeel.BESMET:
        raise StukGeweigerd(
            _("De virusscanner vond een virus in dit bestand. Het is niet toegevoegd.")
        )


def clean_name(naam: str) -> str:
    """Return a name to show: one line, no path, no control or direction marks, and `.pdf`."""
    text = unicodedata.normalize("NFC", naam[:2000])
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C" or c in "\t\r\n")
    base = " ".join(re.split(r"[\\/]", text)[-1].split())
    stem = re.sub(r"(?i)\.pdf$", "", base).strip(" .") or _("stuk")
    return f"{stem[:MAX_NAAM]}.pdf"
