"""What may come in as an attachment, and what is kept of it: bytes in, `Bestand` or a refusal out.

Knows no rows and no requests. Images are made anew (afbeelding.py), so nothing of the file itself
is kept; a PDF is kept as it is and only ever given as a download. S29, docs/besluiten/0014.
"""

from verslag.bestand.aanname import MAX_BYTES, Bestand, BestandGeweigerd, accept

__all__ = ["MAX_BYTES", "Bestand", "BestandGeweigerd", "accept"]
