"""The name of a file as its sender wrote it: shown as text, never used as a path or an address."""

import re
import unicodedata

from django.utils.translation import gettext as _

MAX_NAAM = 80
_BEELD = {"jpg", "jpeg", "jpe", "jfif", "png"}
EXTENSIES = {"JPEG": _BEELD, "PNG": _BEELD, "PDF": {"pdf"}, "DICOM": {"dcm", "dicom"}}
UITGANG = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
    "application/dicom": "dcm",
}

# Endings that some program would run or unfold; before another ending they are a disguise.
DUBBEL = frozenset(
    {"asp", "aspx", "bat", "cgi", "cmd", "com", "cpl", "dll", "docm", "exe", "hta", "htm", "html"}
    | {"jar", "js", "jse", "jsp", "lnk", "mht", "mjs", "msi", "mvg", "phar", "php", "php3", "php4"}
    | {"php5", "php7", "phps", "phtml", "pl", "ps1", "py", "rb", "scr", "sh", "shtml", "svg"}
    | {"svgz", "swf", "url", "vbe", "vbs", "wsf", "xhtml", "xlsm", "xml", "xsl", "zip"}
)


def extensions(naam: str) -> list[str]:
    """Return what looks like endings: short, with a letter; `foto 12.03.jpg` has one."""
    _stem, *parts = (part.strip() for part in _base(naam).lower().split("."))
    return [part for part in parts if re.fullmatch(r"(?=.*[a-z])[a-z0-9]{1,8}", part)]


def clean_name(naam: str, mimetype: str) -> str:
    """Return a name to show: one line, no control or direction marks, the ending of what it is."""
    base = _base(naam)
    stem, dot, last = base.rpartition(".")
    if dot and extensions(f"x.{last}"):
        base = stem
    base = base.strip(" .") or _("bestand")
    return f"{base[:MAX_NAAM]}.{UITGANG[mimetype]}"


def _base(naam: str) -> str:
    """Return the last part of a path, without what cannot be seen (NUL, RTL override, …)."""
    text = unicodedata.normalize("NFC", naam[:2000])
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C" or c in "\t\r\n")
    return " ".join(re.split(r"[\\/]", text)[-1].split())
