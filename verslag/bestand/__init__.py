"""What may come in as an attachment, and what is kept of it: bytes in, `Bestand` or a refusal out.

Knows no rows and no requests. Images are made anew (afbeelding.py, dicom.py), so nothing of the
file itself is kept; a PDF is kept as it is and only ever given as a download. S29,
docs/besluiten/0014, 0034.
"""

from verslag.bestand.aanname import MAX_BYTES, Bestand, BestandGeweigerd, accept
from verslag.bestand.soorten import DICOM_MIMETYPE

__all__ = ["MAX_BYTES", "Bestand", "BestandGeweigerd", "accept", "picture_of"]


def picture_of(content: bytes, mimetype: str) -> tuple[bytes, str]:
    """Return what a browser or a letter shows of a kept image, and its kind: DICOM as PNG."""
    if mimetype == DICOM_MIMETYPE:
        # Loads pydicom and numpy: a sixth of the start of every process that never meets an X-ray.
        from verslag.bestand import dicom

        return dicom.view(content), "image/png"
    return content, mimetype
