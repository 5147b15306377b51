"""What the first bytes say: four kinds that may come in, and names for what people try instead."""

from django.utils.translation import gettext as _

JPEG, PNG, PDF, DICOM = "JPEG", "PNG", "PDF", "DICOM"
DICOM_MIMETYPE = "application/dicom"

_MAGIC = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"%PDF-", PDF),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"8BPS", "Photoshop"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "Office"),
)
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis")


def kind_of(data: bytes) -> str:
    """Return JPEG, PNG, PDF or DICOM, the name of another known kind, or an empty text."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return "HEIC" if data[8:12] in _HEIF else "video"
    if data[128:132] == b"DICM":
        return DICOM
    return ""


def refusal_of(kind: str) -> str:
    """Return why this kind cannot come along, and what to do instead."""
    if kind == "HEIC":
        return _(
            "Dit is een HEIC-foto. Kies op de iPhone bij Instellingen, Camera, Structuren voor "
            "Meest compatibel en maak de foto opnieuw, of maak een schermafbeelding van de foto."
        )
    if kind in ("zip", "Office"):
        return _("Dit is een zip- of Office-bestand. Bewaar het als pdf en voeg die toe.")
    if kind:
        return _("Een bestand van de soort %(soort)s kan niet mee. Bewaar het als JPEG of PNG.") % {
            "soort": kind
        }
    return _("Dit is geen foto of pdf. Kies een JPEG, een PNG of een pdf.")
