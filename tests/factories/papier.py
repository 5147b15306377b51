"""A real PDF of one empty page, for rows that keep a document."""

import io
from functools import cache

from pypdf import PdfWriter


@cache
def pdf() -> bytes:
    """Return it; made once a run."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()
